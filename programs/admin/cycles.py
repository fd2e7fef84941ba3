"""Cycles: a year's dates and rules as data, the call, and its end."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import LookInline
from partnerships.admin.deeds import Deed, DeedsAdmin
from partnerships.forms.staff import PublicReasonForm
from programs.admin import rules
from programs.admin.money import amount
from programs.choices import CycleState, Phase
from programs.forms.cycles import CycleForm, unused_fields
from programs.forms.staff import NewCycleForm, OutcomeForm
from programs.kinds import kind_of
from programs.models import Backer, Band, Category, Criterion, Cycle, Quota
from programs.rules import phases
from programs.services import cycles
from programs.templatetags.programs import entered

ADD = Deed(
    name="set-up",
    verb="program.manage",
    label=_("Add a cycle"),
    done=_("The cycle is being prepared. Say now when its call opens and closes, and by which rules."),
    form=NewCycleForm,
    do=lambda record, by, on, typed: cycles.save(
        values={"name": typed["name"], "slug": typed["slug"]}, program_id=typed["program"].pk, by=by
    ),
)
_SET_RULES = Deed(
    name="rules",
    verb="program.manage",
    label=_("Dates and rules"),
    done=_("The dates and rules are on record."),
    help=_("Once the call is announced, the rules that applicants rely on stay; its closing can be put off."),
    make=lambda record, data, files, initial: CycleForm(record, data, files),
    template="admin/programs/sections.html",
    submit=_("Save"),
    do=lambda record, by, on, typed: cycles.save(cycle_id=record.pk, values=typed["values"], by=by),
    fits=lambda record: record.state in (CycleState.DRAFT, CycleState.ANNOUNCED),
)
_LIFE = (
    Deed(
        name="announce",
        verb="cycle.announce",
        label=_("Announce"),
        done=_("The call is public. Members that may answer it are told when it opens."),
        help=_("Everybody sees the call and its rules, and the rules stay. The register tells it."),
        do=lambda record, by, on, typed: cycles.announce(cycle_id=record.pk, by=by),
        fits=lambda record: record.state == CycleState.DRAFT,
    ),
    Deed(
        name="outcome",
        verb="program.manage",
        label=_("Describe the outcome"),
        done=_("The outcome is on record."),
        form=OutcomeForm,
        submit=_("Save"),
        initial=lambda record: {"outcome": record.outcome},
        do=lambda record, by, on, typed: cycles.save(cycle_id=record.pk, values=typed, by=by),
        fits=lambda record: record.state != CycleState.DRAFT,
    ),
    Deed(
        name="close",
        verb="cycle.close",
        label=_("Close the cycle"),
        done=_("The cycle is closed. Reports and results may still come."),
        do=lambda record, by, on, typed: cycles.close(cycle_id=record.pk, by=by),
        fits=lambda record: record.state == CycleState.ANNOUNCED,
    ),
    Deed(
        name="reopen",
        verb="cycle.reopen",
        label=_("Reopen the cycle"),
        done=_("The cycle is open again; its call keeps the closing that it had."),
        form=PublicReasonForm,
        do=lambda record, by, on, typed: cycles.reopen(cycle_id=record.pk, by=by, reason=typed["reason"]),
        fits=lambda record: record.state == CycleState.CLOSED,
    ),
    Deed(
        name="cancel",
        verb="cycle.cancel",
        label=_("Cancel the cycle"),
        done=_("The cycle is cancelled, and the reason is public."),
        form=PublicReasonForm,
        do=lambda record, by, on, typed: cycles.cancel(cycle_id=record.pk, by=by, reason=typed["reason"]),
        fits=lambda record: record.state in (CycleState.DRAFT, CycleState.ANNOUNCED),
        dangerous=True,
    ),
)


#: Line -> the column that it shows with its currency.
_AMOUNTS = {"whole_budget": "budget", "pair_cap": "cap_per_pair", "awarded": "committed"}
_FIELDSETS = (
    (None, ("program", "name", "slug", "phase", "theme", "description", "applications")),
    (_("Dates"), ("time_zone", "opens_at", "closes_at", "starts_on", "ends_on", "report_due_on")),
    (
        _("Who may answer"),
        ("needs_good_standing", "needs_recognised", "affiliation_kind", "countries", "rules_in_words"),
    ),
    (_("Ages and personal data"), ("age_from", "age_to", "ages_on", "retention_until")),
    (_("Money"), ("currency", *_AMOUNTS)),
    (_("Outcome"), ("outcome", "cancelled_because")),
)


class CategoryInline(LookInline):
    model = Category
    fields = ("name", "code")


class BandInline(LookInline):
    model = Band
    fields = ("name", "measure", "low", "high")


class QuotaInline(LookInline):
    model = Quota
    fields = ("most", "per")


class CriterionInline(LookInline):
    model = Criterion
    fields = ("name", "help", "weight", "most")


class BackerInline(LookInline):
    model = Backer
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fields = ("name", "role", "category", "website")


@admin.register(Cycle)
class CycleAdmin(DeedsAdmin):
    deeds = (_SET_RULES, *rules.DEEDS, *_LIFE)
    new_deeds = (ADD,)
    inlines = (CategoryInline, BandInline, QuotaInline, CriterionInline, BackerInline)
    list_display = ("name", "program", "phase", "opens_at", "closes_at")
    list_filter = ("state", "program", "historical", "fictional")
    list_select_related = ("program",)
    search_fields = ("name", "slug", "program__name")
    readonly_fields = ("phase", "applications", "rules_in_words", *_AMOUNTS)
    whole_budget = amount("budget", _("budget"), lambda row: row)
    pair_cap = amount("cap_per_pair", _("most for one pair"), lambda row: row)
    awarded = amount("committed", _("awarded so far"), lambda row: row)

    def get_fieldsets(self, request: HttpRequest, obj: Cycle | None = None) -> Any:
        """What the kind of the program has a use for."""
        unused = unused_fields(kind_of(obj.program.kind)) if obj else set()
        sections = (
            (title, [name for name in names if _AMOUNTS.get(name, name) not in unused]) for title, names in _FIELDSETS
        )
        return [(title, {"fields": names}) for title, names in sections if names]

    def get_inlines(self, request: HttpRequest, obj: Cycle | None) -> Any:
        """The tables of rules that hold something."""
        return [inline for inline in self.inlines if obj and inline.model.objects.filter(cycle=obj).exists()]

    @admin.display(description=_("phase"))
    def phase(self, row: Cycle) -> str:
        found = phases.phase(row.state, row.opens_at, row.closes_at, timezone.now())
        return str(Phase(found).label)

    @admin.display(description=_("applications"))
    def applications(self, row: Any) -> str:
        address = reverse("admin:programs_participation_changelist")
        return format_html(
            '<a href="{}?cycle__id__exact={}&state=all">{}</a>', address, row.pk, row.participations.count()
        )

    @admin.display(description=_("rules of its kind"))
    def rules_in_words(self, row: Cycle) -> str:
        given = (
            (one.label, linebreaksbr(one.text, autoescape=True))
            for one in entered(kind_of(row.program.kind).cycle_fields, row.rules)
        )
        return format_html_join("", "<p><strong>{}:</strong> {}</p>", given) or "–"
