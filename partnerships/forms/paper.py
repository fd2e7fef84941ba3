"""Entering an agreement of old from its paper: one page, the same facts as the form of member cities."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.choices import Act, AffiliationKind, DocumentRole, JurisdictionKind, Reason, SignatoryCapacity, Theme
from partnerships.forms.fields import (
    CountryField,
    DayField,
    DocumentField,
    LanguageField,
    LanguagesField,
    LineField,
    PartialDateField,
    StoryField,
)
from partnerships.forms.staff import AnyPlaceField

MOST_ROWS = 12


class PaperForm(forms.Form):
    """The terms; names are those of the columns."""

    act = forms.ChoiceField(label=gettext_lazy("What the agreement does"), choices=Act)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=AffiliationKind)
    signed_on = PartialDateField(label=gettext_lazy("Signed on"), past=True, required=False)
    effective_on = PartialDateField(
        label=gettext_lazy("In force from"),
        required=False,
        help_text=gettext_lazy("Only where it is another day than that of signing."),
    )
    place = LineField(label=gettext_lazy("Place of signing"), required=False)
    title = LineField(label=gettext_lazy("Title"), required=False, max_length=300)
    perpetual = forms.BooleanField(label=gettext_lazy("It states that it never expires"), required=False)
    term_end = DayField(label=gettext_lazy("Agreed end of the term"), required=False)
    languages = LanguagesField(label=gettext_lazy("Languages of the text"), required=False)
    shelfmark = LineField(
        label=gettext_lazy("Shelfmark of the paper original"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Where the paper is kept, such as Archive, Box 12, Folder 3."),
    )
    source = LineField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("A book, a newspaper or a web page that tells of it."),
    )
    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("Reasons"), choices=Reason, required=False, widget=forms.CheckboxSelectMultiple
    )
    themes = forms.MultipleChoiceField(
        label=gettext_lazy("Themes"), choices=Theme, required=False, widget=forms.CheckboxSelectMultiple
    )
    story = StoryField(
        label=gettext_lazy("Story"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    declared_by = forms.TypedChoiceField(
        label=gettext_lazy("Declared by"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=lambda: [("", _("All parties"))] + [(line, _party(line)) for line in range(MOST_ROWS)],
        help_text=gettext_lazy("Only to suspend or to end: a statement by one party is enough."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("perpetual") and values.get("term_end"):
            self.add_error("term_end", _("An agreement that never expires has no end of term."))
        return values

    def terms(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "declared_by"}


def _party(line: int) -> str:
    return _("Party %(number)s") % {"number": line + 1}


class PartyForm(forms.Form):
    """One line: a community on record, a place of the gazetteer, or a new one with its name and country."""

    jurisdiction = AnyPlaceField(label=gettext_lazy("On record or in the gazetteer"), required=False)
    name = LineField(label=gettext_lazy("Or new: name"), required=False, letters=True)
    native_name = LineField(label=gettext_lazy("In its own script"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"), choices=JurisdictionKind, required=False, initial=JurisdictionKind.CITY
    )
    country = CountryField(required=False)
    subdivision_name = LineField(label=gettext_lazy("State or province"), required=False, max_length=120)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("jurisdiction") and values.get("name"):
            self.add_error("name", _("Choose a community on record, or write a new one, not both."))
        if values.get("name") and not values.get("country"):
            self.add_error("country", _("Choose the country of the new community."))
        if not values.get("name") and not values.get("jurisdiction") and not self.errors and self.has_changed():
            self.add_error("name", _("Write the name of the community."))
        return values

    def has_changed(self) -> bool:
        """A line of which only the kind was chosen is an empty line."""
        return bool(set(self.changed_data) - {"kind"})

    @property
    def is_named(self) -> bool:
        values = getattr(self, "cleaned_data", {})
        return bool(values.get("jurisdiction") or values.get("name"))

    def community(self) -> int | str | dict[str, Any]:
        """The key of the one on record, the place that was chosen, or the facts of a new one."""
        if known := self.cleaned_data["jurisdiction"]:
            return known if isinstance(known, str) else int(known.pk)
        names = ("name", "native_name", "kind", "country", "subdivision_name")
        return {name: self.cleaned_data[name] or "" for name in names}


class Lines(forms.BaseFormSet):
    """Every line may be left empty, whether the page came with it or it was added."""

    def initial_form_count(self) -> int:
        return 0

    def total_form_count(self) -> int:
        return super().total_form_count() if self.is_bound else len(self.initial or ())


class PartyLines(Lines):
    def clean(self) -> None:
        if not any(self.errors) and sum(form.is_named for form in self.forms) < 2:
            raise ValidationError(_("Name at least two communities."))


class SignatoryForm(forms.Form):
    party = forms.TypedChoiceField(
        label=gettext_lazy("Signed for"),
        coerce=int,
        choices=lambda: [(line, _party(line)) for line in range(MOST_ROWS)],
        initial=0,
    )
    name = LineField(label=gettext_lazy("Name"), letters=True)
    office = LineField(label=gettext_lazy("Office"), required=False)
    capacity = forms.ChoiceField(label=gettext_lazy("Capacity"), choices=SignatoryCapacity)
    signed_on = PartialDateField(label=gettext_lazy("Signed on"), past=True, required=False, help_text="")

    def has_changed(self) -> bool:
        """A line without a name and an office was not filled in, whatever is chosen beside them."""
        typed = {"name", "office", "signed_on"} & set(self.changed_data)
        return bool(typed)


class DocumentForm(forms.Form):
    file = DocumentField(label=gettext_lazy("File"))
    role = forms.ChoiceField(label=gettext_lazy("What it is"), choices=DocumentRole)
    language = LanguageField(label=gettext_lazy("Language"), required=False)
    public = forms.BooleanField(label=gettext_lazy("Public once registered"), required=False, initial=True)

    def has_changed(self) -> bool:
        return "file" in self.changed_data


PartyFormSet = forms.formset_factory(PartyForm, formset=PartyLines, extra=0, max_num=MOST_ROWS, validate_max=True)
SignatoryFormSet = forms.formset_factory(SignatoryForm, formset=Lines, extra=0, max_num=40, validate_max=True)
DocumentFormSet = forms.formset_factory(DocumentForm, formset=Lines, extra=0, max_num=10, validate_max=True)
