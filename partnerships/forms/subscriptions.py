"""Following by mail: the address, how often, in which language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partnerships.choices import Frequency


class LettersForm(forms.Form):
    """How often, and in which language; the latter is asked where there is a choice."""

    frequency = forms.ChoiceField(
        label=_("How often"), choices=Frequency.choices, widget=forms.RadioSelect, initial=Frequency.AT_ONCE
    )
    language = forms.ChoiceField(label=_("Language of letters to you"), choices=lambda: settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()
        if len(settings.LANGUAGES) < 2:
            del self.fields["language"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        return {"language": settings.LANGUAGE_CODE, **said}


class FollowForm(LettersForm):
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    field_order = ("email", "frequency", "language")
