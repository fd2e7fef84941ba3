"""Where sources disagree: one list to settle from, or to mark as disputed."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.admin.deeds import DeedsAdmin
from partnerships.models import Conflict


@admin.register(Conflict)
class ConflictAdmin(DeedsAdmin):
    list_display = ("affiliation", "parties", "fact", "said", "state", "opened_on", "settled_as")
    list_filter = ("state", "fact", "opened_on")
    list_select_related = ("affiliation__first", "affiliation__second")
    search_fields = ("affiliation__number",)

    @admin.display(description=_("parties"))
    def parties(self, row: Conflict) -> str:
        return f"{row.affiliation.first} – {row.affiliation.second}"

    @admin.display(description=_("what is said"))
    def said(self, row: Conflict) -> str:
        return " / ".join(row.values)
