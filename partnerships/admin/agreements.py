"""Agreements: registered acts, never edited; an error is annulled on the page of its filing."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import ReadOnlyAdmin
from partnerships.models import Agreement, FilingParty
from partnerships.selectors import duplicates


class AnnulledFilter(admin.SimpleListFilter):
    title = _("annulled")
    parameter_name = "annulled"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("No")), ("yes", _("Yes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(annulled_on__isnull=self.value() == "no") if self.value() else queryset


@admin.register(Agreement)
class AgreementAdmin(ReadOnlyAdmin):
    list_display = ("number", "act", "kind", "signed_on", "registered_on", "party_count", "evidence", "annulled_on")
    list_filter = (AnnulledFilter, "act", "kind", "evidence", "year", "fictional")
    search_fields = ("number",)
    search_help_text = _("Number, shelfmark, title, or the name of a party in any script.")
    fieldsets = (
        (
            None,
            {"fields": ("number", "act", "kind", "review_page", "affiliation_links", "registered_on", "evidence")},
        ),
        (_("Terms"), {"fields": ("title", "signed_on", "place", "effective_on", "term_end", "perpetual", "story")}),
        (_("Paper"), {"fields": ("shelfmark", "source")}),
        (_("Annulment"), {"fields": ("annulled_on", "annulled_because")}),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        text = search_term.strip()
        if not text:
            return queryset, False
        parties = FilingParty.objects.filter(jurisdiction__in=duplicates.places(text).order_by().values("pk"))
        by_word = Q(number__iexact=text) | Q(shelfmark__icontains=text) | Q(title__icontains=text)
        return queryset.filter(by_word | Q(filing__in=parties.values("filing"))), False

    @admin.display(description=_("filing"))
    def review_page(self, row: Agreement) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:partnerships_filing_change", args=[row.filing.pk]), row.filing
        )

    @admin.display(description=_("affiliations"))
    def affiliation_links(self, row: Agreement) -> str:
        return format_html_join(
            ", ",
            '<a href="{}">{}</a>',
            (
                (reverse("admin:partnerships_affiliation_change", args=[pk]), number)
                for pk, number in row.affiliations.values_list("pk", "number")
            ),
        )
