"""Changes of the table of laws, told with what they touch, and drafts of letters. It flags; it never decides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerships.exceptions import Missing
from partnerships.models import ComplianceLetter, ComplianceRule
from partnerships.selectors import compliance as selector
from partnerships.selectors.compliance import Touched
from partnerships.services import access, ledger
from partnerships.services.access import Actor

#: Numbers that an entry of the ledger lists; the counts are whole.
MOST_LISTED = 500


@transaction.atomic
def save(rule: ComplianceRule, *, by: Actor, on: date, changed: dict[str, Any] | None = None) -> ComplianceRule:
    """Keep a rule; the ledger tells what was and what is, and which affiliations it touches now or no longer.

    ``changed``: was and now by field, as the form knows them.
    """
    access.require(by, "compliance.change")
    before = ComplianceRule.objects.select_for_update().filter(pk=rule.pk).first() if rule.pk else None
    then = selector.touched(before, on=on) if before else []
    rule.save()
    now = selector.touched(rule, on=on)
    ledger.record(
        subject=rule,
        act="compliancerule.changed" if before else "compliancerule.added",
        by=by,
        now=rule,
        detail={**(changed or {}), "touched": _difference(then, now)},
    )
    return rule


def _difference(then: Iterable[Touched], now: Iterable[Touched]) -> dict[str, Any]:
    was, becomes = ({row.number for row in rows} for rows in (then, now))
    return {
        "was": len(was),
        "now": len(becomes),
        "more": sorted(becomes - was)[:MOST_LISTED],
        "no longer": sorted(was - becomes)[:MOST_LISTED],
    }


@transaction.atomic
def draft_letters(*, rule_id: int, by: Actor, on: date) -> list[ComplianceLetter]:
    """A draft for each affiliation that the rule touches today and that has none; drafts that exist stay as edited.

    Nothing is sent: staff edit a draft, take it as text, and send it themselves if they decide so.
    """
    access.require(by, "compliance.draft")
    rule = ComplianceRule.objects.select_for_update().filter(pk=rule_id).first()
    if rule is None:
        raise Missing(_("There is no such rule."))
    have = set(rule.letters.values_list("affiliation_id", flat=True))
    fresh = [row for row in selector.touched(rule, on=on) if row.affiliation_id not in have]
    made = ComplianceLetter.objects.bulk_create(
        [
            ComplianceLetter(
                rule=rule,
                affiliation_id=row.affiliation_id,
                text=_text(rule, row, on),
                drafted_on=on,
                drafted_by=by.name[:200],
            )
            for row in fresh
        ],
        batch_size=500,
    )
    if made:
        ledger.record(subject=rule, act="compliance.letters-drafted", by=by, now=len(made))
    return made


def _text(rule: ComplianceRule, row: Touched, on: date) -> str:
    facts = {
        "day": date_format(on, "j F Y"),
        "community": row.community,
        "partner": row.partner,
        "number": row.number,
        "citation": rule.citation,
        "summary": rule.summary,
    }
    return (
        _(
            "%(day)s\n\nTo: %(community)s\nAbout: your affiliation with %(partner)s (%(number)s)\n\n"
            "The registry keeps a list of laws that concern partnerships of communities. One of them may concern this "
            "affiliation:\n\n%(citation)s\n%(summary)s\n\n"
            "The registry does not decide whether the law applies to you, and this letter is no legal advice. The "
            "entry in the register is not changed by it. Please ask your counsel, and tell us if it should be.\n"
        )
        % facts
    )
