"""Whatever a name is and however it is mangled on its way into the box, its bearer is found."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from partnerships.models import Agreement, Jurisdiction
from partnerships.rules import matching
from partnerships.selectors.search import search
from tests import cast

TODAY = date.today()  # noqa: DTZ011
pytestmark = pytest.mark.django_db
NAMES = (
    ("San Francisco", "US"),
    ("Saint-Étienne", "FR"),
    ("Київ", "UA"),
    ("大阪", "JP"),
    ("São Paulo", "BR"),
    ("Reykjavík", "IS"),
    ("Thessaloniki", "GR"),
    ("Győr", "HU"),
    ("Llanfairpwllgwyngyll", "GB"),
    ("St. Paul", "US"),
    ("القاهرة", "EG"),
)
LOOSELY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def places(db: None) -> dict[str, Jurisdiction]:
    return {name: cast.jurisdiction(name, country) for name, country in NAMES}


def found(text: str) -> list[int]:
    return [hit.party.id for hit in search(text, on=TODAY).communities]


name = st.sampled_from([name for name, _country in NAMES])


@st.composite
def mangled(draw: Any) -> tuple[str, str]:
    """The name in another case, other forms of its letters, without accents, its words in another order."""
    whole = draw(name)
    text = " ".join(draw(st.permutations(whole.split())))
    text = draw(st.sampled_from((str, str.upper, str.lower, str.swapcase)))(text)
    text = unicodedata.normalize(draw(st.sampled_from(("NFC", "NFD", "NFKC", "NFKD"))), text)
    if draw(st.booleans()):
        text = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return whole, draw(st.sampled_from(("", " ", "“", "  - "))) + text + draw(st.sampled_from(("", "  ", "!", "”")))


@given(given_text=mangled())
@LOOSELY
def test_case_accents_forms_and_order_do_not_matter(places: dict[str, Jurisdiction], given_text: Any) -> None:
    whole, text = given_text
    assert places[whole].pk in found(text)


@given(whole=name, length=st.integers(1, 30))
@LOOSELY
def test_an_unfinished_name_finds_it(places: dict[str, Jurisdiction], whole: str, length: int) -> None:
    text = matching.fold(whole)[:length].strip()
    assume(all(len(word) > 1 for word in text.split()))
    assert places[whole].pk in found(text)


@given(whole=name, data=st.data())
@LOOSELY
def test_one_slip_in_a_longer_word_is_forgiven(places: dict[str, Jurisdiction], whole: str, data: Any) -> None:
    words = matching.fold(whole).split()
    place = data.draw(st.integers(0, len(words) - 1))
    word = words[place]
    assume(len(word) >= 6)
    at = data.draw(st.integers(0, len(word) - 2))
    letter = data.draw(st.sampled_from("aeklmorst"))
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    words[place] = data.draw(st.sampled_from(slips))
    assert places[whole].pk in found(" ".join(words))


@given(text=st.text(max_size=300))
@LOOSELY
def test_no_text_breaks_it(sisters_of_poltava: Agreement, text: str) -> None:
    search(text.replace("\x00", ""), on=TODAY)


@pytest.fixture
def sisters_of_poltava(irondequoit: Jurisdiction, poltava: Jurisdiction) -> Agreement:
    return cast.registered([irondequoit, poltava])


@pytest.mark.usefixtures("sisters_of_poltava")
@pytest.mark.parametrize("text", ["mayro of poltava", "maior irondequoit", "Mayro Irondequiot"])
def test_somebody_who_signed_is_found_in_spite_of_a_slip(text: str) -> None:
    hits = search(text, on=TODAY).people
    assert hits
    assert all(hit.similar for hit in hits)
