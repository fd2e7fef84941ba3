"""The parties step: look a community up, or describe one that no list knows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from partnerships.choices import JurisdictionKind
from partnerships.forms.fields import CoordinateField, CountryField, LineField
from partnerships.rules import matching
from partnerships.selectors import gazetteer, lookup

NEW = "new"


class LookupForm(forms.Form):
    """What was typed, what was chosen in the list below it (``chosen``) or among radio buttons (``choice``).

    ``looked_up`` is the text that the radio buttons answer: they say nothing about a text that was typed later.
    """

    name = LineField(
        label=_("Name of the community"),
        error_messages={"required": _("Type the name of a community.")},
        max_length=lookup.LONGEST,
        help_text=_("In any language or script. Where there are several, add the state or country: Toledo, Spain."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "data-lookup-url": reverse_lazy("community_lookup"),
                "data-target": "id_chosen",
                "data-min-length": "2",
                "data-searching": _("Looking …"),
                "data-none": _("Nothing found under this name. Try another spelling, or enter a new community."),
                "data-failed": _("The look-up does not answer. Press Find instead."),
                "data-found": _("%d found. Choose with the arrow keys."),
            }
        ),
    )
    chosen = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    choice = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    looked_up = forms.CharField(required=False, max_length=lookup.LONGEST, widget=forms.HiddenInput)

    def picked(self) -> str:
        """The value that was chosen for the text as it stands now; empty where nothing was."""
        said = self.cleaned_data
        if said["chosen"]:
            return str(said["chosen"])
        return str(said["choice"]) if said["looked_up"] == said["name"] else ""

    @classmethod
    def offering(cls, name: str, found: list[lookup.Choice]) -> LookupForm:
        """The form with what was found as radio buttons."""
        form = cls(initial={"name": name, "looked_up": name})
        labels = [(row.value, f"{row.label} – {row.detail}") for row in found]
        form.fields["choice"] = forms.ChoiceField(
            label=_("Which one is meant?"),
            choices=[*labels, (NEW, _("None of these: enter a new community"))],
            widget=forms.RadioSelect,
        )
        return form


class CommunityForm(forms.Form):
    """A community that is in no list; provisional until staff accept it."""

    name = LineField(label=_("Name"), letters=True, help_text=_("In Latin letters, as it is known abroad."))
    native_name = LineField(label=_("Name in its own script"), letters=True, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=JurisdictionKind.choices)
    country = CountryField()
    subdivision_name = LineField(label=_("State, province or region"), required=False, max_length=120)
    latitude = CoordinateField(label=_("Latitude"), most=90, help_text=_("Degrees, such as 49.58827."))
    longitude = CoordinateField(label=_("Longitude"), most=180, help_text=_("West is negative."))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if (said.get("latitude") is None) != (said.get("longitude") is None) and not self.errors:
            empty = "latitude" if said.get("latitude") is None else "longitude"
            self.add_error(empty, ValidationError(_("Give both coordinates, or none."), code="both"))
        said["subdivision"], said["subdivision_name"] = _subdivision(
            said.get("country", ""), said.get("subdivision_name", "")
        )
        return said


def _subdivision(country: str, typed: str) -> tuple[str, str]:
    """The ISO 3166-2 code and name where the country has a subdivision of that name or code; else the words alone."""
    wanted = matching.fold(typed)
    for code, name in gazetteer.subdivisions(country) if country and wanted else ():
        if wanted in (matching.fold(name), matching.fold(code), matching.fold(code.partition("-")[2])):
            return code, name[:120]
    return "", typed
