"""Anniversaries: the right day, the right number of years, and a calendar that a calendar program reads."""

from __future__ import annotations

from datetime import date
from typing import Any

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships.models import Affiliation, AffiliationSide, Jurisdiction
from partnerships.rules.dates import PartialDate
from partnerships.selectors import anniversaries
from partnerships.selectors.anniversaries import Anniversary, AnniversaryCriteria
from tests import cast, crowd

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def since(text: str) -> Affiliation:
    (one,) = crowd.make(1, first_serial=Affiliation.objects.count() + 1)
    for model in (Affiliation.objects.filter(pk=one.pk), AffiliationSide.objects.filter(affiliation=one)):
        model.update(since=PartialDate.parse(text), standing="in_force")
    AffiliationSide.objects.filter(affiliation=one).update(is_open=True)
    return one


def found(first: date, beyond: date, **criteria: Any) -> list[Anniversary]:
    return anniversaries.between(first, beyond, AnniversaryCriteria(**criteria), on=TODAY)


def march(year: int, **criteria: Any) -> list[tuple[int, str]]:
    return [(one.years, str(one.on)) for one in found(date(year, 3, 1), date(year, 4, 1), **criteria)]


def test_a_month_has_those_that_began_in_it_so_many_years_before() -> None:
    for text in ("2002-03-01", "2002-03-31", "1977-03-10", "2002-04-01", "2002-02-28", "2003-03-10"):
        since(text)
    assert march(2027) == [(25, "2027-03-01"), (50, "2027-03-10"), (25, "2027-03-31")]
    assert (24, "2027-03-10") in march(2027, every=1)
    assert march(2027, every=10) == [(50, "2027-03-10")]


def test_what_is_known_to_a_month_or_a_year_is_told_without_a_day() -> None:
    since("2002-03")
    since("2002")
    assert march(2027) == [(25, "None")]
    january = found(date(2027, 1, 1), date(2027, 2, 1))
    assert [(one.years, one.on) for one in january] == [(25, None)]


def test_who_began_on_29_february_is_congratulated_on_the_28th() -> None:
    since("2004-02-29")
    (one,) = found(date(2029, 2, 1), date(2029, 3, 1))
    assert one.on == date(2029, 2, 28)


def test_a_span_over_new_year_is_in_the_order_of_its_days() -> None:
    for text in ("2002-01-05", "2001-12-24", "2001-11-25", "2002-11-23", "2002-11-24"):
        since(text)
    spanned = found(date(2026, 11, 24), date(2027, 11, 24))
    assert [str(one.on) for one in spanned] == ["2026-11-25", "2026-12-24", "2027-01-05", "2027-11-23"]


def test_every_day_of_a_year_is_in_one_month_and_no_other() -> None:
    crowd.make(400)
    months = [date(2026, month, 1) for month in range(1, 13)] + [date(2027, 1, 1)]
    by_month = [found(first, beyond, every=1) for first, beyond in zip(months, months[1:], strict=False)]
    numbers = [one.row.number for month in by_month for one in month]
    whole = Affiliation.objects.filter(standing="in_force", since__gt="", since__lt="2026")
    assert sorted(numbers) == sorted(whole.values_list("number", flat=True))


def test_places_narrow_it_down_and_each_is_told_once(osaka: Jurisdiction) -> None:
    home = cast.member(cast.jurisdiction("Home"))
    cast.registered([home, osaka], signed_on="2002-03-05")
    for criteria in ({"countries": ("JP", "US")}, {"jurisdictions": (osaka.pk, home.pk)}, {"countries": ("US",)}):
        assert march(2027, **criteria) == [(25, "2027-03-05")], criteria
    assert march(2027, countries=("FR",)) == []


def test_the_page_shows_a_month_and_leads_to_the_next(client: Client, osaka: Jurisdiction) -> None:
    cast.registered([cast.member(cast.jurisdiction("Home")), osaka], signed_on="2002-03-05")
    page = client.get("/anniversaries/?month=2027-03&country=JP").text
    assert "Osaka" in page
    assert 'href="?month=2027-04&amp;country=JP"' in page
    assert 'href="/anniversaries.ics?country=JP"' in page
    assert "No anniversary in this month" in client.get("/anniversaries/?month=2027-05").text
    with CaptureQueriesContext(connection) as queries:
        client.get("/anniversaries/?month=2027-03")
    assert len(queries) <= 3


@pytest.mark.parametrize("query", ["month=2027-13", "month=soon", "country=QQ", "every=7", "colour=blue"])
def test_what_cannot_be_asked_is_said(client: Client, query: str) -> None:
    for path in ("/anniversaries/", "/anniversaries.ics"):
        assert client.get(f"{path}?{query}").status_code == 400


def test_a_calendar_program_reads_the_calendar(client: Client, osaka: Jurisdiction) -> None:
    from django.utils import timezone

    year = timezone.localdate().year - 25
    day = date(year, timezone.localdate().month, 28)
    cast.registered([cast.member(cast.jurisdiction("Home, Upper; Lower")), osaka], signed_on=str(day))
    answer = client.get(f"/anniversaries.ics?jurisdiction={osaka.pk}")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    assert event["SUMMARY"].endswith(": 25 years")
    assert "Upper; Lower" in event["SUMMARY"]
    assert (event.decoded("DTEND") - event.decoded("DTSTART")).days == 1
    assert (
        client.get(
            "/anniversaries.ics", headers={"If-None-Match": client.get("/anniversaries.ics")["ETag"]}
        ).status_code
        == 304
    )
