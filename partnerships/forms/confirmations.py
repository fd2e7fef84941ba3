"""The answer to the yearly question, and what staff made of a request."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.fields import LineField, PartialDateField, StoryField

CONTACT = ("name", "office", "email", "phone")


class StillActiveForm(forms.Form):
    """Everything may stay empty; the button that is pressed says the answer."""

    happened = PartialDateField(label=_("Date"), required=False, past=True)
    milestone = LineField(label=_("What happened"), required=False, letters=True, max_length=2000)
    name = LineField(label=_("Name"), required=False, letters=True)
    office = LineField(label=_("Office"), required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    phone = LineField(label=_("Telephone"), required=False, max_length=60)
    request = StoryField(
        label=_("What is wrong"),
        required=False,
        max_length=4000,
        help_text=_("Staff look at it before anything on record changes."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if any(cleaned.get(field) for field in CONTACT) and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Write a name."))
        return cleaned

    def milestone_fields(self) -> list[forms.BoundField]:
        return [self[field] for field in ("happened", "milestone")]

    def contact_fields(self) -> list[forms.BoundField]:
        return [self[field] for field in CONTACT]


class SettlementForm(forms.Form):
    settlement = StoryField(label=_("What was done"), max_length=2000)
