"""The dates and rules of a cycle: what is common, and what its kind asks beside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from partnerships.choices import AffiliationKind
from partnerships.forms.fields import DayField, LineField, PartialDateField, StoryField
from programs.choices import CycleState
from programs.forms import details
from programs.forms.clocks import WallClockField, ZoneField, instant_of, shown_at
from programs.kinds import Kind, kind_of
from programs.models import Cycle
from programs.rules.phases import FROZEN_ONCE_ANNOUNCED

_RULES = "rules."

#: The fields of the page in the order in which somebody who plans a year thinks of them.
_SECTIONS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("What it is"), ("name", "theme", "description")),
    (_("The call"), ("time_zone", "opens_at", "closes_at")),
    (_("When it takes place"), ("starts_on", "ends_on", "report_due_on")),
    (_("Who may answer"), ("needs_good_standing", "needs_recognised", "affiliation_kind", "countries")),
    (_("Ages and personal data"), ("age_from", "age_to", "ages_on", "retention_until")),
    (_("Money"), ("currency", "budget", "cap_per_pair")),
)


def _countries() -> list[tuple[str, str]]:
    return list(countries)


class CycleForm(forms.Form):
    """Filled from a cycle; ``cleaned_data["values"]`` is what ``services.cycles.save`` takes."""

    name = LineField(label=_("Name"), max_length=120)
    theme = LineField(label=_("Theme"), required=False)
    description = StoryField(
        label=_("Description"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 6, "cols": 80})
    )
    time_zone = ZoneField(help_text=_("Where the call opens and closes by the clock."))
    opens_at = WallClockField(label=_("Opens"), required=False)
    closes_at = WallClockField(label=_("Closes (not included)"), required=False)
    starts_on = PartialDateField(label=_("Begins"), required=False)
    ends_on = PartialDateField(label=_("Ends"), required=False)
    report_due_on = DayField(label=_("Reports are due"), required=False)
    needs_good_standing = forms.BooleanField(label=_("Only members in good standing"), required=False)
    needs_recognised = forms.BooleanField(label=_("Only with an affiliation that is recognised"), required=False)
    affiliation_kind = forms.ChoiceField(
        label=_("Kind of affiliation"), choices=[("", _("Any")), *AffiliationKind.choices], required=False
    )
    countries = forms.MultipleChoiceField(
        label=_("Partner's country is one of"),
        choices=_countries,
        required=False,
        help_text=_("None chosen: any country."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    age_from = forms.IntegerField(label=_("Youngest age"), min_value=0, max_value=120, required=False)
    age_to = forms.IntegerField(label=_("Oldest age (included)"), min_value=0, max_value=120, required=False)
    ages_on = DayField(
        label=_("Age counted on"), required=False, help_text=_("Left empty: the day on which the call closes.")
    )
    retention_until = DayField(
        label=_("Personal data are kept until"), required=False, help_text=_("After it they are erased; counts stay.")
    )
    currency = forms.RegexField(r"^[A-Z]{3}$", label=_("Currency (ISO 4217)"), initial="USD")
    budget = forms.DecimalField(label=_("Budget"), min_value=0, max_digits=14, decimal_places=2, required=False)
    cap_per_pair = forms.DecimalField(
        label=_("Most for one pair"), min_value=0.01, max_digits=14, decimal_places=2, required=False
    )

    def __init__(self, cycle: Cycle, data: Any = None, files: Any = None) -> None:
        self.kind = kind_of(cycle.program.kind)
        super().__init__(data, files, initial=_initial(cycle))
        for name, field in details.fields_of(self.kind.cycle_fields, prefix=_RULES).items():
            self.fields[name] = field
        self._leave_out(cycle)

    @property
    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings; those of the kind come last."""
        own = tuple(name for name in self.fields if name.startswith(_RULES))
        several = [(title, [self[name] for name in names if name in self.fields]) for title, names in _SECTIONS]
        return [
            (title, fields) for title, fields in (*several, (_(self.kind.name), [self[name] for name in own])) if fields
        ]

    def _leave_out(self, cycle: Cycle) -> None:
        """What its kind has no use for, and what stays as it was announced."""
        unused = unused_fields(self.kind)
        for name in list(self.fields):
            bare = "rules" if name.startswith(_RULES) else name
            frozen = cycle.state != CycleState.DRAFT and bare in FROZEN_ONCE_ANNOUNCED
            if name in unused:
                del self.fields[name]
            elif frozen:
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        values = {name: value for name, value in said.items() if not name.startswith(_RULES)}
        for name in ("opens_at", "closes_at"):
            values[name] = instant_of(self, name, "time_zone")
        rules = {name.removeprefix(_RULES): value for name, value in said.items() if name.startswith(_RULES)}
        if self.kind.cycle_fields:
            values["rules"] = {name: value for name, value in rules.items() if value not in (None, "", [])}
        return {"values": values}


def unused_fields(kind: Kind) -> set[str]:
    """The common fields that mean nothing for a kind: money without grants, ages without people."""
    unused: set[str] = set()
    if not kind.grants:
        unused |= {"currency", "budget", "cap_per_pair", "committed"}
    if not kind.person_roles:
        unused |= {"age_from", "age_to", "ages_on", "retention_until"}
    return unused


def _initial(cycle: Cycle) -> dict[str, Any]:
    values = {name: getattr(cycle, name) for name in CycleForm.base_fields if hasattr(cycle, name)}
    for name in ("opens_at", "closes_at"):
        values[name] = shown_at(getattr(cycle, name), cycle.time_zone)
    return values | {f"{_RULES}{name}": value for name, value in cycle.rules.items()}
