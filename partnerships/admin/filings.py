"""The review queue: the list of filings, the oldest that waits first."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from partnerships.admin.base import ReadOnlyAdmin, may
from partnerships.admin.paper import PaperPages
from partnerships.admin.review import ReviewPages
from partnerships.choices import FilingState
from partnerships.models import Filing
from partnerships.selectors import queue


class StateFilter(admin.SimpleListFilter):
    """What waits is shown unless something else is asked for."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*FilingState.choices, ("all", _("All"))]

    def choices(self, changelist: Any) -> Any:
        first = {"selected": self.value() is None, "query_string": changelist.get_query_string(remove=["state"])}
        yield {**first, "display": _("Waiting for a decision")}
        for value, label in self.lookup_choices:
            query = changelist.get_query_string({"state": value})
            yield {"selected": self.value() == value, "query_string": query, "display": label}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "all":
            return queryset
        return queryset.filter(state__in=[self.value()] if self.value() else queue.OPEN)


class ReviewerFilter(admin.SimpleListFilter):
    title = _("reviewer")
    parameter_name = "reviewer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("me", _("Me")), ("nobody", _("Nobody yet")), ("others", _("Somebody else"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "me":
            return queryset.filter(taken_by=request.user.pk)
        if self.value() == "nobody":
            return queryset.filter(taken_by__isnull=True)
        if self.value() == "others":
            return queryset.filter(taken_by__isnull=False).exclude(taken_by=request.user.pk)
        return queryset


class WaitingFilter(admin.SimpleListFilter):
    title = _("waiting")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            (str(days), gettext("more than %(days)s days") % {"days": days})
            for days in sorted({7, settings.REGISTRY_WAIT_DAYS, 30})
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value() or ""
        if not value.isdecimal() or len(value) > 4:
            return queryset
        return queue.waiting_longer(queryset, int(value), timezone.now())


class PartyCountryFilter(admin.SimpleListFilter):
    title = _("country of a party")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        codes = queue.countries(Filing.objects.filter(state__in=queue.OPEN))
        chosen = request.GET.get(self.parameter_name, "")
        known = {*codes, *([chosen] if countries.name(chosen) else [])}
        return sorted(((code, countries.name(code)) for code in known), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        code = self.value() or ""
        return queue.with_party_in(queryset, code) if countries.name(code) else queryset


class QueueList(ChangeList):
    """The page of the list, with what the queue shows of each filing beside its columns."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        filings = list(self.result_list)
        shown = queue.rows(filings, timezone.now(), timezone.localdate())
        for filing in filings:
            filing.queue_row = shown[filing.pk]
        self.result_list = filings


@admin.register(Filing)
class FilingAdmin(PaperPages, ReviewPages, ReadOnlyAdmin):
    list_display = ("filing", "parties_shown", "what", "waits", "findings_shown", "who_has_it")
    list_display_links = ("filing", "parties_shown")
    list_filter = (
        StateFilter,
        ReviewerFilter,
        WaitingFilter,
        "act",
        "kind",
        "historical",
        PartyCountryFilter,
        "fictional",
    )
    list_select_related = ("taken_by", "agreement")
    search_fields = ("pk",)
    search_help_text = _("Name of a party in any script, number, e-mail address, shelfmark or title.")
    ordering = ("submitted_at", "pk")
    change_list_template = "admin/partnerships/list.html"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return QueueList

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        paper = {"label": gettext("Enter from paper"), "url": reverse("admin:partnerships_filing_paper")}
        more = {"title": gettext("Review queue"), "new_deeds": [paper] if may(request, "filing.enter") else []}
        return super().changelist_view(request, {**(extra_context or {}), **more})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return queue.search(queryset, search_term), False

    @admin.display(description=_("filing"), ordering="pk")
    def filing(self, row: Any) -> str:
        return row.agreement.number if row.agreement else f"#{row.pk}"

    @admin.display(description=_("parties"))
    def parties_shown(self, row: Any) -> SafeString:
        return render_to_string("admin/partnerships/queue_parties.html", {"parties": row.queue_row.parties})

    @admin.display(description=_("act"), ordering="act")
    def what(self, row: Any) -> str:
        paper = gettext(", from paper") if row.historical else ""
        return f"{row.get_act_display()}, {str(row.get_kind_display()).lower()}{paper}"

    @admin.display(description=_("waits"), ordering="submitted_at")
    def waits(self, row: Any) -> SafeString:
        days = row.queue_row.days
        words = "" if days is None else ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
        context = {"words": words, "late": row.queue_row.late, "row": row}
        return render_to_string("admin/partnerships/queue_waits.html", context)

    @admin.display(description=_("findings"))
    def findings_shown(self, row: Any) -> SafeString:
        return render_to_string("admin/partnerships/queue_findings.html", {"glance": row.queue_row.glance, "row": row})

    @admin.display(description=_("with"), ordering="taken_by")
    def who_has_it(self, row: Any) -> str:
        return str(row.taken_by or row.decided_by_name or "–")
