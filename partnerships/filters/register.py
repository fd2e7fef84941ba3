"""The filter of the register's entries."""

from __future__ import annotations

import re
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from partnerships.filters.fields import clipped
from partnerships.filters.questions import QuestionFilter
from partnerships.models import RegisterEntry

_SUBJECT = re.compile(r"[a-z-]{1,30}/[A-Za-z0-9-]{1,40}(/[A-Za-z0-9-]{1,40}){0,2}")


class SequenceField(forms.CharField):
    """A sequence number; 0 is before the first entry."""

    def clean(self, value: Any) -> int:
        text = super().clean(value).strip()
        if text and not (text.isascii() and text.isdigit() and len(text) <= 18):
            raise ValidationError(
                _("“%(value)s” is no sequence number."), code="invalid", params={"value": clipped(text)}
            )
        return int(text or 0)


class SubjectField(forms.CharField):
    def clean(self, value: Any) -> str:
        text = super().clean(value).strip()
        if text and not _SUBJECT.fullmatch(text):
            message = _("“%(value)s” is no subject such as affiliations/SCI-000045.")
            raise ValidationError(message, code="invalid", params={"value": clipped(text)})
        return text


class SequenceFilter(django_filters.Filter):
    field_class = SequenceField


class SubjectFilter(django_filters.Filter):
    field_class = SubjectField


class RegisterFilter(QuestionFilter):
    after = SequenceFilter(
        label=gettext_lazy("After"), help_text="Sequence number: the entries that follow it.", max_length=40
    )
    subject = SubjectFilter(
        label=gettext_lazy("Subject"),
        help_text="Only what is said about one thing, such as affiliations/SCI-000045.",
        max_length=120,
    )

    class Meta:
        model = RegisterEntry
        fields: list[str] = []
