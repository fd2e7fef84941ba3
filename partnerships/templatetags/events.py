"""What the events of the register are called on pages; the register itself keeps their codes."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

EVENTS = {
    "agreement.registered": _("Agreement registered"),
    "agreement.annulled": _("Agreement annulled"),
    "affiliation.confirmed": _("Confirmed as active"),
    "affiliation.milestone": _("Event recorded"),
    "affiliation.emeritus": _("Made emeritus"),
    "affiliation.reactivate": _("Reactivated"),
    "affiliation.excluded": _("Excluded from recognition"),
    "affiliation.exclusion-ended": _("End of an exclusion from recognition"),
    "affiliations.entered": _("Affiliations entered together"),
    "affiliation.settled": _("Disagreement of sources settled"),
    "affiliation.disputed": _("Fact marked as disputed"),
    "affiliation.reopened": _("Disagreement of sources looked at again"),
    "affiliation.claim-disputed": _("Claim of a source found wrong"),
    "affiliation.partner-corrected": _("Wrong partner corrected"),
    "claims.recorded": _("Claims of sources recorded"),
    "jurisdiction.accepted": _("Community accepted"),
    "jurisdiction.corrected": _("Community corrected"),
    "jurisdiction.named": _("Community given a further name"),
    "jurisdiction.merged": _("Communities merged"),
    "affiliation.merged": _("Affiliations merged"),
    "jurisdiction.merge-undone": _("Merge undone"),
    "affiliation.merge-undone": _("Merge undone"),
    "membership.term": _("Term of membership entered"),
    "organisation.changed": _("Organisation of a community changed"),
    "organisation.withheld": _("Organisation no longer shown to the public"),
    "seeking.published": _("Search for a partner published"),
    "seeking.changed": _("Search for a partner changed"),
    "seeking.renewed": _("Search for a partner renewed"),
    "seeking.ended": _("Search for a partner ended"),
    "document.published": _("Document shown to the public"),
    "document.withheld": _("Document no longer shown to the public"),
    "program.published": _("Program published"),
    "program.changed": _("Program changed"),
    "backers.set": _("Sponsors and partners of a program named"),
    "cycle.announced": _("Call of a program announced"),
    "cycle.changed": _("Call of a program changed"),
    "cycle.closed": _("Year of a program completed"),
    "cycle.reopened": _("Year of a program opened again"),
    "cycle.cancelled": _("Year of a program cancelled"),
    "participation.shortlisted": _("Finalist of a program named"),
    "participation.accepted": _("Participation in a program accepted"),
    "participation.completed": _("Participation in a program completed"),
    "participation.resumed": _("Participation in a program taken up again"),
    "participation.withdrawn": _("Participation in a program withdrawn"),
    "participation.reported": _("Report of a participation complete"),
    "activity.added": _("Activity of a program added"),
    "activity.changed": _("Activity of a program changed"),
    "entry.moved": _("Finalists of a program changed"),
    "prize.given": _("Prize of a program given"),
    "prize.taken_back": _("Prize of a program taken back"),
    "grant.awarded": _("Grant awarded"),
    "grant.paid": _("Part of a grant paid"),
    "grant.reduced": _("Grant reduced"),
    "grant.ended": _("Grant ended"),
    "deliverable.promised": _("Deliverable of a program promised"),
    "deliverable.delivered": _("Deliverable of a program delivered"),
    "deliverable.sent_back": _("Deliverable of a program returned for changes"),
    "deliverable.accepted": _("Deliverable of a program accepted"),
    "result.claimed": _("Result of a program claimed"),
    "result.verified": _("Result of a program verified"),
    "result.withdrawn": _("Result of a program withdrawn"),
    "publication.changed": _("What is shown of a program changed"),
    "register.redacted": _("Text of an entry withheld"),
    "register.recounted": _("Totals counted anew"),
}


@register.filter
def event_words(code: str) -> str:
    """The event in words; its code where no words are known."""
    return str(EVENTS.get(code, code))
