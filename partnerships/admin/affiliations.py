"""Affiliations: what they are follows from their acts; staff decide what needs no agreement."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import LookInline
from partnerships.admin.deeds import Deed, DeedsAdmin
from partnerships.choices import Reason, StaffAct, Standing, Theme
from partnerships.forms.merges import MergeAffiliationForm, PartnerForm
from partnerships.forms.staff import DecisionForm, ExclusionForm, LastDayForm, MilestoneForm
from partnerships.models import Affiliation, Claim, Conflict, Exclusion, Milestone, Period, StaffDecision
from partnerships.rules import recognition
from partnerships.selectors import affiliations as selector
from partnerships.selectors import duplicates, rows
from partnerships.services import affiliation_merges, affiliations, corrections

_PUBLISHED = _("The register tells it at once, with the reason.")

DEEDS = (
    Deed(
        name="confirm",
        verb="affiliation.confirm",
        label=_("Confirm that it is active"),
        done=_("Confirmed: the light is green."),
        help=_("Confirm what a party has told you. The day is today."),
        do=lambda record, by, on, typed: affiliations.confirm(number=record.number, by=by, on=on),
        fits=lambda record: record.is_open,
    ),
    Deed(
        name="milestone",
        verb="affiliation.milestone",
        label=_("Record a milestone"),
        done=_("The milestone is on record."),
        help=_PUBLISHED,
        form=MilestoneForm,
        do=lambda record, by, on, typed: affiliations.record_milestone(
            number=record.number,
            kind=typed["kind"],
            happened=typed["on"],
            text=typed["text"],
            sources=typed["sources"],
            by=by,
            on=on,
        ),
    ),
    Deed(
        name="emeritus",
        verb="affiliation.emeritus",
        label=_("Make emeritus"),
        done=_("The affiliation is emeritus."),
        help=_("On record without an active program. It can be reactivated."),
        form=DecisionForm,
        do=lambda record, by, on, typed: affiliations.decide(
            number=record.number, act=StaffAct.EMERITUS, by=by, on=on, **typed
        ),
        fits=lambda record: record.standing == Standing.IN_FORCE,
    ),
    Deed(
        name="reactivate",
        verb="affiliation.reactivate",
        label=_("Reactivate"),
        done=_("The affiliation is in force again."),
        form=DecisionForm,
        do=lambda record, by, on, typed: affiliations.decide(
            number=record.number, act=StaffAct.REACTIVATE, by=by, on=on, **typed
        ),
        fits=lambda record: record.standing == Standing.EMERITUS,
    ),
    Deed(
        name="exclude",
        verb="affiliation.exclude",
        label=_("Exclude from recognition"),
        done=_("The affiliation is not recognised from that day."),
        help=_PUBLISHED,
        form=ExclusionForm,
        do=lambda record, by, on, typed: affiliations.exclude(number=record.number, by=by, on=on, **typed),
        dangerous=True,
    ),
    Deed(
        name="partner",
        verb="affiliation.correct-partner",
        label=_("Correct a wrong partner"),
        done=_("The partner was corrected. What the source said is kept as a claim that was found wrong."),
        help=_("Where a source meant a namesake. If a registered agreement names the community, annul that instead."),
        form=PartnerForm,
        initial=lambda record: {"parties": [(party.pk, party.full_name) for party in (record.first, record.second)]},
        do=lambda record, by, on, typed: corrections.correct_partner(
            number=record.number,
            wrong_id=typed["wrong"],
            right_id=typed["right"].pk,
            by=by,
            on=on,
            reason=typed["reason"],
        ),
        fits=lambda record: record.standing != Standing.ANNULLED,
    ),
    Deed(
        name="merge",
        verb="jurisdiction.merge",
        label=_("Merge into another affiliation"),
        done=_("Merged: this number leads to the other from now on. It can be undone in the list of merges."),
        help=_("Where one partnership is on record under two numbers. All papers stay; this address leads on."),
        form=MergeAffiliationForm,
        do=lambda record, by, on, typed: affiliation_merges.merge(
            gone=record.number, kept=typed["kept"], by=by, on=on, reason=typed["reason"]
        ),
        fits=lambda record: record.standing != Standing.ANNULLED,
        dangerous=True,
    ),
)

END_EXCLUSION = Deed(
    name="end",
    verb="affiliation.exclude",
    label=_("End the exclusion"),
    done=_("The exclusion ends on that day."),
    form=LastDayForm,
    do=lambda record, by, on, typed: affiliations.end_exclusion(
        exclusion_id=record.pk, by=by, on=on, last_day=typed["to_date"]
    ),
    fits=lambda record: record.to_date is None,
)


class PeriodInline(LookInline):
    model = Period
    fields = ("from_date", "to_date", "kind", "standing")


class MilestoneInline(LookInline):
    model = Milestone
    fields = ("on", "kind", "text")


class ExclusionInline(LookInline):
    model = Exclusion
    fields = ("from_date", "to_date", "reason", "by")
    show_change_link = True


class StaffDecisionInline(LookInline):
    model = StaffDecision
    verbose_name_plural = _("decisions of staff")
    fields = ("on", "act", "reason", "by_name")


class ConflictInline(LookInline):
    model = Conflict
    fields = ("fact", "state", "settled_as", "reason")
    show_change_link = True


class ClaimInline(LookInline):
    model = Claim
    fields = ("fact", "value", "source", "stated_on", "recorded_on", "evidence", "disputed_because")


@admin.register(Affiliation)
class AffiliationAdmin(DeedsAdmin):
    deeds = DEEDS
    inlines = (PeriodInline, ConflictInline, ClaimInline, StaffDecisionInline, ExclusionInline, MilestoneInline)
    list_display = ("number", "first_party", "second_party", "kind", "standing", "since", "last_confirmed_on")
    list_filter = ("standing", "kind", "charter", "fictional")
    list_select_related = ("first", "second")
    search_fields = ("number",)
    search_help_text = _("Number, or the name of a party in any script.")
    fieldsets = (
        (None, {"fields": ("number", "kind", "standing", "first_party", "second_party")}),
        (_("Dates"), {"fields": ("since", "ended", "term_end", "perpetual", "last_confirmed_on")}),
        (_("Recognition"), {"fields": ("recognition_today", "recognised_from", "recognised_until", "charter")}),
        (_("What it is about"), {"fields": ("reason_words", "theme_words", "story", "fictional")}),
        (_("Agreements"), {"fields": ("agreement_links",)}),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        text = search_term.strip()
        if not text:
            return queryset, False
        parties = duplicates.places(text).order_by().values("pk")
        return queryset.filter(Q(number__iexact=text) | Q(first__in=parties) | Q(second__in=parties)), False

    @admin.display(description=_("first party"), ordering="first__folded")
    def first_party(self, row: Affiliation) -> str:
        return row.first.full_name

    @admin.display(description=_("second party"), ordering="second__folded")
    def second_party(self, row: Affiliation) -> str:
        return row.second.full_name

    @admin.display(description=_("today"))
    def recognition_today(self, row: Affiliation) -> str:
        found = recognition.recognise(selector.recognition_facts(row), timezone.localdate())
        return rows.worded(found).text

    @admin.display(description=_("reasons"))
    def reason_words(self, row: Affiliation) -> str:
        return ", ".join(str(Reason(code).label) for code in row.reasons if code in Reason.values)

    @admin.display(description=_("themes"))
    def theme_words(self, row: Affiliation) -> str:
        return ", ".join(str(Theme(code).label) for code in row.themes if code in Theme.values)

    @admin.display(description=_("agreements"))
    def agreement_links(self, row: Affiliation) -> str:
        return format_html_join(
            ", ", '<a href="../../../agreement/{}/change/">{}</a>', row.agreements.values_list("pk", "number")
        )


@admin.register(Exclusion)
class ExclusionAdmin(DeedsAdmin):
    deeds = (END_EXCLUSION,)
    list_display = ("affiliation", "from_date", "to_date", "reason", "by")
    list_select_related = ("affiliation", "by")
    list_filter = (("to_date", admin.EmptyFieldListFilter),)
    search_fields = ("affiliation__number", "reason")
    date_hierarchy = "from_date"
