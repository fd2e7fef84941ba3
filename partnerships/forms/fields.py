"""Fields of the registry's forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partnerships.rules.dates import PartialDate


class PartialDateField(forms.CharField):
    """A year, a month or a day; the cleaned value is a ``PartialDate`` or ``None``."""

    default_error_messages = {"invalid": _("Write a year (1931), a month (1985-04) or a day (1992-06-29).")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("As far as it is known: 1931, 1985-04 or 1992-06-29."))
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
