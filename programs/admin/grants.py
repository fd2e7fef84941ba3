"""Money and promises: buttons on the page of an application, and the records of tranches and deliverables."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from partnerships.admin.deeds import Deed, DeedsAdmin
from programs.admin.entries import file_address
from programs.admin.money import amount
from programs.choices import DeliverableState, ParticipationState, TrancheState
from programs.forms import outcomes as forms
from programs.kinds import kind_of
from programs.models import Deliverable, Tranche
from programs.services import deliverables, grants

_AWARDABLE = (ParticipationState.SUBMITTED, ParticipationState.FINALIST, ParticipationState.ACCEPTED)
#: The amount of a tranche, in a list and among the rows of its application.
TRANCHE = amount("amount", _("amount"), lambda row: row.participation.cycle)
_RUNNING = (ParticipationState.ACCEPTED, ParticipationState.COMPLETED)


def _tranches(participation: Any) -> dict[str, Any]:
    planned = participation.tranches.filter(state=TrancheState.PLANNED)
    return {"rows": [{"amount": one.amount, "deliverable": one.deliverable_id} for one in planned]}


#: On the page of an application.
DEEDS = (
    Deed(
        name="award",
        verb="grant.award",
        label=_("Award money"),
        done=_("Awarded. The applicants are told."),
        help=_("Accepts the application. The cap of the pair and the budget of the cycle hold."),
        form=forms.AwardForm,
        fits=lambda record: (
            kind_of(record.cycle.program.kind).grants and record.awarded is None and record.state in _AWARDABLE
        ),
        initial=lambda record: {"amount": record.asked},
        do=lambda record, by, on, typed: grants.award(participation_id=record.pk, by=by, at=timezone.now(), **typed),
    ),
    Deed(
        name="tranches",
        verb="grant.award",
        label=_("Plan tranches"),
        done=_("The tranches are planned."),
        help=_("Instead of those that were planned before; what was paid stays."),
        make=lambda record, data, files, initial: forms.TranchesForm(
            data, files, initial=initial, promised=list(record.deliverables.order_by("pk").values_list("pk", "title"))
        ),
        template="admin/programs/rows.html",
        submit=_("Save"),
        fits=lambda record: record.awarded is not None,
        initial=_tranches,
        do=lambda record, by, on, typed: grants.plan(
            participation_id=record.pk,
            tranches=[(row["amount"], row["deliverable"]) for row in typed["rows"]],
            by=by,
        ),
    ),
    Deed(
        name="lower-award",
        verb="grant.award",
        label=_("Lower the award"),
        done=_("Lowered. The rest is back in the budget."),
        form=forms.LowerForm,
        fits=lambda record: record.awarded is not None and record.awarded > record.paid,
        do=lambda record, by, on, typed: grants.reduce(participation_id=record.pk, by=by, **typed),
    ),
    Deed(
        name="end-grant",
        verb="grant.award",
        label=_("End the grant"),
        done=_("Ended. What was not paid is back in the budget."),
        form=forms.PublicWhyForm,
        fits=lambda record: record.awarded is not None and record.awarded > record.paid,
        do=lambda record, by, on, typed: grants.end(participation_id=record.pk, by=by, **typed),
        dangerous=True,
    ),
    Deed(
        name="promise",
        verb="deliverable.promise",
        label=_("Add a deliverable"),
        done=_("The deliverable is on record."),
        form=forms.PromiseForm,
        fits=lambda record: record.state in _RUNNING,
        do=lambda record, by, on, typed: deliverables.promise(participation_id=record.pk, values=typed, by=by),
    ),
)


@admin.register(Deliverable)
class DeliverableAdmin(DeedsAdmin):
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    deeds = (
        Deed(
            name="deliver",
            verb="deliverable.deliver",
            label=_("Record as delivered"),
            done=_("It was delivered."),
            form=forms.DeliverForm,
            fits=lambda record: record.state == DeliverableState.PROMISED,
            do=lambda record, by, on, typed: deliverables.deliver(
                deliverable_id=record.pk,
                note=typed["note"],
                url=typed["url"],
                upload=typed["file"],
                by=by,
                on=on,
            ),
        ),
        Deed(
            name="accept",
            verb="deliverable.accept",
            label=_("Accept"),
            done=_("Accepted. What hangs on it can be paid."),
            fits=lambda record: record.state == DeliverableState.DELIVERED,
            do=lambda record, by, on, typed: deliverables.accept(deliverable_id=record.pk, by=by, on=on),
        ),
        Deed(
            name="send-back",
            verb="deliverable.accept",
            label=_("Send back"),
            done=_("Sent back. The applicants are told what is missing."),
            form=forms.CommentForm,
            fits=lambda record: record.state == DeliverableState.DELIVERED,
            do=lambda record, by, on, typed: deliverables.send_back(deliverable_id=record.pk, by=by, **typed),
        ),
        Deed(
            name="correct",
            verb="deliverable.promise",
            label=_("Change"),
            done=_("Changed."),
            form=forms.PromiseForm,
            fits=lambda record: record.state == DeliverableState.PROMISED,
            initial=lambda record: {name: getattr(record, name) for name in deliverables.FIELDS},
            do=lambda record, by, on, typed: deliverables.promise(
                participation_id=record.participation_id, deliverable_id=record.pk, values=typed, by=by
            ),
        ),
    )
    list_display = ("pk", "title", "participation", "due_on", "state", "public")
    list_display_links = ("title",)
    list_filter = ("state", "public")
    list_select_related = ("participation__jurisdiction", "participation__cycle")
    ordering = ("due_on", "pk")
    fields = (
        "participation",
        "title",
        "text",
        "due_on",
        "state",
        "note",
        "url",
        "delivered_file",
        "delivered_on",
        "missing",
        "accepted_on",
        "public",
    )
    readonly_fields = ("delivered_file",)

    @admin.display(description=_("file"))
    def delivered_file(self, row: Deliverable) -> str:
        """Opened, a look at it is recorded."""
        return format_html('<a href="{}">{}</a>', file_address(found), found) if (found := row.kept_file) else "–"


@admin.register(Tranche)
class TrancheAdmin(DeedsAdmin):
    deeds = (
        Deed(
            name="pay",
            verb="grant.pay",
            label=_("Record the payment"),
            done=_("The payment is on record."),
            form=forms.PayForm,
            fits=lambda record: record.state == TrancheState.PLANNED,
            initial=lambda record: {"paid_on": timezone.localdate()},
            do=lambda record, by, on, typed: grants.pay(
                tranche_id=record.pk, reference=typed["reference"], by=by, on=typed["paid_on"]
            ),
        ),
    )
    list_display = ("position", "sum", "participation", "deliverable", "state", "paid_on", "reference")
    list_filter = ("state",)
    list_select_related = ("participation__jurisdiction", "participation__cycle", "deliverable")
    ordering = ("participation", "position")
    fields = ("participation", "position", "sum", "deliverable", "state", "paid_on", "reference")
    readonly_fields = ("sum",)
    sum = TRANCHE
