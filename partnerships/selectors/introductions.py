"""Who has told whom of interest in a partnership."""

from __future__ import annotations

from django.db.models import Q

from partnerships.models import Introduction

#: As many as the page of a community lists, the latest first.
MOST = 50


def of(pk: int) -> list[Introduction]:
    """What a community received and sent."""
    found = Introduction.objects.filter(Q(seeker=pk) | Q(interested=pk))
    return list(found.select_related("seeker", "interested", "sent_by").order_by("-pk")[:MOST])
