"""Figures with their provenance, and prizes: recorded, verified, withdrawn, taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import happened
from partnerships.admin.deeds import Deed, DeedsAdmin
from programs.choices import PUBLIC_STATES, EntryState, ParticipationState
from programs.forms import outcomes as forms
from programs.kinds import kind_of
from programs.models import Prize, Result
from programs.services import prizes, results
from programs.templatetags.programs import figure

_RUNNING = (ParticipationState.ACCEPTED, ParticipationState.COMPLETED)


def _of_cycle(record: Any, by: Any, on: Any, typed: dict[str, Any]) -> Result:
    values = {name: typed[name] for name in results.FIELDS}
    return results.claim(cycle_id=typed["cycle"].pk, values=values, by=by, at=timezone.now())


def _give(record: Any, by: Any, on: Any, typed: dict[str, Any]) -> Prize:
    whole = "" if typed["overall"] else None
    return prizes.give(
        cycle_id=record.cycle_id,
        participation_id=record.pk,
        entry_id=typed.get("entry"),
        category=whole,
        band=whole,
        place=typed["place"],
        title=typed["title"],
        reason=typed["reason"],
        by=by,
        at=timezone.now(),
    )


def _works(record: Any) -> list[tuple[int, str]]:
    """The works that may win, by what is known of them without their author."""
    found = record.entries.exclude(state__in=(EntryState.WITHDRAWN, EntryState.NOT_SELECTED))
    rows = found.select_related("category", "age_group").order_by("pk")
    return [
        (one.pk, " · ".join(str(part) for part in (one.title, one.category, one.age_group) if part)) for one in rows
    ]


#: On the page of an application.
DEEDS = (
    Deed(
        name="figure",
        verb="result.claim",
        label=_("Record a result"),
        done=_("The result is on record as claimed."),
        form=forms.FigureForm,
        fits=lambda record: record.state in _RUNNING,
        initial=lambda record: {"claimed_by": record.jurisdiction.name},
        do=lambda record, by, on, typed: results.claim(
            cycle_id=record.cycle_id, participation_id=record.pk, values=typed, by=by, at=timezone.now()
        ),
    ),
    Deed(
        name="prize",
        verb="prize.give",
        label=_("Name a winner"),
        done=_("The winner is public."),
        make=lambda record, data, files, initial: forms.PrizeForm(data, files, initial=initial, works=_works(record)),
        fits=lambda record: kind_of(record.cycle.program.kind).prizes and record.state in PUBLIC_STATES,
        do=_give,
    ),
)


@admin.display(description=_("value"), ordering="value")
def counted(door: Any, row: Result) -> str:
    """Grouped, without the decimals that it does not have."""
    return figure(row.value)


@admin.register(Result)
class ResultAdmin(DeedsAdmin):
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    new_deeds = (
        Deed(
            name="record",
            verb="result.verify",
            label=_("Record a result of a cycle"),
            done=_("The result is on record as claimed."),
            form=forms.CycleFigureForm,
            do=_of_cycle,
        ),
    )
    deeds = (
        Deed(
            name="verify",
            verb="result.verify",
            label=_("Verify"),
            done=_("Verified. It counts among the verified figures from now on."),
            form=forms.HowForm,
            fits=lambda record: record.verified_at is None and record.withdrawn_at is None,
            do=lambda record, by, on, typed: results.verify(result_id=record.pk, by=by, at=timezone.now(), **typed),
        ),
        Deed(
            name="withdraw",
            verb="result.withdraw",
            label=_("Withdraw"),
            done=_("Withdrawn from every list and total."),
            form=forms.PublicWhyForm,
            fits=lambda record: record.withdrawn_at is None,
            do=lambda record, by, on, typed: results.withdraw(result_id=record.pk, by=by, at=timezone.now(), **typed),
            dangerous=True,
        ),
    )
    list_display = ("measure", "shown", "unit", "cycle", "on", "claimed_by", "verified_at", "withdrawn_at")
    list_filter = (
        ("verified_at", happened(_("verification"), yes=_("Verified"), no=_("As claimed"))),
        "cycle__program",
        "fictional",
    )
    list_select_related = ("cycle",)
    search_fields = ("measure",)
    fields = (
        *("cycle", "participation", "activity", "measure", "group", "shown", "approximate", "unit", "on"),
        *("claimed_by", "method", "source", "source_url", "verified_at", "verified_by_name", "verified_how"),
        *("withdrawn_at", "withdrawn_because", "fictional"),
    )
    readonly_fields = ("shown",)
    shown = counted


@admin.register(Prize)
class PrizeAdmin(DeedsAdmin):
    deeds = (
        Deed(
            name="take-back",
            verb="prize.give",
            label=_("Take back"),
            done=_("Taken back. The register keeps both."),
            form=forms.PublicWhyForm,
            do=lambda record, by, on, typed: prizes.take_back(prize_id=record.pk, by=by, **typed),
            dangerous=True,
        ),
    )
    list_display = ("title", "place", "category", "band", "cycle", "participation")
    list_select_related = ("category", "band", "cycle", "participation__jurisdiction", "participation__cycle")

    def after_deed(self, record: Any, made: object) -> str:
        """A prize that was taken back has no page any more."""
        there = record is not None and Prize.objects.filter(pk=record.pk).exists()
        return super().after_deed(record if there else None, made)
