"""Where sources disagree: one list to settle from, or to mark as disputed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from partnerships.admin.deeds import Deed, DeedsAdmin
from partnerships.choices import ConflictState, Standing
from partnerships.forms.claims import SettleForm, WrongClaimForm
from partnerships.forms.staff import PublicReasonForm
from partnerships.models import Conflict
from partnerships.selectors import claims
from partnerships.services import conflicts
from partnerships.templatetags.registry import fact_value

_UNDECIDED = (ConflictState.OPEN, ConflictState.DISPUTED)


def _settle_from(record: Conflict) -> dict[str, Any]:
    known = claims.on_record(record.affiliation)[record.fact]
    said = [fact_value(value, record.fact) for value in record.values]
    return {"fact": record.fact, "said": said, "value": known}


def _claims_of(record: Conflict) -> dict[str, Any]:
    rows = [row for row in claims.of_affiliation(record.affiliation_id) if row.fact == record.fact]
    said = [(row.id, f"{fact_value(row.value, row.fact)} – {row.source}") for row in rows if not row.disputed_because]
    return {"claims": said}


DEEDS = (
    Deed(
        name="settle",
        verb="claim.settle",
        label=_("Settle"),
        done=_("Settled: the register says what holds, and why."),
        help=_("What you choose is on record from now on, whatever sources say later. Nothing that was said is lost."),
        form=SettleForm,
        initial=_settle_from,
        do=lambda record, by, on, typed: conflicts.settle(
            conflict_id=record.pk,
            by=by,
            on=on,
            value=str(typed["value"]),
            end=typed.get("end"),
            reason=typed["reason"],
        ),
        fits=lambda record: record.state in _UNDECIDED and record.fact != "partner",
    ),
    Deed(
        name="dispute",
        verb="claim.settle",
        label=_("Mark as disputed"),
        done=_("The page says that this is disputed, and why."),
        help=_("What is on record stays; the page says that it is disputed."),
        form=PublicReasonForm,
        do=lambda record, by, on, typed: conflicts.dispute(conflict_id=record.pk, by=by, on=on, **typed),
        fits=lambda record: record.state == ConflictState.OPEN,
    ),
    Deed(
        name="wrong",
        verb="claim.settle",
        label=_("A claim is wrong"),
        done=_("The claim stays on file with your reason, and no longer counts."),
        form=WrongClaimForm,
        initial=_claims_of,
        do=lambda record, by, on, typed: conflicts.dispute_claim(
            claim_id=typed["claim"], by=by, on=on, reason=typed["reason"]
        ),
        fits=lambda record: record.state in _UNDECIDED,
    ),
    Deed(
        name="reopen",
        verb="claim.settle",
        label=_("Open again"),
        done=_("The disagreement is open again; what was settled holds until it is settled anew."),
        form=PublicReasonForm,
        do=lambda record, by, on, typed: conflicts.reopen(conflict_id=record.pk, by=by, on=on, **typed),
        fits=lambda record: record.state != ConflictState.OPEN,
    ),
)


@admin.register(Conflict)
class ConflictAdmin(DeedsAdmin):
    deeds = DEEDS
    list_display = ("affiliation", "parties", "fact", "said", "state", "opened_on")
    list_filter = ("state", "fact", "opened_on")
    list_select_related = ("affiliation__first", "affiliation__second")
    search_fields = ("affiliation__number", "affiliation__first__folded", "affiliation__second__folded")
    search_help_text = _("Number of the affiliation, or the name of a party.")
    fieldsets = (
        (None, {"fields": ("affiliation_link", "parties", "fact", "state", "opened_on")}),
        (_("Who says what"), {"fields": ("record", "claims")}),
        (_("Decision"), {"fields": ("settled_as", "settled_end", "reason", "decided_by", "decided_on")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conflict]:
        """Those of affiliations that were merged into others are worked out anew at the one that stays."""
        return super().get_queryset(request).exclude(affiliation__standing=Standing.ANNULLED)

    @admin.display(description=_("parties"))
    def parties(self, row: Conflict) -> str:
        return f"{row.affiliation.first.full_name} – {row.affiliation.second.full_name}"

    @admin.display(description=_("what is said"))
    def said(self, row: Conflict) -> str:
        return " / ".join(fact_value(value, row.fact) for value in row.values)

    @admin.display(description=_("affiliation"))
    def affiliation_link(self, row: Conflict) -> str:
        address = f"../../../affiliation/{row.affiliation_id}/change/"
        return format_html('<a href="{}">{}</a>', address, row.affiliation.number)

    @admin.display(description=_("on record"))
    def record(self, row: Conflict) -> str:
        return fact_value(claims.on_record(row.affiliation)[row.fact], row.fact) or "–"

    @admin.display(description=_("claims"))
    def claims(self, row: Conflict) -> str:
        said = [claim for claim in claims.of_affiliation(row.affiliation_id) if claim.fact == row.fact]
        return render_to_string("admin/partnerships/claims.html", {"claims": said})
