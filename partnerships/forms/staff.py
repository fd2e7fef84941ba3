"""What staff are asked for before an operation: one small form a deed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.choices import Capacity, JurisdictionKind, MembershipClass, MilestoneKind, NameKind, Role
from partnerships.forms.fields import DayField, LanguageField, LineField, PartialDateField
from partnerships.models import Jurisdiction, MembershipTerm
from partnerships.selectors import lookup


class PlaceSelect(AutocompleteSelect):
    """The admin's look-up, asked at an address that answers with places and not with bare names."""

    def __init__(self) -> None:
        super().__init__(MembershipTerm._meta.get_field("jurisdiction"), admin.site)

    def get_url(self) -> str:
        return reverse("admin:partnerships_jurisdiction_places")

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> list[Any]:
        """What was sent comes back as it can be read: anything else would be asked of the database as a key."""
        is_key = [text for text in map(str, value) if text.isdecimal() and text.isascii() and len(text) <= 18]
        groups = super().optgroups(name, is_key, attr)
        for text in map(str, value):
            if place := lookup.chosen_place(text):
                shown = lookup.of_place(place)
                label = f"{shown.label} – {shown.detail}"
                groups[0][1].append(self.create_option(name, text, label, True, len(groups[0][1]), attrs=attr))
        return groups


class PlaceField(forms.ModelChoiceField):
    """One community of the registry, found by any of its names."""

    widget = PlaceSelect

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Community"))
        super().__init__(queryset=Jurisdiction.objects.filter(successor__isnull=True), **kwargs)

    def label_from_instance(self, obj: Jurisdiction) -> str:
        return obj.full_name


class AnyPlaceSelect(PlaceSelect):
    """Offers places of the gazetteer below the communities on record."""

    def get_url(self) -> str:
        return reverse("admin:partnerships_jurisdiction_any_place")


class AnyPlaceField(PlaceField):
    """A community of the registry, or the value of a place that is not on record yet (``lookup.PLACE``)."""

    widget = AnyPlaceSelect

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or not value.startswith(lookup.PLACE):
            return super().to_python(value)
        if lookup.chosen_place(value) is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return value


def _today() -> date:
    return timezone.localdate()


class ReasonField(forms.CharField):
    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Reason"))
        super().__init__(max_length=2000, widget=forms.Textarea(attrs={"rows": 4, "cols": 60}), **kwargs)


class RefusalForm(forms.Form):
    reason = ReasonField(help_text=_("The person who asked reads it."))


class PublicReasonForm(forms.Form):
    reason = ReasonField(help_text=_("It is published in the register."))


class DecisionForm(forms.Form):
    """Emeritus, and back."""

    effective = PartialDateField(label=_("From"), required=False)
    reason = ReasonField(help_text=_("It is published in the register."))


class ExclusionForm(forms.Form):
    from_date = DayField(label=_("From"), initial=_today)
    to_date = DayField(label=_("To (last day)"), required=False, help_text=_("Leave it empty while it is not known."))
    reason = ReasonField(help_text=_("It is published in the register."))


class LastDayForm(forms.Form):
    to_date = DayField(label=_("Last day"), initial=_today)


class MilestoneForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=MilestoneKind)
    on = PartialDateField(label=_("Date"), past=True)
    text = forms.CharField(
        label=_("What happened"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4, "cols": 60})
    )
    sources = forms.CharField(
        label=_("Sources"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        help_text=_("One a line."),
    )

    def clean_sources(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["sources"].splitlines() if line.strip()]


class TermForm(forms.Form):
    jurisdiction = PlaceField()
    membership_class = forms.ChoiceField(label=_("Class"), choices=MembershipClass)
    from_date = DayField(label=_("From"), initial=_today)
    paid_through = DayField(label=_("Paid through"))


class PaidThroughForm(forms.Form):
    membership_class = forms.ChoiceField(label=_("Class"), choices=MembershipClass)
    paid_through = DayField(label=_("Paid through"))


class RepresentativeForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"))
    name = LineField(label=_("Name"), required=False)
    jurisdiction = PlaceField()
    capacity = forms.ChoiceField(label=_("Capacity"), choices=Capacity)
    proof = forms.CharField(
        label=_("Proof of capacity"),
        max_length=500,
        required=False,
        help_text=_("How you know, such as a letter and its date."),
    )


class StaffForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"))
    name = LineField(label=_("Name"), required=False)
    role = forms.ChoiceField(label=_("Role"), choices=Role)


class GrantForm(forms.Form):
    jurisdiction = PlaceField(help_text=_("The community that this person may file for from now on."))


class NameForm(forms.Form):
    name = LineField(label=_("Name"), letters=True)
    language = LanguageField(label=_("Language"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=NameKind, initial=NameKind.ALTERNATIVE)


class AskPartnerForm(forms.Form):
    """The parties to choose from are those of one filing."""

    jurisdiction = forms.TypedChoiceField(label=_("Community"), coerce=int)
    email = forms.EmailField(label=_("E-mail address"))
    language = LanguageField(label=_("Language of the letter"), initial="en")

    def __init__(self, *args: Any, parties: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].choices = parties  # type: ignore[attr-defined]


class CorrectionForm(forms.ModelForm):
    """The facts of a community, with the reason why they change."""

    kind = forms.ChoiceField(label=_("Kind"), choices=JurisdictionKind)
    website = forms.URLField(label=_("Web site"), required=False, assume_scheme="https")
    reason = ReasonField(help_text=_("Published for a community that is on record."))

    class Meta:
        model = Jurisdiction
        fields = (
            "name",
            "native_name",
            "kind",
            "local_term",
            "country",
            "subdivision",
            "subdivision_name",
            "latitude",
            "longitude",
            "population",
            "population_year",
            "population_source",
            "geonames_id",
            "wikidata_id",
            "website",
        )
