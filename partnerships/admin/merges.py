"""Merges that were made, each with what it moved, and the button that undoes it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import happened
from partnerships.admin.deeds import Deed, DeedsAdmin
from partnerships.forms.staff import PublicReasonForm
from partnerships.models import Merge
from partnerships.services import affiliation_merges, merges
from partnerships.services.access import Actor


def _undo(record: Merge, by: Actor, on: date, typed: dict[str, Any]) -> Merge:
    undo = merges.undo if record.gone_id is not None else affiliation_merges.undo
    return undo(merge_id=record.pk, by=by, on=on, reason=typed["reason"])


UNDO = Deed(
    name="undo",
    verb="jurisdiction.merge",
    label=_("Undo"),
    done=_("The two are apart again; the register says so."),
    help=_("Everything goes back to where it was. The register tells it as another entry; nothing is taken out of it."),
    form=PublicReasonForm,
    do=_undo,
    fits=lambda record: record.undone_on is None,
    dangerous=True,
)


@admin.register(Merge)
class MergeAdmin(DeedsAdmin):
    deeds = (UNDO,)
    list_display = ("what", "merged_on", "merged_by", "reason", "undone_on")
    list_filter = (("undone_on", happened(_("undoing"), yes=_("Undone"), no=_("Holds"))), "merged_on")
    list_select_related = ("gone", "kept", "gone_affiliation", "kept_affiliation")
    search_fields = ("gone__folded", "kept__folded", "gone_affiliation__number", "kept_affiliation__number")
    fields = (
        "gone",
        "kept",
        "gone_affiliation",
        "kept_affiliation",
        "reason",
        "merged_on",
        "merged_by",
        "undone_on",
        "undone_by",
        "undone_because",
    )

    @admin.display(description=_("merge"))
    def what(self, row: Merge) -> str:
        if row.gone is not None and row.kept is not None:
            return f"{row.gone.full_name} → {row.kept.full_name}"
        return str(row)
