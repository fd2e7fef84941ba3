"""Once a year: is it still active? Who is asked, when, once, and what one answer changes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.choices import Act, NoticeKind, PartnerAnswer
from partnerships.exceptions import Invalid, Missing, NotAllowed, WrongState
from partnerships.models import (
    Affiliation,
    Confirmation,
    Contact,
    Jurisdiction,
    LedgerEntry,
    Milestone,
    Notice,
    Organisation,
    PartnerRequest,
    RegisterEntry,
    Representation,
    User,
)
from partnerships.rules.dates import PartialDate
from partnerships.services import affiliations, confirmations, letters, links, reminders
from partnerships.services.access import Actor
from partnerships.services.confirmations import Reached
from tests import cast
from tests.partnerships.services.test_races import at_once, split

pytestmark = pytest.mark.django_db

CONFIRMED = date(2025, 11, 24)
DUE = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = DUE.date()


@pytest.fixture
def sisters(irondequoit: Jurisdiction, poltava: Jurisdiction) -> Affiliation:
    """Last confirmed a year before the day that is due."""
    cast.registered([irondequoit, poltava])
    Affiliation.objects.update(last_confirmed_on=CONFIRMED)
    return Affiliation.objects.get()


@pytest.fixture
def kateryna(poltava: Jurisdiction) -> Contact:
    """How Poltava is reached; nobody there has an account."""
    office = Organisation.objects.create(name="City council", jurisdiction=poltava)
    return Contact.objects.create(organisation=office, name="Kateryna", email="kateryna@poltava.example")


@pytest.fixture
def asked(sisters: Affiliation, kateryna: Contact) -> Confirmation:
    confirmations.ask_due(DUE)
    return Confirmation.objects.get(email=kateryna.email)


def token(asked: Confirmation) -> str:
    return links.sign(links.CONFIRMATION, asked.pk)


def say(asked: Confirmation, answer: str = "active", on: date = TODAY, **said: Any) -> Confirmation:
    return confirmations.answer(token=token(asked), answer=answer, on=on, **said)


def addresses() -> set[str]:
    return set(Confirmation.objects.values_list("email", flat=True))


@pytest.mark.parametrize(("days", "told"), [(-1, 0), (0, 2), (400, 2)])
def test_both_parties_are_asked_a_year_after_the_last_confirmation(
    sisters: Affiliation, kateryna: Contact, days: int, told: int
) -> None:
    assert confirmations.ask_due(DUE + timedelta(days=days)) == {"asked": told}
    own = Representation.objects.get(jurisdiction__name="Irondequoit").user.email
    assert addresses() == ({own, kateryna.email} if told else set())


def test_nobody_is_asked_twice_in_a_year_and_everybody_again_after_it(sisters: Affiliation, kateryna: Contact) -> None:
    for days in (0, 0, 1, 30, 364):
        confirmations.ask_due(DUE + timedelta(days=days))
    assert Notice.objects.filter(kind=NoticeKind.CONFIRMATION_ASKED).count() == 2
    assert confirmations.ask_due(DUE + timedelta(days=365)) == {"asked": 2}


def test_one_that_was_never_confirmed_is_asked_about_a_year_after_its_last_agreement(
    irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    cast.registered([irondequoit, poltava], on=CONFIRMED)
    assert Affiliation.objects.get().last_confirmed_on is None
    assert confirmations.ask_due(DUE - timedelta(days=1)) == {"asked": 0}
    assert confirmations.ask_due(DUE) == {"asked": 1}


def test_one_that_ended_or_that_nobody_can_be_asked_about_is_left_alone(sisters: Affiliation) -> None:
    Representation.objects.update(to_date=date(2026, 1, 1))
    assert confirmations.ask_due(DUE) == {"asked": 0}
    Representation.objects.update(to_date=None)
    cast.registered([sisters.first, sisters.second], act=Act.END)
    assert confirmations.ask_due(DUE + timedelta(days=1)) == {"asked": 0}


def test_a_partner_without_contacts_is_asked_where_it_answered_before_in_its_language(
    sisters: Affiliation, poltava: Jurisdiction
) -> None:
    PartnerRequest.objects.create(
        filing=sisters.agreements.get().filing,
        jurisdiction=poltava,
        email="o@poltava.example",
        language="uk",
        expires_at=timezone.now(),
        answer=PartnerAnswer.CONFIRMED,
        answered_at=timezone.now(),
    )
    confirmations.ask_due(DUE)
    assert Notice.objects.get(email="o@poltava.example").language == "uk"


def test_the_letter_says_what_is_asked_and_its_link_is_kept_nowhere(asked: Confirmation) -> None:
    notice = Notice.objects.get(email=asked.email)
    message = letters.write(notice)
    assert "Is it still active?" in message.subject
    assert "last confirmed on Nov. 24, 2025" in str(message.body)
    link = re.search(r"/still-active/(\S+)/", str(message.body))
    assert confirmations.read(link[1]) == asked  # type: ignore[index]
    assert link[1].partition(":")[2] not in str(notice.context)  # type: ignore[index]


def test_the_letters_of_a_run_go_out_with_it(sisters: Affiliation, kateryna: Contact) -> None:
    done = {row.duty: row for row in reminders.run_all(DUE)}
    assert (done["yearly confirmations"].counts, done["yearly confirmations"].error) == ({"asked": 2}, "")
    (letter,) = [sent for sent in mail.outbox if sent.to == [kateryna.email]]
    link = re.search(r"/still-active/(\S+)/", str(letter.body))
    assert confirmations.read(link[1]).email == kateryna.email  # type: ignore[index]


def test_a_hundred_affiliations_cost_no_more_statements_than_one(kateryna: Contact, poltava: Jurisdiction) -> None:
    def of(count: int, on: datetime) -> int:
        for _number in range(count):
            affiliations.create(first=poltava, second=cast.jurisdiction(country="DE"), kind="sister", fictional=False)
        for row in Affiliation.objects.filter(sides__isnull=True):
            affiliations.readmodels.keep(row, before=frozenset())
        with CaptureQueriesContext(connection) as statements:
            assert confirmations.ask_due(on) == {"asked": count}
        return len(statements)

    confirmations.ask_due(DUE - timedelta(days=1))
    most = of(1, DUE) + 2  # SQLite takes a hundred rows of each of two tables in two statements
    assert of(100, DUE + timedelta(days=1)) <= most <= 16


def test_yes_turns_the_light_green_by_one_entry_of_the_register(asked: Confirmation) -> None:
    say(asked)
    affiliation = Affiliation.objects.get()
    assert affiliation.last_confirmed_on == TODAY
    entry = RegisterEntry.objects.get(event="affiliation.confirmed")
    assert affiliation.changed_seq == entry.seq
    assert asked.email not in str(entry.payload)
    assert asked.email in LedgerEntry.objects.get(act="affiliation.confirmed").actor_name


def test_a_milestone_and_a_contact_count_at_once(asked: Confirmation, kateryna: Contact) -> None:
    say(
        asked,
        happened=PartialDate.parse("2026-06"),
        milestone="Twenty students came.",
        contact=Reached(name="Olena", email="olena@poltava.example"),
    )
    assert Milestone.objects.get().text == "Twenty students came."
    kateryna.refresh_from_db()
    assert (kateryna.name, kateryna.email, kateryna.public) == ("Olena", "olena@poltava.example", False)
    assert LedgerEntry.objects.get(act="contact.corrected").now == "name, email"


def test_what_is_registered_is_not_changed_but_asked_of_staff(asked: Confirmation, registrar: User) -> None:
    before = RegisterEntry.objects.count()
    say(asked, "request", request="It ended in 2020.")
    affiliation = Affiliation.objects.get()
    assert (affiliation.last_confirmed_on, affiliation.is_open) == (CONFIRMED, True)
    assert RegisterEntry.objects.count() == before
    told = Notice.objects.filter(kind=NoticeKind.CONFIRMATION_REQUEST, email=registrar.email).get()
    assert "It ended in 2020." in str(letters.write(told).body)


def test_staff_settle_a_request_once_and_say_what_was_done(asked: Confirmation, registrar: User, auditor: User) -> None:
    say(asked, request="The name is Poltava, not Poltawa.")
    with pytest.raises(NotAllowed):
        confirmations.settle(confirmation_id=asked.pk, by=Actor.of(auditor), on=TODAY, settlement="Done")
    confirmations.settle(confirmation_id=asked.pk, by=Actor.of(registrar), on=TODAY, settlement="Corrected.")
    with pytest.raises(WrongState, match="Already decided"):
        confirmations.settle(confirmation_id=asked.pk, by=Actor.of(registrar), on=TODAY, settlement="Again")


def test_a_link_takes_one_answer_until_its_last_day(asked: Confirmation) -> None:
    with pytest.raises(WrongState, match="no answer"):
        say(asked, on=asked.expires_on + timedelta(days=1))
    say(asked, on=asked.expires_on)
    with pytest.raises(WrongState, match="no answer"):
        say(asked, on=asked.expires_on)
    assert RegisterEntry.objects.filter(event="affiliation.confirmed").count() == 1


def test_a_link_about_one_affiliation_opens_no_other(asked: Confirmation, osaka: Jurisdiction) -> None:
    cast.registered([osaka, asked.affiliation.first])
    other = Affiliation.objects.exclude(pk=asked.affiliation_id).get()
    by = Actor.anonymous("Kateryna", asked_about=asked.affiliation_id)
    with pytest.raises(NotAllowed):
        affiliations.confirm(number=other.number, by=by, on=TODAY)
    for wrong in ("", "x" * 40, links.sign(links.PARTNER, asked.pk), links.sign(links.CONFIRMATION, 10**9)):
        with pytest.raises(Missing):
            confirmations.read(wrong)
        with pytest.raises(Missing):
            confirmations.answer(token=wrong, answer="active", on=TODAY)


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({"answer": "maybe"}, {"answer"}),
        ({"answer": "request"}, {"request"}),
        ({"milestone": "A visit"}, {"happened"}),
        ({"happened": PartialDate.parse("2026")}, {"milestone"}),
        ({"happened": PartialDate.parse("2999"), "milestone": "A visit"}, {"on"}),
        ({"contact": Reached(name="Olena", email="no address")}, {"email"}),
        ({"request": "NUL \x00"}, {"request"}),
    ],
)
def test_what_cannot_be_meant_is_said_and_nothing_is_half_saved(
    asked: Confirmation, said: dict[str, Any], fields: set[str]
) -> None:
    before = RegisterEntry.objects.count()
    with pytest.raises(Invalid) as refused:
        say(asked, **said)
    assert set(refused.value.errors) == fields
    asked.refresh_from_db()
    assert (asked.answer, RegisterEntry.objects.count(), Milestone.objects.count()) == ("", before, 0)


def test_the_database_keeps_an_answer_with_its_date_and_a_settlement_with_its_request(asked: Confirmation) -> None:
    for wrong in (
        {"answer": "active"},
        {"settled_on": TODAY, "settlement": "Done"},
        {"expires_on": asked.asked_on - timedelta(days=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Confirmation.objects.filter(pk=asked.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.create(
            affiliation=asked.affiliation,
            jurisdiction=asked.jurisdiction,
            email=asked.email,
            asked_on=asked.asked_on,
            expires_on=asked.expires_on,
        )


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_the_button_of_one_letter_one_confirms(asked: Confirmation) -> None:
    won, lost = split(
        at_once(lambda: say(asked, milestone="A visit", happened=PartialDate.parse("2026")), lambda: say(asked))
    )
    assert (len(won), len(lost)) == (1, 1)
    assert isinstance(lost[0], WrongState)
    assert RegisterEntry.objects.filter(event="affiliation.confirmed").count() == 1
    call_command("check_readmodels", stdout=StringIO())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_ask_once(sisters: Affiliation, kateryna: Contact) -> None:
    answers = at_once(*(lambda: confirmations.ask_due(DUE) for _run in range(4)))
    assert sorted(str(answer) for answer in answers) == ["{'asked': 0}"] * 3 + ["{'asked': 2}"]
    assert Confirmation.objects.count() == 2
    assert Notice.objects.filter(kind=NoticeKind.CONFIRMATION_ASKED).count() == 2
