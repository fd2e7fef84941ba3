"""A new personal token for the API."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnerships.choices import TokenScope
from partnerships.forms.fields import LineField
from partnerships.rules.tokens import LIFETIMES, USUAL_LIFETIME


class TokenForm(forms.Form):
    name = LineField(label=_("Name"), max_length=80, help_text=_("Such as the program that uses it."))
    scope = forms.ChoiceField(label=_("What it may do"), widget=forms.RadioSelect, initial=TokenScope.READ)
    days = forms.TypedChoiceField(label=_("Valid for"), coerce=int, initial=USUAL_LIFETIME)

    def __init__(self, *args: Any, scopes: Collection[str], **kwargs: Any) -> None:
        """``scopes``: those that this person may give."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["scope"].choices = [(word, label) for word, label in TokenScope.choices if word in scopes]
        fields["days"].choices = [
            (days, ngettext("%(days)s day", "%(days)s days", days) % {"days": days}) for days in LIFETIMES
        ]
