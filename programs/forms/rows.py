"""A form that asks for rows: categories, bands, quotas, criteria, backers. To a page it is a form like any other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext as _

#: More rows than any year's rules have; a bound against abuse.
MOST_ROWS = 60


class RowsForm(forms.Form):
    """``row`` is the form of one row; an empty row is left out. ``cleaned_data["rows"]`` are the others, in order.

    The first field of a row says whether it is filled. ``initial`` holds ``rows``, a list of dictionaries.
    """

    row: type[forms.Form]
    label: Any = ""

    def __init__(self, data: Any = None, files: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, files)
        kept = list((initial or {}).get("rows", []))
        several = formset_factory(self.row, extra=1 if kept else 3, max_num=MOST_ROWS, validate_max=True)
        self.rows: BaseFormSet[Any] = several(data, prefix="row", initial=kept)
        for form in self.rows:
            # A row that stays as it was is still read: only one in which nothing stands is passed over.
            form.empty_permitted = self.is_bound and self._is_empty(form)
            form.use_required_attribute = False

    @property
    def media(self) -> forms.Media:
        return super().media + self.rows.media

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound:
            return
        if not self.rows.is_valid():
            for message in self.rows.non_form_errors():
                self.add_error(None, str(message))
            for line, form in enumerate(self.rows, start=1):
                if form.errors and not self._is_empty(form):
                    self.add_error(None, _("Look at row %(line)s.") % {"line": line})
        if not self.errors:
            self.cleaned_data["rows"] = [form.cleaned_data for form in self.rows if not self._is_empty(form)]

    def _is_empty(self, form: Any) -> bool:
        """A row is there when its first field is filled; what is filled of itself does not count."""
        return not str(form[next(iter(form.fields))].data or "").strip()
