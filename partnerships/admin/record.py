"""The two records that are never changed: the public register and the internal ledger."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import ReadOnlyAdmin
from partnerships.admin.deeds import Deed, DeedsAdmin
from partnerships.forms.staff import PublicReasonForm
from partnerships.models import LedgerEntry, RegisterEntry
from partnerships.rules import chain
from partnerships.services import register

REDACT = Deed(
    name="redact",
    verb="register.redact",
    label=_("Redact"),
    done=_("The payload is gone; the chain still verifies, and a new entry says that it was done and why."),
    help=_(
        "Only on lawful request, such as for the erasure of personal data. The payload of this entry is removed for "
        "good and cannot be brought back."
    ),
    form=PublicReasonForm,
    do=lambda record, by, on, typed: register.redact(seq=record.pk, by=by, reason=typed["reason"]),
    fits=lambda record: not record.redacted and record.event != chain.REDACTION,
    dangerous=True,
)


@admin.register(RegisterEntry)
class RegisterEntryAdmin(DeedsAdmin):
    deeds = (REDACT,)
    list_display = ("seq", "recorded_at", "event", "subject", "redacted")
    list_filter = ("redacted", "event")
    search_fields = ("subject",)
    search_help_text = _("What the entry is about, such as agreements/SCI-2026-000123.")
    ordering = ("-seq",)
    fields = (
        "seq",
        "recorded_at",
        "event",
        "subject",
        "payload",
        "redacted",
        "payload_hash",
        "previous_hash",
        "hash",
    )


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "actor_name", "act", "subject_type", "subject_id", "was", "now", "note")
    list_filter = ("subject_type",)
    search_fields = ("actor_name", "act", "note", "subject_id")
    ordering = ("-id",)
    date_hierarchy = "at"

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        entry = self.get_object(request, object_id)
        about = (entry.subject_type, entry.subject_id) if entry else ("", "")
        return self.history_of(*about)
