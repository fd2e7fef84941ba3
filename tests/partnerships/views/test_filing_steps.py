"""The steps save what they hold, go on, and say at the field what cannot be kept."""

from __future__ import annotations

from typing import Any

import pytest

from partnerships.choices import Act, FilingState
from partnerships.models import Filing, Jurisdiction, LedgerEntry, User
from partnerships.services import filings, review
from partnerships.services.access import Actor
from tests import cast
from tests.partnerships.views.paths import lines, signed_in, step, text

pytestmark = pytest.mark.django_db

MAYOR = {"name": "Fredrick W. Lapple", "office": "Supervisor", "capacity": "chief_elected", "signed_on": ""}
TERMS = {"act": "establish", "kind": "sister", "signed_on": "June 29, 1992"}


@pytest.fixture
def draft(representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction) -> Filing:
    by = Actor.of(representative_of_irondequoit)
    filing = filings.start(by=by, act=Act.ESTABLISH, jurisdiction_id=irondequoit.pk)
    return filings.save_parties(filing_id=filing.pk, by=by, jurisdiction_ids=[irondequoit.pk, poltava.pk])


def test_start_makes_a_draft_for_ones_community(representative_of_irondequoit: User, irondequoit: Jurisdiction) -> None:
    client = signed_in(representative_of_irondequoit)
    answer = client.post("/file/", {"community": irondequoit.pk, "act": "establish", "kind": "friendship"})
    filing = Filing.objects.get()
    assert answer.url == step(filing, "parties")
    assert (filing.kind, filing.state, filing.on_behalf_of) == ("friendship", FilingState.DRAFT, irondequoit)


def test_start_for_somebody_elses_community_is_refused(
    representative_of_irondequoit: User, irondequoit: Jurisdiction, san_francisco: Jurisdiction
) -> None:
    client = signed_in(representative_of_irondequoit)
    answer = client.post("/file/", {"community": san_francisco.pk, "act": "establish", "kind": "sister"})
    assert answer.status_code == 200
    assert not Filing.objects.exists()


def test_start_from_an_affiliation_names_both_parties(irondequoit: Jurisdiction, poltava: Jurisdiction) -> None:
    agreement = cast.registered([irondequoit, poltava])
    number = agreement.affiliations.get().number
    client = signed_in(cast.representative(irondequoit))
    shown = client.get("/file/", {"community": irondequoit.pk, "affiliation": number, "act": "suspend"})
    assert f"Suspend: Irondequoit – Poltava ({number})" in text(shown)
    said = {"community": irondequoit.pk, "affiliation": number, "act": "suspend", "kind": "sister"}
    answer = client.post("/file/", said)
    filing = Filing.objects.get(act="suspend")
    assert answer.url == step(filing, "terms")
    assert {row.jurisdiction for row in filing.party_rows.all()} == {irondequoit, poltava}


def test_terms_are_kept_as_they_were_meant(draft: Filing, representative_of_irondequoit: User) -> None:
    client = signed_in(representative_of_irondequoit)
    said = {**TERMS, "perpetual": "on", "place": "Poltava", "languages_0": "en", "languages_1": "uk"}
    answer = client.post(step(draft, "terms"), said)
    draft.refresh_from_db()
    assert answer.url == step(draft, "signatories")
    assert str(draft.signed_on) == "1992-06-29"
    assert (draft.perpetual, draft.place, draft.languages) == (True, "Poltava", ["en", "uk"])


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("signed_on", "", "the year is enough"),
        ("signed_on", "6/7/1992", "two different days"),
        ("signed_on", "2999", "still to come"),
        ("signed_on", "1 Jan 1776", "from 1900 on"),
        ("signed_on", "\x00", "Null characters"),
        ("signed_on", "9" * 10_000, "Write a date"),
        ("effective_on", "soon", "Write a date"),
        ("term_end", "2030", "whole date"),
        ("place", "x" * 10_000, "at most 200 characters"),
        ("title", "An\x00nex", "cannot be read"),
        ("act", "marry", "Select a valid choice"),
        ("kind", "", "This field is required"),
        ("languages_0", "klingon", "Select a valid choice"),
    ],
)
def test_bad_terms_are_told_at_their_field_and_nothing_is_saved(
    draft: Filing, representative_of_irondequoit: User, field: str, typed: str, said: str
) -> None:
    answer = signed_in(representative_of_irondequoit).post(
        step(draft, "terms"), {**TERMS, "place": "Rochester", **{field: typed}}
    )
    assert answer.status_code == 200
    form = answer.context["form"]
    assert said in str(form.errors[field.partition("_0")[0]])
    assert form["signed_on" if field != "signed_on" else "act"].value()
    assert ("Rochester" in answer.content.decode()) or field == "place"
    draft.refresh_from_db()
    assert (draft.signed_on, draft.place) == (None, "")


def test_a_term_that_never_expires_and_ends_is_refused_by_the_service_and_kept_as_typed(
    draft: Filing, representative_of_irondequoit: User
) -> None:
    said = {**TERMS, "perpetual": "on", "term_end": "31 December 2030"}
    answer = signed_in(representative_of_irondequoit).post(step(draft, "terms"), said)
    assert "never expires has no end of term" in text(answer)
    assert 'value="31 December 2030"' in answer.content.decode()
    draft.refresh_from_db()
    assert draft.signed_on is None


def test_come_back_later_saves_what_is_there_without_asking_for_the_rest(
    draft: Filing, representative_of_irondequoit: User
) -> None:
    client = signed_in(representative_of_irondequoit)
    answer = client.post(step(draft, "terms"), {**TERMS, "signed_on": "", "place": "Poltava", "then": "later"})
    draft.refresh_from_db()
    assert answer.url == f"/filings/{draft.pk}/"
    assert draft.place == "Poltava"
    assert "Saved" in text(client.get(answer.url))


def test_an_act_of_one_side_asks_who_says_so(
    draft: Filing, representative_of_irondequoit: User, poltava: Jurisdiction
) -> None:
    client = signed_in(representative_of_irondequoit)
    assert client.post(step(draft, "terms"), {**TERMS, "act": "end"}).url == step(draft, "terms")
    assert "Who says so?" in text(client.get(step(draft, "terms")))
    client.post(step(draft, "terms"), {**TERMS, "act": "end", "declared_by_id": poltava.pk})
    draft.refresh_from_db()
    assert draft.declared_by == poltava


def test_signatories_of_every_party_are_kept(
    draft: Filing, representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    kukoba = {**MAYOR, "name": "Анатолій Кукоба", "signed_on": "1992"}
    said = {**lines(irondequoit, MAYOR, {"name": ""}), **lines(poltava, kukoba)}
    answer = signed_in(representative_of_irondequoit).post(step(draft, "signatories"), said)
    assert answer.url == step(draft, "documents")
    assert list(draft.signatories.values_list("name", "jurisdiction")) == [
        ("Fredrick W. Lapple", irondequoit.pk),
        ("Анатолій Кукоба", poltava.pk),
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Write the name of the person"),
        ({"capacity": ""}, "Choose in what capacity"),
        ({"capacity": "king"}, "Select a valid choice"),
        ({"name": "x" * 10_000}, "at most 200 characters"),
        ({"office": "May\x00or"}, "cannot be read"),
        ({"signed_on": "2999"}, "still to come"),
    ],
)
def test_a_wrong_line_is_told_at_its_place_and_the_others_stay(
    draft: Filing,
    representative_of_irondequoit: User,
    irondequoit: Jurisdiction,
    poltava: Jurisdiction,
    wrong: dict[str, str],
    said: str,
) -> None:
    fields = {**lines(irondequoit, MAYOR), **lines(poltava, {**MAYOR, "name": "Kukoba", **wrong})}
    answer = signed_in(representative_of_irondequoit).post(step(draft, "signatories"), fields)
    (line,) = answer.context["form"].wrong
    assert line.prefix == f"party{poltava.pk}-0"
    assert said in str(line.errors)
    assert "Fredrick W. Lapple" in answer.content.decode()
    assert not draft.signatories.exists()


def test_one_more_line_and_one_less_keep_everything_typed(
    draft: Filing, representative_of_irondequoit: User, irondequoit: Jurisdiction
) -> None:
    client = signed_in(representative_of_irondequoit)
    half = {"name": "", "office": "Clerk", "signed_on": "6/7/1992"}
    more = client.post(step(draft, "signatories"), {**lines(irondequoit, MAYOR, half), "do": f"add-{irondequoit.pk}"})
    shown = next(row for row in more.context["form"].parties if row.party == irondequoit)
    assert [form["office"].value() for form in shown.forms] == ["Supervisor", "Clerk", None]
    assert "There is something to correct" not in text(more)
    less = client.post(
        step(draft, "signatories"), {**lines(irondequoit, MAYOR, half), "do": f"drop-{irondequoit.pk}-0"}
    )
    shown = next(row for row in less.context["form"].parties if row.party == irondequoit)
    assert [form["signed_on"].value() for form in shown.forms] == ["6/7/1992"]


@pytest.mark.parametrize("count", ["-1", "many", "99999999999999999999", "60"])
def test_a_count_of_lines_that_nobody_meant_breaks_nothing(
    draft: Filing, representative_of_irondequoit: User, irondequoit: Jurisdiction, count: str
) -> None:
    fields = {**lines(irondequoit, MAYOR), f"lines-{irondequoit.pk}": count}
    assert signed_in(representative_of_irondequoit).post(step(draft, "signatories"), fields).status_code in (200, 302)


def test_reasons_themes_and_story_are_kept(draft: Filing, representative_of_irondequoit: User) -> None:
    client = signed_in(representative_of_irondequoit)
    story = "Schools began it.\r\nעם כל הלב"
    client.post(step(draft, "reasons"), {"reasons": ["diaspora"], "themes": ["youth", "arts"], "story": story})
    draft.refresh_from_db()
    assert (draft.reasons, draft.themes) == (["diaspora"], ["youth", "arts"])
    assert draft.story == "Schools began it.\nעם כל הלב"


@pytest.mark.parametrize(
    ("said", "field"),
    [({"reasons": ["love"]}, "reasons"), ({"story": "x" * 5001}, "story"), ({"story": "a\x07b"}, "story")],
)
def test_bad_reasons_are_told_at_their_field(
    draft: Filing, representative_of_irondequoit: User, said: dict[str, Any], field: str
) -> None:
    answer = signed_in(representative_of_irondequoit).post(step(draft, "reasons"), {"themes": ["arts"], **said})
    assert field in answer.context["form"].errors
    draft.refresh_from_db()
    assert draft.themes == []


def test_steps_show_what_is_filled_in_and_where_something_is_missing(
    draft: Filing, representative_of_irondequoit: User, irondequoit: Jurisdiction
) -> None:
    client = signed_in(representative_of_irondequoit)
    client.post(step(draft, "signatories"), lines(irondequoit, MAYOR))
    steps = {row["url"]: row["state"] for row in client.get(step(draft, "terms")).context["steps"]}
    assert steps == {
        step(draft, "parties"): "done",
        step(draft, "terms"): "current",
        step(draft, "signatories"): "problem",
        step(draft, "documents"): "todo",
        step(draft, "reasons"): "todo",
        step(draft, "check"): "todo",
    }


def test_a_filing_that_was_handed_in_sends_its_steps_to_the_status_page(
    representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    filing = cast.submitted(representative_of_irondequoit, [irondequoit, poltava])
    client = signed_in(representative_of_irondequoit)
    for name in ("parties", "terms", "signatories", "documents", "reasons", "check"):
        assert client.get(step(filing, name)).url == f"/filings/{filing.pk}/"
    client.post(step(filing, "terms"), {**TERMS, "place": "Elsewhere"})
    filing.refresh_from_db()
    assert filing.place == ""


def test_a_returned_filing_shows_what_is_asked_on_every_step(
    representative_of_irondequoit: User, irondequoit: Jurisdiction, poltava: Jurisdiction, registrar: User
) -> None:
    filing = cast.submitted(representative_of_irondequoit, [irondequoit, poltava])
    review.take(filing_id=filing.pk, by=Actor.of(registrar))
    review.return_(filing_id=filing.pk, by=Actor.of(registrar), comment="Scan page two again.")
    client = signed_in(representative_of_irondequoit)
    for name in ("parties", "terms", "signatories", "documents", "reasons", "check"):
        assert "Scan page two again." in text(client.get(step(filing, name)))
    assert client.post(step(filing, "check"), {"then": "submit"}).url == f"/filings/{filing.pk}/"
    filing.refresh_from_db()
    assert filing.state == FilingState.SUBMITTED


def test_nobody_else_sees_any_page_of_a_filing(draft: Filing, stranger: User, san_francisco: Jurisdiction) -> None:
    written = LedgerEntry.objects.count()
    for user in (stranger, cast.representative(san_francisco)):
        client = signed_in(user)
        for name in ("parties", "terms", "signatories", "documents", "reasons", "check", "withdraw", "ask"):
            assert client.get(step(draft, name)).status_code == 404
            assert client.post(step(draft, name), TERMS).status_code == 404
        assert client.get(f"/filings/{draft.pk}/").status_code == 404
    assert LedgerEntry.objects.count() == written


def test_a_number_that_no_filing_has_is_not_found(representative_of_irondequoit: User) -> None:
    client = signed_in(representative_of_irondequoit)
    for number in ("0", "99999999999999999999999999"):
        assert client.get(f"/filings/{number}/").status_code == 404
        assert client.get(f"/filings/{number}/terms/").status_code == 404
