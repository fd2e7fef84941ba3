"""Words and counts for the pages of staff."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.models import User
from partnerships.selectors import queue

register = template.Library()

#: What the ledger's codes of acts mean, as far as they concern a filing.
ACTS: dict[str, Any] = {
    "filing.started": _("Begun"),
    "filing.submitted": _("Handed in"),
    "filing.taken": _("Taken into review"),
    "filing.released": _("Put back into the queue"),
    "filing.returned": _("Returned for changes"),
    "filing.registered": _("Registered"),
    "filing.rejected": _("Rejected"),
    "filing.withdrawn": _("Withdrawn"),
    "filing.annulled": _("Annulled"),
    "filing.waived": _("Finding waived"),
    "filing.party-matched": _("Party matched to a community on record"),
    "filing.partner-asked": _("Partner asked to confirm"),
    "filing.partner-answered": _("Partner answered"),
    "document.attached": _("Document attached"),
    "document.removed": _("Document taken off"),
}


@register.filter
def act_words(act: str) -> str:
    """What people read for an act of the ledger; the code itself where there are no words."""
    return str(ACTS.get(act, act))


@register.simple_tag
def queue_summary(user: User | AnonymousUser) -> queue.Summary | None:
    """The counts of the review queue, for those who may see it."""
    if not isinstance(user, User) or not user.has_perm("partnerships.view_filing"):
        return None
    return queue.summary(user, timezone.now())
