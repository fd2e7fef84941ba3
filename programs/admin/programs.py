"""Programs: set up, shown, and who stands behind them."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import LookInline
from partnerships.admin.deeds import Deed, DeedsAdmin
from programs.admin.rules import backers_in, backers_of
from programs.forms.staff import BackersForm, ProgramForm
from programs.kinds import all_kinds
from programs.models import Cycle, Program
from programs.services import programs

_FIELDS = ("name", "slug", "kind", "summary", "description", "since", "ended", "website")

SET_UP = Deed(
    name="set-up",
    verb="program.manage",
    label=_("Set up a program"),
    done=_("The program is on record, and not public yet. Add a cycle, then publish it."),
    form=ProgramForm,
    do=lambda record, by, on, typed: programs.save(values=typed, by=by),
)
DEEDS = (
    Deed(
        name="correct",
        submit=_("Save"),
        verb="program.manage",
        label=_("Change the facts"),
        done=_("Changed."),
        form=ProgramForm,
        initial=lambda record: {name: getattr(record, name) for name in _FIELDS},
        do=lambda record, by, on, typed: programs.save(values=typed, by=by, program_id=record.pk),
    ),
    Deed(
        name="backers",
        verb="program.manage",
        label=_("Sponsors and partners"),
        done=_("The organisations behind the program are on record."),
        form=BackersForm,
        template="admin/programs/rows.html",
        submit=_("Save"),
        initial=lambda record: {"rows": backers_of(record.backers.filter(cycle__isnull=True))},
        do=lambda record, by, on, typed: programs.set_backers(
            program_id=record.pk, rows=backers_in(typed["rows"]), by=by
        ),
    ),
    Deed(
        name="publish",
        verb="program.manage",
        label=_("Publish"),
        done=_("The program is public."),
        help=_("Everybody sees the program and those of its cycles that are announced. The register tells it."),
        do=lambda record, by, on, typed: programs.publish(program_id=record.pk, by=by),
        fits=lambda record: not record.published,
    ),
)


class CycleInline(LookInline):
    model = Cycle
    fields = ("name", "slug", "state", "opens_at", "closes_at")
    show_change_link = True


@admin.register(Program)
class ProgramAdmin(DeedsAdmin):
    deeds = DEEDS
    new_deeds = (SET_UP,)
    inlines = (CycleInline,)
    list_display = ("name", "kind_in_words", "since", "published", "fictional")
    list_filter = ("published", "fictional")
    search_fields = ("name", "slug", "summary")
    fields = ("name", "slug", "kind_in_words", "summary", "description", "since", "ended", "website", "published")
    readonly_fields = ("kind_in_words",)

    @admin.display(description=_("kind"), ordering="kind")
    def kind_in_words(self, row: Program) -> str:
        kind = all_kinds().get(row.kind)
        return str(_(kind.name)) if kind else row.kind
