"""What a kind of program is: the one protocol that ``kinds/<kind>.py`` fills in.

The common shape (cycle, participation, people, entries, activities, deliverables, money, results) is the same for
all; a
kind says which of it is used, what is asked beside, and what else must hold. Nothing about a year's rules is here:
those are data of the cycle, and ``cycle_fields`` says only which there can be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from programs.choices import ParticipationRole
from programs.rules.details import Detail
from programs.rules.facts import ApplicationFacts
from programs.rules.findings import Finding


def nothing_more(facts: ApplicationFacts) -> Iterable[Finding]:
    """For kinds that have no rule of their own."""
    return ()


@dataclass(frozen=True)
class Measure:
    """A figure that reports of this kind are asked for; ``unit`` keeps unlike figures apart.

    ``groups`` is the detail whose lines name the groups that are counted apart: each is asked for by itself.
    """

    name: str
    unit: str
    group: str = ""
    groups: str = ""


@dataclass(frozen=True)
class Kind:
    """``code`` is kept with the program and never changes. Words are English msgids.

    ``application`` names what members hand in; ``invites`` are the words of the button that begins one.
    ``cycle_fields``
    are the typed rules of a cycle beside the common ones, ``fields`` the details of an application, ``person_fields``
    and ``activity_fields`` those of its people and activities. ``check`` adds what must hold when it is handed in.
    """

    code: str
    name: str
    application: str
    invites: str
    cycle_fields: tuple[Detail, ...] = ()
    fields: tuple[Detail, ...] = ()
    roles: tuple[str, ...] = (ParticipationRole.APPLICANT,)
    needs_affiliation: bool = False
    #: An application that meets the rules is accepted when it is handed in; nobody decides.
    accepts_at_once: bool = False
    #: Money is asked for and awarded.
    grants: bool = False
    #: Jurors or a panel give points: to applications, or to entries where there are such.
    scored: bool = False
    #: Places or titles are won.
    prizes: bool = False
    #: Works of students compete.
    entries: bool = False
    person_roles: tuple[str, ...] = ()
    person_fields: tuple[Detail, ...] = ()
    #: What may be entered with the application, and after it was accepted.
    activity_kinds: tuple[str, ...] = ()
    activity_fields: tuple[Detail, ...] = ()
    activities_when_applying: bool = False
    attachment_roles: tuple[str, ...] = ()
    deliverables: bool = False
    measures: tuple[Measure, ...] = ()
    check: Callable[[ApplicationFacts], Iterable[Finding]] = field(default=nothing_more)

    def measures_of(self, detail: Mapping[str, Any]) -> tuple[Measure, ...]:
        """What the report of an application with this detail asks for."""
        return tuple(
            replace(measure, group=group)
            for measure in self.measures
            for group in (detail.get(measure.groups) or [measure.group])
        )

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of the form, in their order; the last shows what is missing and hands in."""
        used = {
            "about": True,
            "people": bool(self.person_roles),
            "entries": self.entries,
            "activities": self.activities_when_applying,
            "files": bool(self.attachment_roles),
            "check": True,
        }
        return tuple(step for step, there in used.items() if there)
