"""A search for a partner: published, changed, renewed and ended by those who speak for the community, and by time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnerships.choices import NoticeKind
from partnerships.exceptions import Invalid, Missing, NotAllowed, WrongState
from partnerships.models import Jurisdiction, MembershipTerm, Notice, RegisterEntry, User, Wish
from partnerships.rules.wishes import WishText
from partnerships.selectors import seeking as selector
from partnerships.services import delivery, merges, reminders, seeking
from partnerships.services.access import Actor
from tests import cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
SAID = WishText(countries=["JP", "UA"], themes=["arts"], text="A port like ours", traits=["coast"], languages=["en"])


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def publish(user: User, community: Jurisdiction, said: WishText = SAID, on: date = TODAY, **values: Any) -> Wish:
    return seeking.publish(jurisdiction_id=community.pk, by=Actor.of(user), on=on, said=said, **values)


def board(on: date = TODAY) -> list[str]:
    return [row.party.name for row in selector.stream(selector.SeekingCriteria(), on=on)]


def events() -> list[str]:
    found = RegisterEntry.objects.filter(event__startswith="seeking").order_by("seq")
    return list(found.values_list("event", flat=True))


def test_a_wish_is_published_for_all_to_see_and_put_on_record(
    irondequoit: Jurisdiction, representative_of_irondequoit: User
) -> None:
    wish = publish(representative_of_irondequoit, irondequoit)
    assert (wish.since, wish.until, board()) == (TODAY, date(2027, 5, 25), ["Irondequoit"])
    entry = RegisterEntry.objects.latest("seq")
    assert (entry.event, entry.subject) == ("seeking.published", f"jurisdictions/{irondequoit.pk}")
    assert '"countries":["JP","UA"]' in entry.payload
    irondequoit.refresh_from_db()
    assert (irondequoit.themes, irondequoit.traits) == (["arts"], ["coast"])


def test_one_that_stands_is_changed_and_keeps_its_day(
    irondequoit: Jurisdiction, representative_of_irondequoit: User
) -> None:
    publish(representative_of_irondequoit, irondequoit)
    wish = publish(
        representative_of_irondequoit, irondequoit, WishText(text="Schools"), on=TODAY + timedelta(days=3), months=12
    )
    assert (wish.since, wish.countries, wish.aims.count()) == (TODAY, [], 0)
    assert events() == ["seeking.published", "seeking.changed"]


@pytest.mark.parametrize("whom", ["stranger", "registrar"])
def test_nobody_publishes_or_renews_for_others(
    whom: str, request: pytest.FixtureRequest, irondequoit: Jurisdiction, representative_of_irondequoit: User
) -> None:
    publish(representative_of_irondequoit, irondequoit)
    by = Actor.of(request.getfixturevalue(whom))
    with pytest.raises(NotAllowed):
        seeking.publish(jurisdiction_id=irondequoit.pk, by=by, on=TODAY, said=SAID)
    with pytest.raises(NotAllowed):
        seeking.renew(jurisdiction_id=irondequoit.pk, by=by, on=TODAY)
    assert events() == ["seeking.published"]


def test_a_representative_of_another_community_cannot_end_it(
    irondequoit: Jurisdiction, osaka: Jurisdiction, representative_of_irondequoit: User
) -> None:
    publish(representative_of_irondequoit, irondequoit)
    with pytest.raises(NotAllowed):
        seeking.end(jurisdiction_id=irondequoit.pk, by=Actor.of(cast.representative(osaka)), on=TODAY)
    assert board() == ["Irondequoit"]


def test_members_out_of_good_standing_are_told(irondequoit: Jurisdiction, representative_of_irondequoit: User) -> None:
    MembershipTerm.objects.update(paid_through=date(2020, 1, 1))
    with pytest.raises(WrongState, match="good standing"):
        publish(representative_of_irondequoit, irondequoit)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (WishText(), "text"),
        (WishText(text=" \n "), "text"),
        (WishText(countries=["XX"]), "countries"),
        (WishText(themes=["war"]), "themes"),
        (WishText(text="A", traits=["moon"]), "traits"),
        (WishText(text="A", languages=["not a tag"]), "languages"),
        (WishText(text="x" * 4001), "text"),
        (WishText(text="A\x00B"), "text"),
        (WishText(text="A", industries="x" * 301), "industries"),
    ],
)
def test_what_cannot_be_published_is_said_at_its_field(
    said: WishText, field: str, irondequoit: Jurisdiction, representative_of_irondequoit: User
) -> None:
    with pytest.raises(Invalid) as refused:
        publish(representative_of_irondequoit, irondequoit, said)
    assert set(refused.value.errors) == {field}
    assert (Wish.objects.count(), events()) == (0, [])


def test_renewing_never_shortens(irondequoit: Jurisdiction, representative_of_irondequoit: User) -> None:
    publish(representative_of_irondequoit, irondequoit, months=12)
    by = Actor.of(representative_of_irondequoit)
    assert seeking.renew(jurisdiction_id=irondequoit.pk, by=by, on=TODAY, months=3).until == date(2027, 11, 25)
    later = TODAY + timedelta(days=200)
    assert seeking.renew(jurisdiction_id=irondequoit.pk, by=by, on=later, months=12).until == date(2028, 6, 13)


def test_what_has_ended_cannot_be_renewed_but_published_anew(
    irondequoit: Jurisdiction, representative_of_irondequoit: User
) -> None:
    publish(representative_of_irondequoit, irondequoit)
    by = Actor.of(representative_of_irondequoit)
    seeking.end(jurisdiction_id=irondequoit.pk, by=by, on=TODAY)
    assert board() == []
    for again in (seeking.renew, seeking.end):
        with pytest.raises(WrongState):
            again(jurisdiction_id=irondequoit.pk, by=by, on=TODAY)
    publish(representative_of_irondequoit, irondequoit, on=date(2027, 1, 1))
    assert (Wish.objects.get().since, board(date(2027, 1, 1))) == (date(2027, 1, 1), ["Irondequoit"])


def test_staff_end_one_with_a_reason_that_is_published(
    irondequoit: Jurisdiction, representative_of_irondequoit: User, registrar: User
) -> None:
    publish(representative_of_irondequoit, irondequoit)
    with pytest.raises(Invalid):
        seeking.end(jurisdiction_id=irondequoit.pk, by=Actor.of(registrar), on=TODAY)
    seeking.end(jurisdiction_id=irondequoit.pk, by=Actor.of(registrar), on=TODAY, reason="An advertisement")
    assert "An advertisement" in RegisterEntry.objects.latest("seq").payload


def test_where_there_is_no_wish_nothing_can_be_ended(
    irondequoit: Jurisdiction, representative_of_irondequoit: User
) -> None:
    with pytest.raises(Missing):
        seeking.end(jurisdiction_id=irondequoit.pk, by=Actor.of(representative_of_irondequoit), on=TODAY)


def test_it_is_on_the_board_up_to_its_last_day_and_closed_by_the_next_run(
    irondequoit: Jurisdiction, representative_of_irondequoit: User
) -> None:
    last = publish(representative_of_irondequoit, irondequoit).until
    assert (board(last), board(last + timedelta(days=1))) == (["Irondequoit"], [])
    reminders.run_all(noon(last))
    assert Wish.objects.get().closed_on is None
    for _twice in range(2):
        done = reminders.run_all(noon(last + timedelta(days=1)))
    assert [duty.error for duty in done if duty.error] == []
    assert (Wish.objects.get().closed_on, events()[1:]) == (last + timedelta(days=1), ["seeking.ended"])


def test_representatives_are_reminded_once_before_the_end(
    irondequoit: Jurisdiction, representative_of_irondequoit: User
) -> None:
    last = publish(representative_of_irondequoit, irondequoit).until
    assert seeking.remind(noon(last - timedelta(days=31))) == {"told": 0}
    assert [seeking.remind(noon(last - timedelta(days=days)))["told"] for days in (30, 29, 0)] == [1, 0, 0]
    delivery.deliver_due()
    (letter,) = mail.outbox
    assert (letter.to, "May 25, 2027" in letter.body) == ([representative_of_irondequoit.email], True)
    assert f"/account/seeking/{irondequoit.pk}/" in letter.body


def test_who_renewed_is_reminded_again_before_the_new_end(
    irondequoit: Jurisdiction, representative_of_irondequoit: User
) -> None:
    last = publish(representative_of_irondequoit, irondequoit).until
    seeking.remind(noon(last))
    by = Actor.of(representative_of_irondequoit)
    again = seeking.renew(jurisdiction_id=irondequoit.pk, by=by, on=last).until
    assert seeking.remind(noon(again)) == {"told": 1}
    assert Notice.objects.filter(kind=NoticeKind.WISH_EXPIRES).count() == 2


def test_the_database_refuses_an_end_before_the_beginning(osaka: Jurisdiction) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Wish.objects.create(jurisdiction=osaka, since=TODAY, until=TODAY - timedelta(days=1))


def test_a_wish_follows_its_community_into_another(
    irondequoit: Jurisdiction, representative_of_irondequoit: User, registrar: User
) -> None:
    publish(representative_of_irondequoit, irondequoit)
    kept = cast.member(cast.jurisdiction("Town of Irondequoit", "US"))
    merges.merge(gone_id=irondequoit.pk, kept_id=kept.pk, by=Actor.of(registrar), on=TODAY, reason="One town")
    assert board() == ["Town of Irondequoit"]
