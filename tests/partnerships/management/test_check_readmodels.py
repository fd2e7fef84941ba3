"""``manage.py check_readmodels``: whatever is kept beside the record and is wrong is named, and put right."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from partnerships.models import (
    Affiliation,
    AffiliationSide,
    AffiliationTheme,
    Jurisdiction,
    Period,
    RegisterEntry,
    SignatoryWord,
    Tally,
)
from partnerships.selectors import register
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registered(
    irondequoit: Jurisdiction, poltava: Jurisdiction, san_francisco: Jurisdiction, osaka: Jurisdiction
) -> None:
    cast.registered([irondequoit, poltava], themes=["arts"])
    cast.registered([san_francisco, osaka], signed_on="1957", kind="friendship")


def check(**options: bool) -> str:
    out = StringIO()
    call_command("check_readmodels", stdout=out, **options)
    return out.getvalue()


def differences() -> str:
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("check_readmodels", stdout=out)
    assert caught.value.returncode == 1
    return out.getvalue()


BREAKAGES = {
    "periods": lambda: Period.objects.all().delete(),
    "sides": lambda: AffiliationSide.objects.filter(country="UA").update(since="1800"),
    "partner_folded": lambda: AffiliationSide.objects.filter(country="JP").update(partner_folded="x"),
    "missing side": lambda: AffiliationSide.objects.filter(country="UA").delete(),
    "themes": lambda: AffiliationTheme.objects.all().delete(),
    "total": lambda: Tally.objects.filter(country="JP").update(count=7),
    "missing total": lambda: Tally.objects.all().delete(),
    "total of nothing": lambda: Tally.objects.create(
        country="XX", partner_country="YY", kind="sister", standing="ended", count=1
    ),
    "open affiliations": lambda: Jurisdiction.objects.filter(name="Osaka").update(open_count=5),
    "words": lambda: SignatoryWord.objects.filter(word="mayor").delete(),
    "charter": lambda: Affiliation.objects.filter(first__name="Irondequoit").update(charter="tie"),
    "recognition": lambda: Affiliation.objects.update(recognised_from=date(1900, 1, 1), recognised_until=None),
    "standing": lambda: Affiliation.objects.filter(kind="sister").update(standing="suspended"),
    "kind": lambda: Affiliation.objects.filter(kind="sister").update(kind="friendship"),
    "since": lambda: Affiliation.objects.update(since="1901"),
}


def test_what_the_operations_keep_equals_a_recount() -> None:
    assert "equal a recount" in check()


@pytest.mark.parametrize("what", BREAKAGES)
def test_what_is_wrong_is_named(what: str) -> None:
    BREAKAGES[what]()
    word = {"partner_folded": "sides", "missing side": "sides", "missing total": "total", "total of nothing": "total"}
    assert f"{word.get(what, what)} of " in differences()


@pytest.mark.parametrize("what", BREAKAGES)
def test_what_is_wrong_is_put_right(what: str) -> None:
    BREAKAGES[what]()
    assert "equal a recount" in check(repair=True)


def test_a_repair_is_an_entry_of_the_register_because_pages_follow_its_head() -> None:
    Tally.objects.all().delete()
    before = register.head()
    check(repair=True)
    assert register.head()[0] == before[0] + 1
    assert RegisterEntry.objects.last().event == "register.recounted"
    assert register.verify() == register.head()


def test_where_nothing_is_wrong_a_repair_leaves_no_trace() -> None:
    before = register.head()
    assert "0 differences" in check(repair=True)
    assert register.head() == before


def test_a_recognition_that_has_run_out_is_not_wrong() -> None:
    affiliation = Affiliation.objects.get(first__name="Irondequoit")
    affiliation.first.membership_terms.update(paid_through=date(2020, 12, 31))
    Affiliation.objects.filter(pk=affiliation.pk).update(recognised_until=date(2020, 12, 31))
    assert "equal a recount" in check()
