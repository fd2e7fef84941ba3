"""The register read from its first entry to its last, and asked what was true on a day: slow, simple, and from nothing
but what is published. What the selectors answer from their tables has to be the same."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from partnerships.models import RegisterEntry

Act = tuple[str, str, str]  # day, act, kind
NEVER = date.max


@dataclass
class Record:
    """What the register tells of one affiliation."""

    parties: frozenset[int] = frozenset()
    home: frozenset[int] = frozenset()
    acts: list[Act] = field(default_factory=list)
    exclusions: list[list[date]] = field(default_factory=list)


class Replay:
    def __init__(self, *, grace_days: int) -> None:
        self.grace = timedelta(days=grace_days)
        self.records: dict[str, Record] = defaultdict(Record)
        self.terms: dict[int, dict[date, date]] = defaultdict(dict)
        entries = [(entry.event, json.loads(entry.payload)) for entry in RegisterEntry.objects.order_by("seq")]
        annulled = {told["number"] for event, told in entries if event == "agreement.annulled"}
        for event, told in entries:
            if event == "agreement.registered" and told["number"] not in annulled:
                self._agreement(told)
            elif event == "membership.term":
                self.terms[told["jurisdiction"]][_day(told["from"])] = _day(told["paid_through"])
            elif event.startswith("affiliation."):
                self._staff(event, told)

    def _agreement(self, told: dict[str, Any]) -> None:
        for each in told["affiliations"]:
            record = self.records[each["number"]]
            record.parties = frozenset(party["id"] for party in told["parties"])
            record.home = frozenset(party["id"] for party in told["parties"] if party["country"] == "US")
            record.acts.append((told["effective_on"] or told["signed_on"], told["act"], told["kind"]))

    def _staff(self, event: str, told: dict[str, Any]) -> None:
        record = self.records[told["number"]]
        if event in ("affiliation.emeritus", "affiliation.reactivate"):
            record.acts.append((told["effective_on"], event.removeprefix("affiliation."), ""))
        elif event == "affiliation.excluded":
            record.exclusions.append([_day(told["from"]), _day(told["to"]) if told["to"] else NEVER])
        elif event == "affiliation.exclusion-ended":
            record.exclusions[-1][1] = _day(told["to"])

    def on(self, day: date) -> dict[str, tuple[str, str, bool]]:
        """Kind, standing and recognition of every affiliation that existed on the day."""
        found = {}
        for number, record in self.records.items():
            kind, standing = _state(record.acts, day)
            if standing:
                found[number] = (kind, standing, standing == "in_force" and self._recognised(record, day))
        return found

    def _recognised(self, record: Record, day: date) -> bool:
        excluded = any(start <= day <= end for start, end in record.exclusions)
        member = any(
            start <= day <= through + self.grace for home in record.home for start, through in self.terms[home].items()
        )
        return member and not excluded


def _state(acts: list[Act], day: date) -> tuple[str, str]:
    kind = standing = ""
    leaves = {"suspend": "suspended", "end": "ended", "emeritus": "emeritus"}
    for when, act, its_kind in sorted(acts, key=lambda act: act[0]):
        if _day(when) > day:
            break
        kind = "sister" if act == "upgrade" else (its_kind if act == "establish" else kind)
        standing = leaves.get(act, standing if act in ("upgrade", "renew", "amend") else "in_force")
    return kind, standing


def _day(text: str) -> date:
    return date.fromisoformat(text)
