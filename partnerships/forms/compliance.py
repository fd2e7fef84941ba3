from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from partnerships.forms.fields import DayField
from partnerships.models import ComplianceRule


class LensForm(forms.Form):
    """The day to look at, and another to compare it with."""

    on = DayField(label=gettext_lazy("On"), required=False)
    against = DayField(label=gettext_lazy("Compared with"), required=False)


class ComplianceRuleForm(forms.ModelForm):
    countries = forms.MultipleChoiceField(
        label=gettext_lazy("Countries"),
        choices=lambda: list(countries),
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=gettext_lazy("The partner countries that the law restricts. Hold Ctrl or Cmd to choose several."),
    )

    class Meta:
        model = ComplianceRule
        fields = ("subdivision", "countries", "from_date", "to_date", "citation", "summary")

    def clean_subdivision(self) -> Any:
        code = self.cleaned_data["subdivision"].strip().upper()
        if not re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", code):
            raise ValidationError(_("Write an ISO 3166-2 code such as US-TX."))
        return code
