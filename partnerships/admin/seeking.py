"""Communities that look for a partner, who answered them, and what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partnerships.admin.deeds import Deed, DeedsAdmin
from partnerships.choices import OPEN_STANDINGS, IntroductionState
from partnerships.forms.staff import PublicReasonForm
from partnerships.models import AffiliationSide, Introduction, Wish
from partnerships.services import introductions, seeking


class OutcomeForm(forms.Form):
    state = forms.ChoiceField(label=_("Outcome"), choices=IntroductionState)
    note = forms.CharField(label=_("What you know of it"), max_length=500, required=False, widget=forms.Textarea)


END = Deed(
    name="end",
    verb="seeking.end",
    label=_("Take it from the board"),
    done=_("It is no longer on the board."),
    form=PublicReasonForm,
    do=lambda record, by, on, typed: seeking.end(
        jurisdiction_id=record.jurisdiction_id, by=by, on=on, reason=typed["reason"]
    ),
    fits=lambda record: record.closed_on is None,
)
NOTE = Deed(
    name="note",
    verb="introduction.note",
    label=_("Note the outcome"),
    done=_("The outcome was noted."),
    form=OutcomeForm,
    initial=lambda record: {"state": record.state, "note": record.note},
    do=lambda record, by, on, typed: introductions.note(introduction_id=record.pk, by=by, on=on, **typed),
)


@admin.register(Wish)
class WishAdmin(DeedsAdmin):
    deeds = (END,)
    list_display = ("jurisdiction", "since", "until", "closed_on")
    list_filter = (("closed_on", admin.EmptyFieldListFilter),)
    list_select_related = ("jurisdiction",)
    search_fields = ("jurisdiction__folded", "text")
    fields = ("jurisdiction", "countries", "activities", "industries", "text", "since", "until", "closed_on")
    ordering = ("-since", "-id")


@admin.register(Introduction)
class IntroductionAdmin(DeedsAdmin):
    deeds = (NOTE,)
    list_display = ("seeker", "interested", "sent_on", "state", "partners")
    list_filter = ("state",)
    list_select_related = ("seeker", "interested")
    search_fields = ("seeker__folded", "interested__folded")
    fields = ("seeker", "interested", "message", "sent_by", "sent_on", "state", "partners", "note", "noted_on")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Introduction]:
        tie = AffiliationSide.objects.filter(
            jurisdiction=OuterRef("seeker"), partner=OuterRef("interested"), standing__in=OPEN_STANDINGS
        )
        return super().get_queryset(request).annotate(tied=Exists(tie))

    @admin.display(description=_("partners today"), boolean=True)
    def partners(self, row: Any) -> bool:
        return bool(row.tied)
