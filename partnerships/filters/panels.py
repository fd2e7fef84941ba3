"""The filter form that pages show; what was sent is judged by the filter itself, and only printed here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.choices import AffiliationKind, Standing, Theme
from partnerships.filters.affiliations import LONGEST_Q
from partnerships.selectors.browse import ANY
from partnerships.selectors.tallies import PlaceTotal

Choices = Iterable[tuple[str, Any]]


def _select(label: Any, empty: Any, choices: Choices) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", empty), *choices], required=False)


class AffiliationPanel(forms.Form):
    """``countries`` and ``subdivisions`` are offered for the other side, where there is more than one to choose."""

    use_required_attribute = False

    q = forms.CharField(label=_("Name of a community"), required=False, max_length=LONGEST_Q)
    country = _select(_("Partner's country"), _("All countries"), ())
    subdivision = _select(_("State or province"), _("All of them"), ())
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
        data: Mapping[str, Any],
        *,
        problems: Mapping[str, Iterable[str]],
        countries: Iterable[PlaceTotal] = (),
        subdivisions: Iterable[PlaceTotal] = (),
        by_name: bool = True,
    ) -> None:
        super().__init__(data, auto_id="filter-%s")
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

    def _offer(self, name: str, places: Iterable[PlaceTotal]) -> None:
        offered = [(place.code, place.name) for place in places if place.open or place.ended]
        if len(offered) < 2:
            del self.fields[name]
            return
        field = self.fields[name]
        field.choices = [*field.choices, *offered]  # type: ignore[attr-defined]
