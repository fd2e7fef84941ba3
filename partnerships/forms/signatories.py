"""The signatories step: the people who signed, party by party, with as many lines as somebody needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.choices import SignatoryCapacity
from partnerships.forms import refusals
from partnerships.forms.fields import LineField, PartialDateField
from partnerships.models import Jurisdiction, Signatory

#: More lines than the service accepts, so that it is the service which says how many are too many.
MOST_LINES = 100

CAPACITIES = [("", _("Choose a capacity")), *SignatoryCapacity.choices]


class SignatoryForm(forms.Form):
    name = LineField(
        label=_("Name"), letters=True, error_messages={"required": _("Write the name of the person who signed.")}
    )
    office = LineField(label=_("Office, such as Mayor"), required=False)
    capacity = forms.ChoiceField(
        label=_("Signed as"),
        choices=CAPACITIES,
        error_messages={"required": _("Choose in what capacity this person signed.")},
    )
    signed_on = PartialDateField(label=_("Signed on, if on another day"), past=True, required=False, help_text="")

    @property
    def is_blank(self) -> bool:
        return not any(str(self[name].value() or "").strip() for name in self.fields)

    def row(self, party: Jurisdiction) -> dict[str, Any]:
        return {"jurisdiction_id": party.pk, **self.cleaned_data}


@dataclass(frozen=True)
class PartyLines:
    """The lines of one party; ``count`` is the name of the hidden field that says how many."""

    party: Jurisdiction
    forms: list[SignatoryForm]
    count: str


class Signatories:
    """All lines of all parties. ``wish`` is what a button asks for: ``add-12`` one more line for the party 12,
    ``drop-12-0`` one line less; nothing is checked then, and everything typed stays."""

    def __init__(
        self,
        parties: Sequence[Jurisdiction],
        kept: Sequence[Signatory],
        data: Mapping[str, Any] | None = None,
        wish: str = "",
    ) -> None:
        self.data, self.wish = data, wish
        self.parties = [
            self._lines(party, [row for row in kept if row.jurisdiction_id == party.pk]) for party in parties
        ]

    @property
    def forms(self) -> list[SignatoryForm]:
        return [form for lines in self.parties for form in lines.forms]

    @property
    def wrong(self) -> list[SignatoryForm]:
        return [form for form in self.forms if form.is_bound and form.errors]

    def is_valid(self) -> bool:
        """Blank lines say nothing; each of the others has to be whole."""
        return not self.wrong

    def rows(self) -> list[dict[str, Any]]:
        """What was typed, as keyword arguments of the service's ``SignatoryRow``."""
        return [form.row(party) for party, form in self._filled()]

    def refuse(self, errors: Mapping[str, Sequence[str]]) -> list[str]:
        """Say what the service refused (``<line>-<field>``) at its line; answers what belongs to no line."""
        filled = [form for _party, form in self._filled()]
        left: list[str] = []
        for key, messages in errors.items():
            line, _dash, name = key.partition("-")
            if line.isdecimal() and int(line) < len(filled):
                refusals.place(filled[int(line)], {name: messages})
            else:
                left += messages
        return left

    def _filled(self) -> list[tuple[Jurisdiction, SignatoryForm]]:
        return [(lines.party, form) for lines in self.parties for form in lines.forms if form.is_bound]

    def _lines(self, party: Jurisdiction, kept: Sequence[Signatory]) -> PartyLines:
        count = f"lines-{party.pk}"
        if self.data is None:
            values = [{name: getattr(row, name) for name in SignatoryForm.base_fields} for row in kept]
            made = [_line(party, place, initial=value) for place, value in enumerate(values)]
        elif self.wish:
            made = [_line(party, place, initial=value) for place, value in enumerate(self._wished(party, count))]
        else:
            typed = [_line(party, place, data=self.data) for place in range(self._count(count))]
            made = [_line(party, place) if line.is_blank else line for place, line in enumerate(typed)]
        return PartyLines(party, made or [_line(party, 0)], count)

    def _count(self, name: str) -> int:
        said = str((self.data or {}).get(name, ""))
        return min(int(said), MOST_LINES) if said.isdecimal() and len(said) < 5 else 0

    def _wished(self, party: Jurisdiction, count: str) -> list[dict[str, Any]]:
        lines = [
            {name: (self.data or {}).get(f"{_prefix(party, place)}-{name}", "") for name in SignatoryForm.base_fields}
            for place in range(self._count(count))
        ]
        if self.wish == f"add-{party.pk}":
            lines.append({})
        return [line for place, line in enumerate(lines) if self.wish != f"drop-{party.pk}-{place}"]


def _prefix(party: Jurisdiction, place: int) -> str:
    return f"party{party.pk}-{place}"


def _line(party: Jurisdiction, place: int, **values: Any) -> SignatoryForm:
    return SignatoryForm(prefix=_prefix(party, place), use_required_attribute=False, **values)
