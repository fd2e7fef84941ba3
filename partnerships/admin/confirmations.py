"""The yearly question: who was asked, what they answered, and what waits for staff."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.admin.deeds import Deed, DeedsAdmin
from partnerships.forms.confirmations import SettlementForm
from partnerships.models import Confirmation
from partnerships.services import confirmations

SETTLE = Deed(
    name="settle",
    verb="confirmation.settle",
    label=_("Settle"),
    done=_("Settled."),
    help=_("Correct what is on record first, by a filing or by a correction; then say here what was done."),
    form=SettlementForm,
    do=lambda record, by, on, typed: confirmations.settle(confirmation_id=record.pk, by=by, on=on, **typed),
    fits=lambda record: bool(record.request) and record.settled_on is None,
)


@admin.register(Confirmation)
class ConfirmationAdmin(DeedsAdmin):
    deeds = (SETTLE,)
    list_display = ("affiliation", "jurisdiction", "asked_on", "answer", "answered_on", "request", "settled_on")
    list_filter = ("answer", ("request", admin.EmptyFieldListFilter), ("settled_on", admin.EmptyFieldListFilter))
    list_select_related = ("affiliation", "jurisdiction")
    search_fields = ("affiliation__number", "jurisdiction__name", "email")
    date_hierarchy = "asked_on"
