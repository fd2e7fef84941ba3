"""Jurors of a cycle, and the ranking that follows from their points."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import may
from partnerships.admin.deeds import Deed, DeedsAdmin
from programs.forms.outcomes import JurorForm
from programs.models import Cycle, Juror
from programs.selectors import scores
from programs.services import scoring

_MOST_DIGITS = 6


@admin.register(Juror)
class JurorAdmin(DeedsAdmin):
    new_deeds = (
        Deed(
            name="appoint",
            verb="juror.appoint",
            label=_("Appoint a juror"),
            done=_("Appointed. What waits stands under Judging in their account."),
            form=JurorForm,
            do=lambda record, by, on, typed: scoring.appoint(
                cycle_id=typed["cycle"].pk,
                user_id=typed["email"].pk,
                community_id=typed["community"].pk if typed["community"] else None,
                by=by,
            ),
        ),
    )
    deeds = (
        Deed(
            name="dismiss",
            verb="juror.appoint",
            label=_("Dismiss"),
            done=_("Dismissed. Their points count no more."),
            fits=lambda record: record.dismissed_at is None,
            do=lambda record, by, on, typed: scoring.dismiss(juror_id=record.pk, by=by, at=timezone.now()),
            dangerous=True,
        ),
    )
    list_display = ("user", "cycle", "community", "appointed_at", "dismissed_at", "ranking_link")
    list_filter = ("cycle",)
    list_select_related = ("user", "cycle", "community")
    ordering = ("cycle", "pk")

    @admin.display(description=_("ranking"))
    def ranking_link(self, row: Juror) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:programs_juror_ranking", args=[row.cycle_id]), _("Ranking")
        )

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.ranking)
        return [path("ranking/<int:cycle>/", page, name="programs_juror_ranking"), *super().get_urls()]

    def ranking(self, request: HttpRequest, cycle: int) -> HttpResponse:
        """The order that follows from the points of all jurors; those with one score share a place."""
        if not may(request, "score.view"):
            raise PermissionDenied
        found = get_object_or_404(Cycle.objects.select_related("program"), pk=cycle)
        page = _page(request.GET.get("page", "1"))
        rows = scores.ranking(found, start=(page - 1) * scores.MOST_PLACES, most=scores.MOST_PLACES + 1)
        if page > 1 and not rows:
            raise Http404(_("The ranking has no such page."))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Ranking: %(cycle)s") % {"cycle": found},
            "rows": rows[: scores.MOST_PLACES],
            "next_url": f"?page={page + 1}" if len(rows) > scores.MOST_PLACES else "",
            "previous_url": f"?page={page - 1}" if page > 1 else "",
        }
        return TemplateResponse(request, "admin/programs/ranking.html", context)


def _page(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) <= _MOST_DIGITS and int(typed)):
        raise Http404(_("The ranking has no such page."))
    return int(typed)
