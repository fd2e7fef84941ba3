"""Interest in a partnership: told once, to those who speak for the other side, and followed by staff."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from partnerships.choices import IntroductionState, NoticeKind
from partnerships.exceptions import Invalid, NotAllowed, WrongState
from partnerships.models import Introduction, Jurisdiction, LedgerEntry, Notice, User
from partnerships.rules.wishes import WishText
from partnerships.services import delivery, introductions, seeking
from partnerships.services.access import Actor
from tests import cast
from tests.partnerships.services.test_races import at_once

TODAY = date(2026, 11, 25)
Send = Callable[..., Introduction]


@pytest.fixture
def seeker(osaka: Jurisdiction) -> Jurisdiction:
    by = Actor.of(cast.representative(osaka, "Kenji", "kenji@example.org"))
    seeking.publish(jurisdiction_id=osaka.pk, by=by, on=TODAY, said=WishText(text="A port"))
    return osaka


@pytest.fixture
def send(seeker: Jurisdiction, irondequoit: Jurisdiction, representative_of_irondequoit: User) -> Send:
    def sent(**values: Any) -> Introduction:
        usual = {"seeker_id": seeker.pk, "interested_id": irondequoit.pk, "message": "Hello <b>Osaka</b>", "on": TODAY}
        return introductions.express(**{**usual, "by": Actor.of(representative_of_irondequoit), **values})

    return sent


@pytest.mark.django_db
def test_the_other_sides_representatives_read_who_is_interested(send: Send) -> None:
    send()
    delivery.deliver_due()
    letter: Any = mail.outbox[0]
    assert letter.to == ["kenji@example.org"]
    assert "Irondequoit, New York, United States" in letter.body
    assert "Rita Representative" in letter.body
    html = str(letter.alternatives[0][0])
    assert "Hello &lt;b&gt;Osaka&lt;/b&gt;" in html


@pytest.mark.django_db
def test_where_nobody_speaks_for_the_seeker_the_registrars_are_told(send: Send, registrar: User) -> None:
    User.objects.filter(email="kenji@example.org").update(is_active=False)
    send()
    assert [notice.email for notice in Notice.objects.all()] == [registrar.email]


@pytest.mark.django_db
def test_only_those_who_speak_for_a_community_write_in_its_name(send: Send, stranger: User, registrar: User) -> None:
    for somebody in (stranger, registrar):
        with pytest.raises(NotAllowed):
            send(by=Actor.of(somebody))
    assert (Introduction.objects.count(), Notice.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("message", ["", "  \n", "x" * 2001, "A\x00B"])
def test_a_letter_needs_words_that_can_be_read(send: Send, message: str) -> None:
    with pytest.raises(Invalid) as refused:
        send(message=message)
    assert set(refused.value.errors) == {"message"}


@pytest.mark.django_db
def test_who_has_written_already_waits_for_an_answer(send: Send, registrar: User) -> None:
    first = send()
    with pytest.raises(WrongState, match="already"):
        send()
    introductions.note(
        introduction_id=first.pk, by=Actor.of(registrar), on=TODAY, state=IntroductionState.NOTHING, note="No money"
    )
    assert send().pk != first.pk
    with pytest.raises(WrongState, match="later"):
        introductions.note(introduction_id=first.pk, by=Actor.of(registrar), on=TODAY, state=IntroductionState.TALKING)


@pytest.mark.django_db
def test_a_search_that_is_over_is_not_answered(send: Send, seeker: Jurisdiction) -> None:
    with pytest.raises(WrongState):
        send(on=date(2028, 1, 1))


@pytest.mark.django_db
def test_partners_are_not_introduced_to_each_other(send: Send, seeker: Jurisdiction, irondequoit: Jurisdiction) -> None:
    cast.registered([irondequoit, seeker])
    with pytest.raises(WrongState, match="open affiliation"):
        send()


@pytest.mark.django_db
def test_a_board_is_no_mailing_list(send: Send, monkeypatch: pytest.MonkeyPatch, poltava: Jurisdiction) -> None:
    monkeypatch.setattr(introductions, "MOST_A_WEEK", 1)
    by = Actor.of(cast.representative(poltava))
    seeking.publish(jurisdiction_id=poltava.pk, by=by, on=TODAY, said=WishText(text="Farms"))
    send()
    with pytest.raises(WrongState, match="this week"):
        send(seeker_id=poltava.pk)
    assert send(seeker_id=poltava.pk, on=date(2026, 12, 2)).seeker == poltava


@pytest.mark.django_db
def test_staff_note_the_outcome_and_others_do_not(send: Send, clerk: User, auditor: User, stranger: User) -> None:
    made = send()
    for somebody in (auditor, stranger):
        with pytest.raises(NotAllowed):
            introductions.note(introduction_id=made.pk, by=Actor.of(somebody), on=TODAY, state="agreed")
    introductions.note(introduction_id=made.pk, by=Actor.of(clerk), on=TODAY, state="agreed", note="Signed in May")
    made.refresh_from_db()
    assert (made.state, made.note, made.noted_on) == ("agreed", "Signed in May", TODAY)
    assert LedgerEntry.objects.filter(act="introduction.noted", was="sent", now="agreed").exists()


@pytest.mark.django_db
def test_the_database_refuses_a_second_open_one_and_one_with_oneself(send: Send, stranger: User) -> None:
    made = send()
    usual = {"message": "Hello", "sent_by": stranger, "sent_on": TODAY}
    for seeker, interested in ((made.seeker, made.interested), (made.seeker, made.seeker)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Introduction.objects.create(seeker=seeker, interested=interested, **usual)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_letters_at_once_one_is_sent(send: Send) -> None:
    answers = at_once(send, send)
    assert sorted(type(answer).__name__ for answer in answers) == ["Introduction", "WrongState"]
    assert Notice.objects.filter(kind=NoticeKind.INTEREST_EXPRESSED).count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_write_to_each_other_at_once_do_not_wait_for_each_other(
    send: Send, seeker: Jurisdiction, irondequoit: Jurisdiction, representative_of_irondequoit: User
) -> None:
    by = Actor.of(representative_of_irondequoit)
    seeking.publish(jurisdiction_id=irondequoit.pk, by=by, on=TODAY, said=WishText(text="A port, too"))
    kenji = Actor.of(User.objects.get(email="kenji@example.org"))
    answers = at_once(send, lambda: send(seeker_id=irondequoit.pk, interested_id=seeker.pk, by=kenji))
    assert [type(answer).__name__ for answer in answers] == ["Introduction", "Introduction"]
