"""What staff are asked for before two records become one, or a wrong partner is corrected."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.forms.staff import PlaceField, ReasonField
from partnerships.models import Affiliation
from partnerships.rules import numbers

_PUBLISHED = gettext_lazy("It is published in the register.")


class PartnerForm(forms.Form):
    """Which of the two parties is wrong, and which community is meant."""

    wrong = forms.TypedChoiceField(label=gettext_lazy("Which party is wrong"), coerce=int, widget=forms.RadioSelect)
    right = PlaceField(label=gettext_lazy("The community that is meant"))
    reason = ReasonField(help_text=_PUBLISHED)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wrong"].choices = self.initial.get("parties", [])  # type: ignore[attr-defined]


class MergeAffiliationForm(forms.Form):
    kept = forms.CharField(
        label=gettext_lazy("The number that stays"), max_length=24, help_text=gettext_lazy("Such as SCI-000045.")
    )
    reason = ReasonField(help_text=_PUBLISHED)

    def clean_kept(self) -> str:
        number = numbers.parse(self.cleaned_data["kept"])
        if number is None or number.is_agreement or not Affiliation.objects.filter(number=str(number)).exists():
            raise ValidationError(_("There is no affiliation with this number."))
        return str(number)


class PairForm(forms.Form):
    """Two communities to be looked at side by side: the one that goes, and the one that stays."""

    gone = PlaceField(label=gettext_lazy("Merge"), help_text=gettext_lazy("Its address will lead to the other."))
    kept = PlaceField(label=gettext_lazy("into"), help_text=gettext_lazy("It stays, and gets what the other has."))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("gone") and found.get("gone") == found.get("kept"):
            self.add_error("kept", _("Choose another community."))
        return found


class DismissForm(forms.Form):
    reason = ReasonField(label=gettext_lazy("How you know that they are two"))


class MergeForm(forms.Form):
    reason = ReasonField(help_text=_PUBLISHED)
