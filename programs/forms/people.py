"""People of an application and their consents, as the entering community writes them down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.fields import CountryField, DayField, DocumentField, LineField
from programs.choices import ConsentGiver, ConsentUse, PersonRole
from programs.forms.applications import DetailForm
from programs.kinds import Kind
from programs.models import Person
from programs.rules.eligibility import YOUNG

_GUARDIAN = ("guardian_name", "guardian_email", "guardian_phone")


class PersonForm(DetailForm):
    """Nothing of this is public; what a consent opens is asked beside."""

    role = forms.ChoiceField(label=_("Takes part as"))
    given_name = LineField(label=_("Given name"), max_length=100, letters=True)
    family_name = LineField(label=_("Family name"), max_length=100, required=False)
    birth_date = DayField(
        label=_("Birth date"), required=False, help_text=_("The whole date, such as 9 May 2010. Needed of students.")
    )
    country = CountryField(required=False)
    town = LineField(label=_("Town"), max_length=120, required=False)
    school = LineField(label=_("School"), required=False)
    email = forms.EmailField(label=_("E-mail address"), max_length=254, required=False)
    phone = LineField(label=_("Telephone"), max_length=60, required=False)
    guardian_name = LineField(
        label=_("Parent or guardian"),
        required=False,
        help_text=_("Needed of everybody under 18, with a way to reach them."),
    )
    guardian_email = forms.EmailField(label=_("Their e-mail address"), max_length=254, required=False)
    guardian_phone = LineField(label=_("Their telephone"), max_length=60, required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, kind: Kind, person: Person | None, country: str
    ) -> None:
        super().__init__(
            data,
            details=kind.person_fields,
            kept=person.detail if person else {},
            initial=_initial(person, kind, country),
        )
        self.fields["role"].choices = [(role, PersonRole(role).label) for role in kind.person_roles]  # type: ignore[attr-defined]
        if len(kind.person_roles) == 1:
            self.fields["role"].widget = forms.HiddenInput()
        if not YOUNG & set(kind.person_roles):
            for name in (*_GUARDIAN, "school", "birth_date"):
                del self.fields[name]
        elif set(kind.person_roles) <= YOUNG:
            self.fields["birth_date"].required = True

    def values(self) -> dict[str, Any]:
        """As ``people.save`` takes them."""
        return {**self.columns(), "detail": self.detail()}


def _initial(person: Person | None, kind: Kind, country: str) -> dict[str, Any]:
    if person is None:
        return {"role": kind.person_roles[0], "country": country}
    names = ("role", "given_name", "family_name", "birth_date", "town", "school", "email", "phone", *_GUARDIAN)
    return {**{name: getattr(person, name) for name in names}, "country": person.country.code}


class ConsentForm(forms.Form):
    """Leave to use one thing of a person in public."""

    use = forms.ChoiceField(label=_("What it allows"), choices=ConsentUse.choices, widget=forms.RadioSelect)
    given_by = forms.ChoiceField(
        label=_("Who gave it"),
        choices=ConsentGiver.choices,
        widget=forms.RadioSelect,
        help_text=_("For somebody under 18, a parent or guardian."),
    )
    giver_name = LineField(label=_("Name of the parent or guardian"), required=False)
    given_on = DayField(label=_("Given on"))
    how = LineField(
        label=_("How it was given"), max_length=300, help_text=_("Such as: on paper, signed; the form is attached.")
    )
    file = DocumentField(
        label=_("Signed form"),
        required=False,
        help_text=_("It is kept for this person alone, is never public, and is erased with their data."),
    )

    def __init__(self, data: Any = None, files: Any = None, *, takes_form: bool = True) -> None:
        super().__init__(data, files)
        if not takes_form:
            del self.fields["file"]

    def said(self) -> dict[str, Any]:
        """As ``people.give_consent`` takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "file"}
