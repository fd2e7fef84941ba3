"""Taking on the work of a computation, so that it is done once at a time, and publishing what came out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from partnerships.choices import PublicationKind
from partnerships.models import Publication
from partnerships.selectors import publications
from partnerships.selectors.edition import edition
from partnerships.selectors.publications import Stand

#: Work that was begun so long ago and not finished is given up: whoever did it was killed.
GIVEN_UP_AFTER = timedelta(hours=2)


def begin(kind: PublicationKind, *, at: datetime, on: date) -> Publication | None:
    """Take the work on; ``None`` where the newest still holds, or somebody is at it."""
    Publication.objects.filter(kind=kind, finished_at__isnull=True, begun_at__lt=at - GIVEN_UP_AFTER).delete()
    if not publications.is_due(kind, on=on):
        return None
    try:
        with transaction.atomic():
            return Publication.objects.create(kind=kind, begun_at=at)
    except IntegrityError:
        return None


@transaction.atomic
def finish(work: Publication, *, stand: Stand, content: dict[str, Any], at: datetime, kept: int = 1) -> list[Any]:
    """Publish it in the place of the one before. Answers the contents of those that are no longer kept.

    Raises ``Publication.DoesNotExist`` where the work was given up and may be somebody else's by now.
    """
    row = Publication.objects.select_for_update().get(pk=work.pk, finished_at__isnull=True)
    row.register_seq, row.register_hash, row.day = stand.seq, stand.hash, stand.day
    row.release, row.content, row.finished_at = edition(), content, at
    row.save()
    done = Publication.objects.filter(kind=row.kind, finished_at__isnull=False).order_by("-finished_at", "-pk")
    old = list(done[kept:])
    Publication.objects.filter(pk__in=[one.pk for one in old]).delete()
    return [one.content for one in old]


def abandon(work: Publication) -> None:
    """Let others take it on: it failed."""
    Publication.objects.filter(pk=work.pk, finished_at__isnull=True).delete()
