"""The first step of an application, and the shape that all steps share: common columns, then the details of a kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.forms.fields import LineField, StoryField
from programs.choices import ParticipationRole, PersonRole
from programs.forms.details import fields_of
from programs.kinds import Kind
from programs.models import Category, Participation
from programs.rules.details import Detail
from programs.selectors.ties import Tie

#: Before the name of a detail, in the names of fields; services say ``detail.<name>``.
PREFIX = "detail_"


class DetailForm(forms.Form):
    """A form of common columns (its class attributes), with the details of a kind after them.

    ``later``: what was typed is kept for another day, so nothing is needed yet.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        details: Sequence[Detail] = (),
        kept: Mapping[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
        later: bool = False,
    ) -> None:
        shown = {f"{PREFIX}{name}": value for name, value in (kept or {}).items()}
        super().__init__(data, files, initial={**(initial or {}), **shown})
        self.details = details
        self.fields.update(fields_of(details, prefix=PREFIX, required=not later))

    @property
    def names(self) -> dict[str, str]:
        """From the names that services use in their refusals to those of the form."""
        return {f"detail.{one.name}": PREFIX + one.name for one in self.details}

    def columns(self) -> dict[str, Any]:
        """What was typed beside the details."""
        return {name: value for name, value in self.cleaned_data.items() if not name.startswith(PREFIX)}

    def detail(self) -> dict[str, Any]:
        """What was typed for the details; one that was emptied is emptied."""
        return {one.name: self.cleaned_data.get(PREFIX + one.name) for one in self.details}


class AboutForm(DetailForm):
    """Columns that the kind or the cycle has no use for are left out; they keep their value then."""

    role = forms.ChoiceField(label=gettext_lazy("Takes part as"), widget=forms.RadioSelect)
    affiliation = forms.ChoiceField(label=gettext_lazy("Affiliation under which this takes place"))
    category = forms.ChoiceField(label=gettext_lazy("Category"))
    title = LineField(label=gettext_lazy("Title"), letters=True, help_text=gettext_lazy("Everybody may read it later."))
    summary = StoryField(
        label=gettext_lazy("In a few sentences"),
        required=False,
        max_length=5000,
        help_text=gettext_lazy("Everybody may read it once the application was accepted. Up to 5,000 characters."),
    )
    asked = forms.DecimalField(
        label=gettext_lazy("Money asked for"), required=False, min_value=1, max_digits=14, decimal_places=2
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        participation: Participation,
        kind: Kind,
        ties: Sequence[Tie],
        categories: Sequence[Category],
        later: bool = False,
    ) -> None:
        super().__init__(
            data,
            details=kind.fields,
            kept=participation.detail,
            initial=_initial(participation, kind, ties),
            later=later,
        )
        self.fields["title"].required = not later
        self._role(kind)
        self._affiliation(kind, ties, later)
        self._category(kind, categories, later)
        if kind.grants:
            self.fields["asked"].help_text = _("In %(currency)s.") % {"currency": participation.cycle.currency}
        else:
            del self.fields["asked"]
        if PersonRole.STUDENT in kind.person_roles:
            self.fields["title"].help_text = _("Everybody may read it later: leave the names of students out.")

    def _role(self, kind: Kind) -> None:
        if len(kind.roles) < 2:
            del self.fields["role"]
        else:
            self._choose_from("role", [(role, ParticipationRole(role).label) for role in kind.roles])

    def _affiliation(self, kind: Kind, ties: Sequence[Tie], later: bool) -> None:
        if not ties and not kind.needs_affiliation:
            del self.fields["affiliation"]
            return
        none = _("Choose an affiliation") if kind.needs_affiliation else _("None of them")
        self._choose_from("affiliation", [("", none), *((tie.number, tie.words) for tie in ties)])
        self.fields["affiliation"].required = kind.needs_affiliation and not later

    def _category(self, kind: Kind, categories: Sequence[Category], later: bool) -> None:
        if not categories or kind.entries:
            del self.fields["category"]
            return
        known = [(category.code, category.name) for category in categories]
        self._choose_from("category", [("", _("Choose a category")), *known])
        self.fields["category"].required = not later

    def _choose_from(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """As ``participations.save`` takes them."""
        return {**self.columns(), "detail": self.detail()}


def _initial(participation: Participation, kind: Kind, ties: Sequence[Tie]) -> dict[str, Any]:
    """What was kept; the only affiliation that fits is suggested."""
    number = participation.affiliation.number if participation.affiliation else ""
    if not number and kind.needs_affiliation and len(ties) == 1:
        number = ties[0].number
    return {
        "role": participation.role,
        "title": participation.title,
        "summary": participation.summary,
        "asked": participation.asked,
        "affiliation": number,
        "category": participation.category.code if participation.category else "",
    }
