"""What may be on record twice: one list, to merge from or to dismiss with a reason."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import happened
from partnerships.admin.deeds import Deed, DeedsAdmin
from partnerships.choices import Standing
from partnerships.forms.merges import DismissForm
from partnerships.models import LikelyDuplicate
from partnerships.rules import likely_duplicates as rule
from partnerships.services import likely_duplicates

_WORDS = {
    rule.NAME: _("a name in common"),
    rule.ALIKE_NAME: _("names alike to %(figure)s %%"),
    rule.PLACE: _("names of one place in the gazetteer"),
    rule.NEAR: _("%(figure)s km apart"),
    rule.SUBDIVISION: _("another state or province"),
    rule.LEVEL: _("another level, such as a city and its county"),
    rule.PARTNERS: _("%(figure)s partners in common"),
    rule.PARTIES: _("parties alike to %(figure)s %%"),
}

DISMISS = Deed(
    name="dismiss",
    verb="duplicate.dismiss",
    label=_("They are two"),
    done=_("Dismissed: this pair is not shown again."),
    form=DismissForm,
    do=lambda record, by, on, typed: likely_duplicates.dismiss(pair_id=record.pk, by=by, on=on, **typed),
    fits=lambda record: record.dismissed_on is None,
)


class Kind(admin.SimpleListFilter):
    title = _("what")
    parameter_name = "what"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("communities", _("Communities")), ("affiliations", _("Affiliations"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        known = {"communities": Q(one__isnull=False), "affiliations": Q(one__isnull=True)}
        return queryset.filter(known.get(self.value() or "", Q()))


@admin.register(LikelyDuplicate)
class LikelyDuplicateAdmin(DeedsAdmin):
    deeds = (DISMISS,)
    list_display = ("pair", "score", "why", "found_on", "compare")
    list_filter = (("dismissed_on", happened(_("decision"), yes=_("Dismissed"), no=_("Not decided yet"))), Kind)
    list_select_related = (
        "one",
        "other",
        "one_affiliation__first",
        "one_affiliation__second",
        "other_affiliation__first",
        "other_affiliation__second",
    )
    search_fields = ("one__folded", "other__folded", "one_affiliation__number", "other_affiliation__number")
    fields = ("pair", "score", "why", "found_on", "compare", "dismissed_on", "dismissed_by", "dismissed_because")

    def get_queryset(self, request: HttpRequest) -> QuerySet[LikelyDuplicate]:
        """Without what was merged since the record was looked through."""
        gone = Q(one__successor__isnull=False) | Q(other__successor__isnull=False)
        annulled = Q(one_affiliation__standing=Standing.ANNULLED) | Q(other_affiliation__standing=Standing.ANNULLED)
        return super().get_queryset(request).exclude(gone | annulled)

    @admin.display(description=_("pair"), ordering="one__folded")
    def pair(self, row: LikelyDuplicate) -> str:
        if row.one is not None and row.other is not None:
            return f"{row.one.full_name} / {row.other.full_name}"
        both = (row.one_affiliation, row.other_affiliation)
        return " / ".join(f"{one.number} ({one.first} – {one.second})" for one in both if one is not None)

    @admin.display(description=_("why"))
    def why(self, row: LikelyDuplicate) -> str:
        return ", ".join(_worded(reason) for reason in row.reasons)

    @admin.display(description=_("what to do"))
    def compare(self, row: LikelyDuplicate) -> str:
        if row.one is not None and row.other is not None:
            # the one with more affiliations stays, unless staff turn it round
            kept, gone = sorted((row.one, row.other), key=lambda one: (-one.open_count, one.pk))
            address = f"{reverse('admin:partnerships_jurisdiction_merge')}?gone={gone.pk}&kept={kept.pk}"
            return format_html('<a href="{}">{}</a>', address, _("Compare and merge"))
        gone_id = max(row.one_affiliation_id or 0, row.other_affiliation_id or 0)
        address = reverse("admin:partnerships_affiliation_merge", args=[gone_id])
        return format_html('<a href="{}">{}</a>', address, _("Merge affiliations"))


def _worded(reason: str) -> str:
    code, _colon, figure = reason.partition(":")
    return str(_WORDS.get(code, code)) % {"figure": figure}
