"""The filter form that pages show; what was sent is judged by the filter itself, and only printed here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from partnerships.choices import AffiliationKind, Standing, Theme
from partnerships.filters.affiliations import LONGEST_Q
from partnerships.selectors.browse import ANY
from partnerships.selectors.tallies import PlaceTotal

Choices = Iterable[tuple[str, Any]]


def _select(label: Any, empty: Any, choices: Choices) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", empty), *choices], required=False)


class _NamedLike(forms.Select):
    """A list that is sent under the name of another field, of which several values mean: all of them are parties."""

    def __init__(self, name: str) -> None:
        super().__init__(attrs={"id": f"filter-{name}-too"})
        self.sent_as = name

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return super().get_context(self.sent_as, value, attrs)


def _second(name: str, label: Any, empty: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", empty)], required=False, widget=_NamedLike(name))


class AffiliationPanel(forms.Form):
    """Places are offered where there is more than one to choose: ``own`` for this side of the list, ``countries`` and
    ``subdivisions`` for the other."""

    use_required_attribute = False
    FRONT: tuple[str, ...] = ("own", "country", "subdivision", "q", "sort")

    q = forms.CharField(label=_("Name of a community"), required=False, max_length=LONGEST_Q)
    own = _second("subdivision", _("State or province"), _("All of them"))
    country = _select(_("Partner's country"), _("All countries"), ())
    subdivision = _select(_("Partner's state or province"), _("All of them"), ())
    kind = _select(_("Kind"), _("Sister and friendship"), AffiliationKind.choices)
    standing = _select(
        _("Standing"),
        _("All but ended ones"),
        [*(choice for choice in Standing.choices if choice[0] != Standing.ANNULLED), (ANY, _("All, ended ones too"))],
    )
    recognised = _select(_("Recognition"), _("All"), [("true", _("Recognised")), ("false", _("Not recognised"))])
    theme = _select(_("Theme"), _("All themes"), Theme.choices)
    since_after = forms.CharField(label=_("Since, from"), required=False, max_length=40)
    since_before = forms.CharField(label=_("Since, up to"), required=False, max_length=40)
    as_of = forms.CharField(label=_("As of"), required=False, max_length=40)
    sort = _select(
        _("Order"),
        _("Newest first"),
        [("since", _("Oldest first")), ("name", _("By the partner's name")), ("-name", _("By name, from Z"))],
    )

    def __init__(
        self,
        data: MultiValueDict[str, str],
        *,
        problems: Mapping[str, Iterable[str]],
        countries: Iterable[PlaceTotal] = (),
        subdivisions: Iterable[PlaceTotal] = (),
        own: Iterable[PlaceTotal] = (),
        own_label: str = "",
        by_name: bool = True,
    ) -> None:
        own = list(own)
        super().__init__(_split(data, "subdivision", "own", {place.code for place in own}), auto_id="filter-%s")
        self._offer("own", own)
        if "own" in self.fields and own_label:
            self.fields["own"].label = own_label
        self._offer("country", countries)
        self._offer("subdivision", subdivisions)
        for name in ("since_after", "since_before"):
            self.fields[name].widget.attrs["placeholder"] = "1985"
        self.fields["as_of"].widget.attrs["placeholder"] = "1985-12-31"
        if not by_name:
            sort = self.fields["sort"]
            sort.choices = [pair for pair in sort.choices if not pair[0].endswith("name")]  # type: ignore[attr-defined]
        self.full_clean()
        self.errors.clear()
        for name, messages in problems.items():
            if name in self.fields:
                self.add_error(name, list(messages))

    @property
    def front(self) -> list[forms.BoundField]:
        """What most people look for, always in sight."""
        return [self[name] for name in self.FRONT if name in self.fields]

    @property
    def further(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.FRONT]

    @property
    def further_used(self) -> bool:
        return any(field.value() or field.errors for field in self.further)

    def _offer(self, name: str, places: Iterable[PlaceTotal]) -> None:
        offered = [(place.code, place.name) for place in places if place.open or place.ended]
        if len(offered) < 2:
            del self.fields[name]
            return
        field = self.fields[name]
        field.choices = [*field.choices, *offered]  # type: ignore[attr-defined]


class MapPanel(AffiliationPanel):
    """The filters of the whole registry; two countries mean the ties between them."""

    country = _select(_("Country"), _("All countries"), ())
    other = _second("country", _("and its partner's country"), _("All countries"))

    FRONT = ("country", "other", "kind", "standing")
    field_order = ("country", "other")

    def __init__(
        self, data: MultiValueDict[str, str], *, problems: Mapping[str, Iterable[str]], countries: Iterable[PlaceTotal]
    ) -> None:
        there = list(countries)
        first, *further = data.getlist("country") or [""]
        asked = data.copy()
        asked.setlist("country", [first])
        asked.setlist("other", further[:1])
        super().__init__(asked, problems=problems, countries=there)
        self._offer("other", there)
        del self.fields["sort"]


def _split(data: MultiValueDict[str, str], name: str, other: str, codes: Collection[str]) -> MultiValueDict[str, str]:
    """The same query, with the values of ``name`` that are among the codes under another name."""
    asked = data.copy()
    given = data.getlist(name)
    asked.setlist(other, [value for value in given if value.upper() in codes])
    asked.setlist(name, [value for value in given if value.upper() not in codes])
    return asked
