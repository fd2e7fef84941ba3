"""What staff are asked for where sources disagree."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.choices import AffiliationKind, ClaimFact, Standing
from partnerships.forms.fields import PartialDateField
from partnerships.forms.staff import ReasonField

_PUBLISHED = _("It is published in the register.")


class SettleForm(forms.Form):
    """Which value holds; the field takes what the fact can be, with what is said as suggestions."""

    reason = ReasonField(help_text=_PUBLISHED)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        initial = self.initial
        fact = initial.get("fact", "")
        own = {"value": _value_field(fact, initial.get("said", ()))}
        if fact == ClaimFact.STANDING:
            own["end"] = PartialDateField(
                label=_("Ended on"), required=False, past=True, help_text=_("Only where it has ended, and is known.")
            )
        self.fields = {**own, **self.fields}


def _value_field(fact: str, said: Any) -> forms.Field:
    label, help_text = _("What holds"), _("What is said: %(values)s") % {"values": ", ".join(said)}
    if fact == ClaimFact.KIND:
        return forms.ChoiceField(label=label, choices=AffiliationKind, widget=forms.RadioSelect)
    if fact == ClaimFact.STANDING:
        choices = [(Standing.IN_FORCE.value, _("It has not ended")), (Standing.ENDED.value, _("It has ended"))]
        return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
    return PartialDateField(label=label, past=True, help_text=help_text)


class WrongClaimForm(forms.Form):
    """One of the claims about the affiliation that still counts."""

    claim = forms.TypedChoiceField(label=_("Which claim"), coerce=int, widget=forms.RadioSelect)
    reason = ReasonField(help_text=_PUBLISHED)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        initial = self.initial
        self.fields["claim"].choices = initial.get("claims", [])  # type: ignore[attr-defined]
