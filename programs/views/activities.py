"""The step of what takes place; once accepted, more may be added and changed."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy

from partnerships.views.sessions import actor
from programs.choices import EDITABLE_STATES
from programs.forms.activities import ActivityForm
from programs.kinds import Kind
from programs.models import Activity, Participation
from programs.selectors import facts, ties, zones
from programs.services import activities
from programs.views.applications import GOING_ON
from programs.views.lists import ListStep
from programs.views.steps import Draft


class ActivitiesStep(ListStep):
    name = "activities"
    states = (*EDITABLE_STATES, *GOING_ON)
    saved = gettext_lazy("Saved.")
    removed = gettext_lazy("Done: it no longer takes place.")

    def offered(self, participation: Participation, kind: Kind) -> bool:
        return super().offered(participation, kind) or (
            bool(kind.activity_kinds) and participation.state not in EDITABLE_STATES
        )

    def items(self, draft: Draft) -> list[Activity]:
        return list(draft.participation.activities.select_related("host"))

    def row_form(self, draft: Draft, typed: QueryDict | None, item: Any | None) -> ActivityForm:
        one = draft.participation
        found = ties.choosable(one, facts.call(one.cycle), timezone.localdate())
        hosts = [(one.jurisdiction_id, one.jurisdiction.name), *((tie.partner_id, tie.partner) for tie in found)]
        zone = zones.only_one(one.jurisdiction.country.code)
        return ActivityForm(typed, kind=draft.kind, activity=item, hosts=list(dict(hosts).items()), zone=zone)

    def save_row(self, draft: Draft, form: ActivityForm, item: Any | None) -> None:
        activities.save(
            participation_id=draft.pk,
            values=form.values(),
            by=actor(self.request),
            activity_id=item.pk if item else None,
        )

    def remove(self, draft: Draft, pk: int) -> None:
        """Only of this application; one that is gone already stays gone. What was announced is cancelled."""
        if not draft.participation.activities.filter(pk=pk).exists():
            return
        if draft.participation.state in EDITABLE_STATES:
            activities.remove(activity_id=pk, by=actor(self.request))
        else:
            activities.set_state(activity_id=pk, state="cancelled", by=actor(self.request))
