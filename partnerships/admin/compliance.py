"""The table of laws that restrict partner countries: plain rows, each change in the ledger."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from partnerships.admin.base import RecordedAdmin
from partnerships.forms.compliance import ComplianceRuleForm
from partnerships.models import ComplianceRule


@admin.register(ComplianceRule)
class ComplianceRuleAdmin(RecordedAdmin):
    form: type[forms.ModelForm[Any]] = ComplianceRuleForm
    fields = ("subdivision", "countries", "from_date", "to_date", "citation", "summary")
    list_display = ("subdivision", "country_names", "from_date", "to_date", "citation")
    search_fields = ("subdivision", "citation", "summary")

    @admin.display(description=_("countries"))
    def country_names(self, row: ComplianceRule) -> str:
        return ", ".join(countries.name(code) or code for code in row.countries)
