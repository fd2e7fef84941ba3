"""Applications and what comes of them: the queue of what waits, and a button for each decision."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import LookInline
from partnerships.admin.deeds import Deed, DeedsAdmin
from partnerships.choices import Severity
from partnerships.selectors import duplicates
from programs.admin import grants, results
from programs.admin.money import amount
from programs.admin.people import PeoplePages
from programs.choices import EDITABLE_STATES, ParticipationState
from programs.forms.staff import EnterForm, WhyForm, WordsForm
from programs.kinds import kind_of
from programs.models import Activity, Deliverable, Entry, Participation, Prize, Result, Tranche
from programs.rules import transitions
from programs.services import decisions, participations
from programs.templatetags.programs import entered

_AMOUNTS = ("money_asked", "money_awarded", "money_paid")
WAITING = (ParticipationState.SUBMITTED, ParticipationState.FINALIST)


def _admits(move: str) -> Any:
    return lambda record: record.state in transitions.PARTICIPATION[move].from_states


def _decision(move: str, label: Any, done: Any, do: Any, *, why: bool = False, **more: Any) -> Deed:
    """A move of the table of transitions as a deed: its words, and the operation that it calls."""
    return Deed(
        name=move,
        verb=f"participation.{move}",
        label=label,
        done=done,
        form=WhyForm if why else WordsForm,
        do=lambda record, by, on, typed: do(participation_id=record.pk, by=by, comment=typed["comment"]),
        fits=_admits(move),
        **more,
    )


def _now(operation: Any) -> Any:
    return lambda **values: operation(at=timezone.now(), **values)


ENTER = Deed(
    name="enter",
    verb="participation.start",
    label=_("Enter for a community"),
    done=_("Begun. Open it below to fill in what was handed to you."),
    form=EnterForm,
    do=lambda record, by, on, typed: participations.start(
        cycle_id=typed["cycle"].pk, jurisdiction_id=typed["jurisdiction"].pk, by=by, at=timezone.now()
    ),
)
DECISIONS = (
    _decision("accept", _("Accept"), _("Accepted. The applicants are told."), _now(decisions.accept)),
    _decision("shortlist", _("Name a finalist"), _("A finalist now; that is public."), _now(decisions.shortlist)),
    _decision("return", _("Return for changes"), _("Returned. The applicants are told."), decisions.return_, why=True),
    _decision(
        "decline",
        _("Decline"),
        _("Declined. The applicants are told why."),
        _now(decisions.decline),
        why=True,
        dangerous=True,
    ),
    _decision("complete", _("Complete"), _("Completed."), decisions.complete),
    _decision("resume", _("Resume"), _("It is under way again."), decisions.resume, why=True),
    _decision(
        "withdraw",
        _("Withdraw for the applicants"),
        _("Withdrawn. It stays on file."),
        participations.withdraw,
        why=True,
        dangerous=True,
    ),
)


class StateFilter(admin.SimpleListFilter):
    """What waits for a decision, unless something else is asked for."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*ParticipationState.choices, ("all", _("All"))]

    def choices(self, changelist: Any) -> Any:
        first = {"selected": self.value() is None, "query_string": changelist.get_query_string(remove=["state"])}
        yield {**first, "display": _("Waiting for a decision")}
        for value, label in self.lookup_choices:
            query = changelist.get_query_string({"state": value})
            yield {"selected": self.value() == value, "query_string": query, "display": label}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "all":
            return queryset
        return queryset.filter(state__in=[self.value()] if self.value() else WAITING)


class EntryInline(LookInline):
    """Works by their category: the name of who made one is on the page of the people, not here."""

    model = Entry
    fields = ("category", "age_group", "state")


class ActivityInline(LookInline):
    model = Activity
    fields = ("kind", "title", "starts_at", "time_zone", "starts_on", "venue", "state", "public")


class DeliverableInline(LookInline):
    model = Deliverable
    fields = ("title", "due_on", "state", "delivered_on", "accepted_on")
    show_change_link = True


class TrancheInline(LookInline):
    model = Tranche
    fields = ("position", "sum", "deliverable", "state", "paid_on", "reference")
    readonly_fields = ("sum",)
    show_change_link = True
    sum = grants.TRANCHE


class ResultInline(LookInline):
    model = Result
    fk_name = "participation"
    fields = ("measure", "group", "counted", "unit", "on", "claimed_by", "source", "verified_at")
    readonly_fields = ("counted",)
    show_change_link = True
    counted = results.counted


class PrizeInline(LookInline):
    model = Prize
    fields = ("title", "place", "category", "band", "decided_by_name")


@admin.register(Participation)
class ParticipationAdmin(PeoplePages, DeedsAdmin):
    deeds = (*DECISIONS, *grants.DEEDS, *results.DEEDS)
    new_deeds = (ENTER,)
    inlines = (EntryInline, ActivityInline, DeliverableInline, TrancheInline, ResultInline, PrizeInline)
    list_display = ("shown", "jurisdiction", "cycle", "state", "submitted_at")
    list_filter = (StateFilter, "cycle__program", "role", "fictional")
    list_select_related = ("cycle", "jurisdiction")
    ordering = ("submitted_at", "pk")
    search_fields = ("title",)
    search_help_text = _("The title, or any name of the community in any script.")
    money_asked = amount("asked", _("money asked for"))
    money_awarded = amount("awarded", _("money awarded"))
    money_paid = amount("paid", _("money paid"))
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "cycle",
                    "jurisdiction",
                    "affiliation",
                    "role",
                    "state",
                    "title",
                    "summary",
                    "facts",
                    "people",
                    "files",
                )
            },
        ),
        (_("What the rules say"), {"fields": ("findings",)}),
        (_("Competes in"), {"fields": ("category", "band")}),
        (_("Money"), {"fields": _AMOUNTS}),
        (
            _("Decision"),
            {"fields": ("submitted_by", "submitted_at", "decided_by_name", "decided_at", "comment", "reported_at")},
        ),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        text = search_term.strip()
        if not text:
            return queryset, False
        places = duplicates.places(text).order_by().values("pk")
        return queryset.filter(Q(title__icontains=text) | Q(jurisdiction__in=places)), False

    @admin.display(description=_("application"))
    def shown(self, row: Participation) -> str:
        return row.title or f"#{row.pk}"

    @admin.display(description=_("details"))
    def facts(self, row: Participation) -> str:
        """What its kind asks for, in words."""
        given = (
            (one.label, linebreaksbr(one.text, autoescape=True))
            for one in entered(kind_of(row.cycle.program.kind).fields, row.detail)
        )
        return format_html_join("", "<p><strong>{}:</strong> {}</p>", given) or "–"

    @admin.display(description=_("people"))
    def people(self, row: Participation) -> str:
        """How many there are; who they are is on a page of its own, for those who may know."""
        count = row.people.count()
        if not count:
            return "–"
        words = ngettext("%(count)s person", "%(count)s people", count) % {"count": count}
        return format_html('<a href="{}">{}</a>', reverse("admin:programs_participation_people", args=[row.pk]), words)

    def get_fieldsets(self, request: HttpRequest, obj: Participation | None = None) -> Any:
        """What the kind of the program has a use for."""
        kind = kind_of(obj.cycle.program.kind) if obj else None
        unused = set() if kind is None or kind.grants else set(_AMOUNTS)
        unused |= {"category", "band"} if kind and kind.entries else set()
        return [one for one in self.fieldsets if not unused.intersection(one[1]["fields"])]

    @admin.display(description=_("files"))
    def files(self, row: Participation) -> str:
        """What was attached; to open one is recorded. Files of works are on the page of the work."""
        found = row.attachments.filter(entry__isnull=True).order_by("pk")
        rows = (
            (reverse("admin:programs_attachment_change", args=[one.pk]), one.get_role_display(), one.media_type)
            for one in found
        )
        return format_html_join(", ", '<a href="{}">{} ({})</a>', rows) or "–"

    @admin.display(description=_("findings"))
    def findings(self, row: Participation) -> str:
        """What stands in the way as of now; the instants of the call bind applicants, not the decision."""
        if row.state not in (*EDITABLE_STATES, *WAITING):
            return "–"
        found = [one for one in participations.check(row, at=timezone.now()) if one.code != "call"]
        words = ((Severity(one.severity).label, one.text(gettext)) for one in found)
        return format_html_join("", "<p><strong>{}:</strong> {}</p>", words) or gettext("Nothing stands in the way.")
