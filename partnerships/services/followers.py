"""Telling followers what is new: each entry of the register once, however often and by how many this is run.

What a follower was told is one number, the last entry that was looked at for them. It moves in the transaction that
owes the letter, so that a run that dies, or two at once, tell nothing twice and leave nothing out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone

from partnerships.choices import Frequency, NoticeKind, SubscriptionSubject
from partnerships.models import Subscription
from partnerships.selectors import register
from partnerships.selectors import subscriptions as selector
from partnerships.selectors.subscriptions import Followed, Key, News
from partnerships.services import outbox, subscriptions

#: A letter lists so many entries, the newest, and counts the others.
ROWS = 20
#: Followers that are told in one transaction.
BATCH = 500
#: Who follows both a community and its country is told of an entry once, under the narrower of the two.
_NARROW_FIRST = list(SubscriptionSubject.values)


def tell(now: datetime) -> dict[str, int]:
    """Owe followers what they were not told yet: those who want it at once, all of it; the others, what was recorded
    before the week began."""
    head, _hash = register.head()
    told = _tell(Frequency.AT_ONCE, upto=head)
    if _due(Frequency.WEEKLY, head).exists():
        told += _tell(Frequency.WEEKLY, upto=register.last_before(_week_began(now)))
    return {"told": told}


def _week_began(now: datetime) -> datetime:
    today = timezone.localdate(now)
    return timezone.make_aware(datetime.combine(today - timedelta(days=today.weekday()), time.min))


def _due(frequency: str, upto: int) -> QuerySet[Subscription]:
    return Subscription.objects.filter(confirmed_at__isnull=False, frequency=frequency, told_seq__lt=upto)


def _tell(frequency: Frequency, *, upto: int) -> int:
    after: int | None = _due(frequency, upto).aggregate(seq=Min("told_seq"))["seq"]
    if after is None:
        return 0
    found, told = _Found(selector.news(after=after, upto=upto)), 0
    while (owed := _tell_some(frequency, found, upto)) is not None:
        told += owed
    return told


class _Found:
    """What is new since the follower who was told least: the entries, and those about each thing, in order."""

    def __init__(self, news: Iterable[News]) -> None:
        self.news: dict[int, News] = {}
        self._about: dict[Key, list[int]] = defaultdict(list)
        for one in news:
            self.news[one.seq] = one
            for key in one.about:
                self._about[key].append(one.seq)

    def for_follower(self, row: Subscription) -> list[int]:
        """The entries that this follower was not told, in order."""
        about = self._about.get((row.subject_type, row.subject_id), [])
        return about[bisect_right(about, row.told_seq) :]


@transaction.atomic
def _tell_some(frequency: Frequency, found: _Found, upto: int) -> int | None:
    """Owe the next letters; answers how many, and ``None`` where nobody is left.

    Those of one address stay together as far as they fit, so that it is told of each entry once.
    """
    rows = list(_due(frequency, upto).select_for_update().order_by("email", "pk")[:BATCH])
    if not rows:
        return None
    rows.sort(key=lambda row: (row.email, _NARROW_FIRST.index(row.subject_type)))
    owed, told = [], defaultdict[str, set[int]](set)
    for row in rows:
        new = [seq for seq in found.for_follower(row) if seq not in told[row.email]]
        told[row.email].update(new)
        if new:
            owed.append((row, new))
    subjects = selector.subjects((row.subject_type, row.subject_id) for row, _new in owed)
    letters = [_letter(row, subjects.get((row.subject_type, row.subject_id)), new, found) for row, new in owed]
    outbox.enqueue_many(NoticeKind.FOLLOW_NEWS, letters)
    Subscription.objects.filter(pk__in=[row.pk for row in rows]).update(told_seq=upto)
    return len(letters)


def _letter(row: Subscription, subject: Followed | None, new: Sequence[int], found: _Found) -> outbox.Debt:
    follows = subject or Followed((row.subject_type, row.subject_id), row.subject_id, "", "/")
    return outbox.Debt(
        key=f"{NoticeKind.FOLLOW_NEWS}:{row.pk}:{row.told_seq}",
        to=row.email,
        about=row,
        language=row.language,
        context={
            "subscription": row.pk,
            "follows": subscriptions.in_words(follows),
            "page": follows.path,
            "count": len(new),
            "more": max(0, len(new) - ROWS),
            "news": [found.news[seq].as_told for seq in reversed(new[-ROWS:])],
        },
    )
