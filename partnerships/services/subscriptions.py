"""Following by mail: asked for on a page, confirmed from the mailbox, changed and ended by a signed link.

Whether an address follows anything is said to nobody but the mailbox itself: asking does the same and answers the same
whatever is on record, and whoever stops is erased with all letters to them. For the same reason none of it goes into
the register, and into the ledger only that staff erased an address, not which.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partnerships.choices import Frequency, NoticeKind, NoticeState
from partnerships.exceptions import Missing
from partnerships.models import Notice, Subscription
from partnerships.selectors import register
from partnerships.selectors import subscriptions as selector
from partnerships.selectors.subscriptions import Followed
from partnerships.services import access, ledger, links, outbox, typed
from partnerships.services.access import Actor

#: Days after which an address that nobody confirmed is erased.
DAYS_TO_CONFIRM = 7
#: Days after which letters that were sent are erased.
DAYS_LETTERS_ARE_KEPT = 30
#: What notices of this room are about.
ABOUT = "subscription"


def followed(subject_type: str, subject_id: str) -> Followed:
    """What may be followed under this name; raises ``Missing``."""
    found = selector.subject(subject_type, subject_id)
    if found is None or found.merged:
        raise Missing(_("There is nothing here."))
    return found


def subject_of(row: Subscription) -> Followed:
    """What somebody follows; named by its key alone where it is no longer to be found."""
    key = (row.subject_type, row.subject_id)
    return selector.subject(*key) or Followed(key, row.subject_id, "", "/")


@transaction.atomic
def ask(*, subject_type: str, subject_id: str, email: str, frequency: str, language: str, now: datetime) -> None:
    """Send the address a letter in which it can be confirmed; the same whether or not it follows this already.

    Confirming sets what was asked for last. Raises ``Missing`` for what cannot be followed, ``Invalid`` at a field.
    """
    subject, address = followed(subject_type, subject_id), email.strip().lower()
    asked = {"frequency": frequency, "language": language}
    # Not whether it is there already: nobody is told.
    row = Subscription(email=address, subject_type=subject_type, subject_id=subject_id, **asked)
    typed.check(row, leave=["subject_id"])
    row, _made = Subscription.objects.get_or_create(
        email=address, subject_type=subject_type, subject_id=subject_id, defaults={**asked, "created_at": now}
    )
    Subscription.objects.filter(pk=row.pk, confirmed_at__isnull=True).update(created_at=now)
    outbox.enqueue(
        kind=NoticeKind.FOLLOW_ASKED,
        # A double click sends one letter; who lost it can ask again an hour later.
        key=f"{NoticeKind.FOLLOW_ASKED}:{row.pk}:{frequency}:{now:%Y%m%d%H}",
        to=address,
        about=row,
        context={
            "subscription": row.pk,
            "follows": in_words(subject),
            "frequency": frequency,
            "expires": (now + timedelta(days=DAYS_TO_CONFIRM)).date().isoformat(),
        },
        language=language,
    )


def in_words(subject: Followed) -> dict[str, str]:
    """What is followed, as a notice keeps it; ``selector.called`` has the words."""
    return {"type": subject.key[0], "id": subject.key[1], "name": subject.name, "country": subject.country}


def asked(token: str, *, now: datetime) -> Subscription:
    """What a letter asks to confirm; raises ``Missing`` for a link that is wrong, used up or too old."""
    pk, _frequency, _language = links.read_words(links.FOLLOW_ASKED, token)
    return _confirmable(Subscription.objects.filter(pk=pk).first(), now)


def _confirmable(row: Subscription | None, now: datetime) -> Subscription:
    late = now - timedelta(days=DAYS_TO_CONFIRM)
    if row is None or (row.confirmed_at is None and row.created_at < late):
        raise Missing(_("This link is not valid any more."))
    return row


@transaction.atomic
def confirm(*, token: str, now: datetime) -> Subscription:
    """Follow from now on, as it was asked for; a second time changes nothing. Raises ``Missing``."""
    pk, frequency, language = links.read_words(links.FOLLOW_ASKED, token)
    row = _confirmable(Subscription.objects.select_for_update().filter(pk=pk).first(), now)
    if row.confirmed_at is None:
        row.confirmed_at, row.told_seq = now, register.head()[0]
    row.frequency, row.language = Frequency(frequency), language
    row.save(update_fields=["confirmed_at", "told_seq", "frequency", "language"])
    return row


def read(token: str) -> Subscription | None:
    """What the link of a letter is about; ``None`` where it has ended. Raises ``Missing`` for a link of nobody."""
    return Subscription.objects.filter(pk=links.read(links.FOLLOW, token), confirmed_at__isnull=False).first()


@transaction.atomic
def change(*, token: str, frequency: str, language: str) -> None:
    """How often and in which language to write; raises ``Missing`` where it has ended, ``Invalid`` at a field."""
    row = Subscription.objects.select_for_update().filter(pk=links.read(links.FOLLOW, token)).first()
    if row is None:
        raise Missing(_("This link is not valid any more."))
    row.frequency, row.language = frequency, language
    typed.check(row)
    row.save(update_fields=["frequency", "language"])


@transaction.atomic
def stop(*, token: str, everything: bool = False) -> None:
    """End it, or ``everything`` that this address follows, and erase the address; nothing where it has ended."""
    row = Subscription.objects.filter(pk=links.read(links.FOLLOW, token)).first()
    if row is not None:
        _erase(Subscription.objects.filter(email=row.email) if everything else Subscription.objects.filter(pk=row.pk))


@transaction.atomic
def erase(*, subscription_id: int, by: Actor) -> None:
    """Staff forget an address with all that it follows, for somebody who asked them to; raises ``Missing``."""
    access.require(by, "subscription.erase")
    row = Subscription.objects.filter(pk=subscription_id).first()
    if row is None:
        raise Missing(_("There is nothing here."))
    ledger.record(subject=row, act="subscription.erased", by=by)
    _erase(Subscription.objects.filter(email=row.email))


def _erase(rows: QuerySet[Subscription]) -> int:
    ids = list(rows.select_for_update().order_by("email", "pk").values_list("pk", flat=True))
    Subscription.objects.filter(pk__in=ids).delete()
    Notice.objects.filter(subject_type=ABOUT, subject_id__in=map(str, ids)).delete()
    return len(ids)


@transaction.atomic
def forget(now: datetime) -> dict[str, int]:
    """Erase addresses that nobody confirmed, and letters to followers that went out long ago or go to nobody."""
    late = now - timedelta(days=DAYS_TO_CONFIRM)
    addresses = _erase(Subscription.objects.filter(confirmed_at__isnull=True, created_at__lt=late))
    old = Notice.objects.filter(
        subject_type=ABOUT,
        state__in=(NoticeState.DELIVERED, NoticeState.CANCELLED),
        created_at__lt=now - timedelta(days=DAYS_LETTERS_ARE_KEPT),
    )
    gone, _by_table = old.delete()
    return {"addresses": addresses, "letters": gone}
