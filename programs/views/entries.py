"""The step of the works: each of a student, in a category, with its file."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from partnerships.views.sessions import actor
from programs.choices import AttachmentRole, EntryState
from programs.forms.entries import EntryForm
from programs.models import Entry
from programs.rules.eligibility import YOUNG
from programs.services import attachments, entries, people
from programs.views.lists import ListStep
from programs.views.steps import Draft


class EntriesStep(ListStep):
    name = "entries"
    saved = gettext_lazy("The work was saved.")
    removed = gettext_lazy("The work was withdrawn.")

    def items(self, draft: Draft) -> list[Entry]:
        found = draft.participation.entries.exclude(state=EntryState.WITHDRAWN)
        return list(found.select_related("category", "person", "age_group").prefetch_related("attachments"))

    def row_form(self, draft: Draft, typed: QueryDict | None, item: Any | None) -> EntryForm:
        everybody = people.look(participation_id=draft.pk, by=actor(self.request))
        return EntryForm(
            typed,
            self.request.FILES if typed is not None else None,
            students=[person for person in everybody if person.role in YOUNG],
            categories=list(draft.participation.cycle.categories.all()),
            entry=item,
        )

    def save_row(self, draft: Draft, form: EntryForm, item: Any | None) -> None:
        """The work and its file are kept together, or neither is."""
        by, upload = actor(self.request), form.cleaned_data["file"]
        with transaction.atomic():
            entry = entries.save(
                participation_id=draft.pk, values=form.values(), by=by, entry_id=item.pk if item else None
            )
            if upload:
                attachments.attach(
                    participation_id=draft.pk, upload=upload, role=AttachmentRole.WORK, by=by, entry_id=entry.pk
                )

    def remove(self, draft: Draft, pk: int) -> None:
        if draft.participation.entries.filter(pk=pk).exclude(state=EntryState.WITHDRAWN).exists():
            entries.withdraw(entry_id=pk, by=actor(self.request))
