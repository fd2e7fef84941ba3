"""Rows of rules between the page and the operations: categories, bands, quotas, criteria, backers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from partnerships.admin.deeds import Deed
from programs.choices import CycleState
from programs.forms.staff import BackersForm, BandsForm, CategoriesForm, CriteriaForm, QuotasForm
from programs.kinds import kind_of
from programs.models import Backer, Cycle
from programs.services import cycles, programs
from programs.services.cycles import BandRow, CriterionRow, QuotaRow
from programs.services.programs import BackerRow

Rows = Iterable[Mapping[str, Any]]
_ROWS = "admin/programs/rows.html"


def backers_of(found: Iterable[Backer]) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "role": one.role,
            "website": one.website,
            "category": one.category.code if one.category else "",
        }
        for one in found
    ]


def backers_in(rows: Rows) -> list[BackerRow]:
    return [BackerRow(**row) for row in rows]


def _in_preparation(cycle: Any) -> bool:
    return bool(cycle.state == CycleState.DRAFT)


def _quotas_fit(cycle: Any) -> bool:
    return _in_preparation(cycle) and kind_of(cycle.program.kind).entries


def _criteria_fit(cycle: Any) -> bool:
    return _in_preparation(cycle) and kind_of(cycle.program.kind).scored


def _categories(rows: Rows) -> list[tuple[str, str]]:
    """A code is made of the name where none is typed; of a name without Latin letters, of its place."""
    return [(row["code"] or slugify(row["name"])[:30] or f"c{place}", row["name"]) for place, row in enumerate(rows, 1)]


def _quota_rows(cycle: Cycle) -> list[dict[str, Any]]:
    return [{"most": quota.most, "per": quota.per} for quota in cycle.quotas.all()]


def _columns(rows: Iterable[Any], *names: str) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in names} for row in rows]


DEEDS = (
    Deed(
        name="categories",
        verb="program.manage",
        label=_("Categories"),
        done=_("The categories are on record."),
        help=_("What entries compete in, or the sectors that a grant supports."),
        form=CategoriesForm,
        template=_ROWS,
        submit=_("Save"),
        fits=_in_preparation,
        initial=lambda record: {"rows": _columns(record.categories.all(), "name", "code")},
        do=lambda record, by, on, typed: cycles.set_categories(
            cycle_id=record.pk, rows=_categories(typed["rows"]), by=by
        ),
    ),
    Deed(
        name="bands",
        verb="program.manage",
        label=_("Bands"),
        done=_("The bands are on record."),
        help=_("Ranges of population or age. Who is exactly at the end of one belongs to the next."),
        form=BandsForm,
        template=_ROWS,
        submit=_("Save"),
        fits=_in_preparation,
        initial=lambda record: {"rows": _columns(record.bands.all(), "name", "measure", "low", "high")},
        do=lambda record, by, on, typed: cycles.set_bands(
            cycle_id=record.pk, rows=[BandRow(**row) for row in typed["rows"]], by=by
        ),
    ),
    Deed(
        name="quotas",
        verb="program.manage",
        label=_("Quotas"),
        done=_("The quotas are on record."),
        help=_("At most so many entries for each of what is ticked, such as 5 for each category and age group."),
        form=QuotasForm,
        template=_ROWS,
        submit=_("Save"),
        fits=_quotas_fit,
        initial=lambda record: {"rows": _quota_rows(record)},
        do=lambda record, by, on, typed: cycles.set_quotas(
            cycle_id=record.pk, rows=[QuotaRow(row["most"], tuple(row["per"])) for row in typed["rows"]], by=by
        ),
    ),
    Deed(
        name="criteria",
        verb="program.manage",
        label=_("Criteria"),
        done=_("The criteria are on record."),
        help=_("What jurors or a panel judge; the weights say how much each counts."),
        form=CriteriaForm,
        template=_ROWS,
        submit=_("Save"),
        fits=_criteria_fit,
        initial=lambda record: {"rows": _columns(record.criteria.all(), "name", "help", "weight", "most")},
        do=lambda record, by, on, typed: cycles.set_criteria(
            cycle_id=record.pk, rows=[CriterionRow(**row) for row in typed["rows"]], by=by
        ),
    ),
    Deed(
        name="backers",
        verb="program.manage",
        label=_("Sponsors and partners"),
        done=_("The organisations behind the cycle are on record."),
        form=BackersForm,
        template=_ROWS,
        submit=_("Save"),
        initial=lambda record: {"rows": backers_of(record.backers.select_related("category"))},
        do=lambda record, by, on, typed: programs.set_backers(
            program_id=record.program_id, cycle_id=record.pk, rows=backers_in(typed["rows"]), by=by
        ),
    ),
)
