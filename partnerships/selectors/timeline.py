"""What happened to an affiliation, in the order of time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from partnerships.choices import Act, AffiliationKind, MilestoneKind, StaffAct
from partnerships.models import Exclusion, MembershipTerm, Milestone, Period, RegisterEntry, StaffDecision
from partnerships.rules.dates import PartialDate
from partnerships.rules.history import Span
from partnerships.selectors import claims

ACT, MILESTONE, ENDING, STAFF = "act", "milestone", "ending", "staff"


@dataclass(frozen=True)
class Event:
    """``tone`` is one of the words above; ``agreement`` the number of the agreement that it comes from, or empty."""

    when: PartialDate | None
    title: str
    text: str = ""
    tone: str = ACT
    agreement: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class DatedFacts:
    """Everything dated that is kept beside an affiliation. ``terms``: of membership, by community."""

    spans: tuple[Span, ...]
    exclusions: tuple[tuple[date, date | None, str], ...]
    terms: dict[int, tuple[tuple[date, date], ...]]
    events: tuple[Event, ...] = field(default=())
    claims: tuple[claims.ClaimRow, ...] = ()


def dated_facts(affiliation_id: int, party_ids: Iterable[int], with_decisions_of: Iterable[int] = ()) -> DatedFacts:
    """Periods, exclusions, milestones, decisions, claims of sources and terms of membership, in one statement.

    ``with_decisions_of``: affiliations that were merged into this one; decisions of staff stay with the number that
    they were about.
    """
    own, decided = {"affiliation": affiliation_id}, [affiliation_id, *with_decisions_of]
    parts = [
        part("period", Period.objects.filter(**own), "id", "from_date", "to_date", "kind", "standing"),
        part("exclusion", Exclusion.objects.filter(**own), "id", "from_date", "to_date", "reason", "reason"),
        part("milestone", Milestone.objects.filter(**own), "id", "on", "sources", "kind", "text"),
        part("decision", StaffDecision.objects.filter(affiliation__in=decided), "id", "on", "on", "act", "reason"),
        part("claim", claims.with_others(affiliation_id), "id", "recorded_on", "fact", "fact", "text"),
        part(
            "term",
            MembershipTerm.objects.filter(jurisdiction__in=list(party_ids)),
            "jurisdiction_id",
            "from_date",
            "paid_through",
            "membership_class",
            "membership_class",
        ),
    ]
    found = sorted(parts[0].union(*parts[1:], all=True), key=lambda row: (row[2] or "", row[1]))
    terms: dict[int, tuple[tuple[date, date], ...]] = {}
    for _what, pk, start, end, *_rest in (row for row in found if row[0] == "term"):
        terms[pk] = (*terms.get(pk, ()), (date.fromisoformat(start), date.fromisoformat(end)))
    return DatedFacts(
        spans=tuple(
            Span(kind, standing, _day(start), _day(end))
            for what, _pk, start, end, kind, standing in found
            if what == "period"
        ),
        exclusions=tuple(
            (date.fromisoformat(start), _day(end), reason)
            for what, _pk, start, end, reason, _again in found
            if what == "exclusion"
        ),
        terms=terms,
        events=tuple(_event(row) for row in found if row[0] in ("milestone", "decision", "exclusion")),
        claims=tuple(claims.of_text(row[5]) for row in found if row[0] == "claim"),
    )


def part(what: str, rows: QuerySet[Any], pk: str, *columns: str) -> QuerySet[Any, tuple[Any, ...]]:
    """The rows as plain text, so that tables of different shapes can be read together."""
    texts: dict[str, Any] = {f"c{place}": Cast(F(name), CharField()) for place, name in enumerate(columns)}
    return rows.order_by().values_list(Value(what), pk, *texts.values())


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _event(row: tuple[Any, ...]) -> Event:
    what, _pk, when, end, word, text = row
    if what == "milestone":
        return Event(PartialDate.parse(when), str(MilestoneKind(word).label), text, MILESTONE, "", _sources(end))
    if what == "decision":
        titles = {StaffAct.EMERITUS: _("Made emeritus"), StaffAct.REACTIVATE: _("Reactivated")}
        return Event(PartialDate.parse(when), titles[StaffAct(word)], text, STAFF)
    start = PartialDate.parse(when)
    if not end:
        return Event(start, _("Excluded from recognition"), text, STAFF)
    return Event(start, _("Excluded from recognition until %(day)s") % {"day": end}, text, STAFF)


def _sources(text: str) -> tuple[str, ...]:
    given = json.loads(text or "[]")
    return tuple(str(source) for source in given) if isinstance(given, list) else ()


def of_agreement(agreement: Any) -> Event:
    """The act of an agreement; an annulled one is left to whoever shows agreements."""
    when = agreement.effective_on or agreement.signed_on
    title = act_title(agreement.act, agreement.kind)
    return Event(when, title, "", ENDING if agreement.act == Act.END else ACT, agreement.number)


def act_title(act: str, kind: str) -> str:
    """What an act did, in words."""
    if act == Act.ESTABLISH:
        if kind == AffiliationKind.FRIENDSHIP:
            return _("Established as a friendship affiliation")
        return _("Established as a sister affiliation")
    return {
        Act.UPGRADE: _("Upgraded from friendship to sister"),
        Act.RENEW: _("Renewed"),
        Act.AMEND: _("Amended"),
        Act.SUSPEND: _("Suspended"),
        Act.RESUME: _("Resumed"),
        Act.END: _("Ended"),
    }[Act(act)]


def of_entries(entries: Iterable[RegisterEntry]) -> list[Event]:
    """What only the register tells: that somebody confirmed the affiliation."""
    found = []
    for entry in entries:
        if entry.event == "affiliation.confirmed" and entry.payload:
            on = json.loads(entry.payload).get("on", "")
            found.append(Event(PartialDate.parse(on), _("Confirmed as active by one of the parties"), "", MILESTONE))
    return found


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """By date; those without a date first, because what follows them is later as far as is known."""
    return tuple(sorted(events, key=lambda event: str(event.when or "")))
