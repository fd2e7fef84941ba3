"""What the filters of all nouns have in common: they say what they did not understand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import django_filters
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from partnerships.filters.fields import FamiliesFilter, IdsFilter, clipped
from partnerships.selectors import successors

#: What every list knows beside its filters.
PAGING = ("cursor", "page_size", "format")


class QuestionFilter(django_filters.FilterSet):
    """The parameters of one list. Subclasses turn ``form.cleaned_data`` into the ``criteria`` of their selector."""

    def __init__(
        self,
        data: MultiValueDict[str, str],
        *,
        also: Iterable[str] = (),
        fixed: Mapping[str, list[str]] | None = None,
    ) -> None:
        """``also``: further parameters that the door knows. ``fixed``: values that the address stands for, added to
        those of the query."""
        self.also = frozenset((*PAGING, *also))
        self._fixed = dict(fixed or {})
        whole = data.copy()
        for name, values in (fixed or {}).items():
            whole.setlist(name, [*values, *data.getlist(name)])
        super().__init__(whole, queryset=self._meta.model.objects.none())

    @cached_property
    def problems(self) -> dict[str, list[str]]:
        """What is wrong with each parameter, unknown ones included; nothing where all can be used."""
        found = {name: [str(message) for message in messages] for name, messages in self.form.errors.items()}
        for name in self.data:
            if name not in self.filters and name not in self.also:
                found[clipped(name)] = [_("This parameter is not known.")]
        for name, message in self.contradictions().items():
            found.setdefault(name, [message])
        return found

    def understood(self, fields: Mapping[str, str]) -> dict[str, Any]:
        """The values that can be used, under the names that ``fields`` gives them; of an order the last one."""
        problems, usable = self.problems, dict[str, Any]()
        for name, attribute in fields.items():
            value = self.form.cleaned_data.get(name)
            if value not in (None, (), "") and name not in problems:
                usable[attribute] = value[-1] if name == "sort" else self._of_today(name, value)
        return usable

    def _of_today(self, name: str, value: Any) -> Any:
        """Communities that were merged stand for their successors, as they do in addresses. The one that the address
        stands for is known to be none of them."""
        if not isinstance(self.filters[name], IdsFilter) or len(value) <= len(self._fixed.get(name, ())):
            return value
        if isinstance(self.filters[name], FamiliesFilter):
            return successors.family(value)
        last = successors.last(value)
        return tuple(dict.fromkeys(last[pk] for pk in value))

    def contradictions(self) -> dict[str, str]:
        """Parameters that make no sense together, though each can be read."""
        return {}
