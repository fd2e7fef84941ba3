"""The edges of what a year's rules say: the last day and hour of a call, birthdays around it, days of other places."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from partnerships.exceptions import Unmet
from partnerships.models import Jurisdiction, User
from partnerships.services.access import Actor
from programs.exceptions import CallNotOpen
from programs.models import Activity, Participation
from programs.rules.instants import instant
from programs.services import participations
from tests import cast
from tests.programs import cast as troupe
from tests.programs import students
from tests.programs.services.test_participations import concert

pytestmark = pytest.mark.django_db
NEW_YORK = "America/New_York"
#: 23:30 on 1 April in New York, 12:30 on 2 April in Tokyo.
CLOSES = datetime(2026, 4, 2, 3, 30, tzinfo=UTC)


@pytest.fixture
def town() -> Jurisdiction:
    return cast.jurisdiction("Irondequoit")


@pytest.fixture
def clerk(town: Jurisdiction) -> User:
    return cast.representative(town)


def ages(zone: str, births: list[date], town: Jurisdiction, clerk: User, closes: datetime = CLOSES) -> list[int | None]:
    cycle = students.showcase(ages_on=None, closes_at=closes, opens_at=closes - timedelta(days=30), time_zone=zone)
    made = troupe.application(cycle, town, clerk, at=closes - timedelta(days=1))
    return [students.student(made, clerk, birth_date=birth).age for birth in births]


BIRTHS = [date(2013, 3, 31), date(2013, 4, 1), date(2013, 4, 2), date(2013, 4, 3)]


@pytest.mark.parametrize(("zone", "expected"), [(NEW_YORK, [13, 13, 12, 12]), ("Asia/Tokyo", [13, 13, 13, 12])])
def test_an_age_is_counted_on_the_last_day_of_the_call_where_the_call_is(
    zone: str, expected: list[int], town: Jurisdiction, clerk: User
) -> None:
    """The day before that day, on it, and after it."""
    assert ages(zone, BIRTHS, town, clerk) == expected


@pytest.mark.parametrize(
    ("closes", "expected"),
    [
        (datetime(2026, 2, 28, 23, 30), 13),  # noqa: DTZ001 - by the clocks of New York
        (datetime(2026, 3, 1, 0, 0), 13),  # noqa: DTZ001 - midnight still belongs to 28 February
        (datetime(2026, 3, 1, 0, 1), 14),  # noqa: DTZ001
    ],
)
def test_who_was_born_on_29_february_is_a_year_older_from_1_march(
    closes: datetime, expected: int, town: Jurisdiction, clerk: User
) -> None:
    assert ages(NEW_YORK, [date(2012, 2, 29)], town, clerk, instant(closes, NEW_YORK)) == [expected]


@pytest.mark.parametrize(
    ("day", "by_utc"),
    [
        (date(2026, 3, 7), datetime(2026, 3, 8, 4, 59, tzinfo=UTC)),
        (date(2026, 3, 8), datetime(2026, 3, 9, 3, 59, tzinfo=UTC)),
        (date(2026, 10, 31), datetime(2026, 11, 1, 3, 59, tzinfo=UTC)),
        (date(2026, 11, 1), datetime(2026, 11, 2, 4, 59, tzinfo=UTC)),
    ],
    ids=["eve of summer time", "summer time begins", "eve of winter time", "winter time begins"],
)
def test_a_call_that_closes_at_2359_does_so_by_the_clocks_of_that_day(
    day: date, by_utc: datetime, town: Jurisdiction, clerk: User
) -> None:
    closes = instant(datetime.combine(day, datetime.min.time()).replace(hour=23, minute=59), NEW_YORK)
    assert closes == by_utc
    cycle = troupe.cycle(opens_at=closes - timedelta(days=30), closes_at=closes)
    made = troupe.application(cycle, town, clerk, at=closes - timedelta(days=1))
    concert(made)
    with pytest.raises(CallNotOpen):
        participations.submit(participation_id=made.pk, by=Actor.of(clerk), at=by_utc)
    just_before = by_utc - timedelta(microseconds=1)
    assert participations.submit(participation_id=made.pk, by=Actor.of(clerk), at=just_before).state == "accepted"


def of_concert(town: Jurisdiction, clerk: User, **values: object) -> Participation:
    made = troupe.application(troupe.cycle(), town, clerk)
    concert(made, **values)
    return made


@pytest.mark.parametrize(
    ("starts_at", "zone", "fits"),
    [
        (datetime(2026, 9, 10, 11, 59, tzinfo=UTC), "Pacific/Auckland", False),
        (datetime(2026, 9, 10, 12, 0, tzinfo=UTC), "Pacific/Auckland", True),
        (datetime(2026, 9, 12, 9, 59, tzinfo=UTC), "Pacific/Honolulu", True),
        (datetime(2026, 9, 12, 10, 0, tzinfo=UTC), "Pacific/Honolulu", False),
    ],
)
def test_11_september_is_that_of_the_venue_from_its_first_minute_to_its_last(
    starts_at: datetime, zone: str, fits: bool, town: Jurisdiction, clerk: User
) -> None:
    made = of_concert(town, clerk, starts_at=starts_at, time_zone=zone)
    if fits:
        done = participations.submit(participation_id=made.pk, by=Actor.of(clerk), at=troupe.DURING)
        assert done.state == "accepted"
        return
    with pytest.raises(Unmet, match="the concerts are on 09-11"):
        participations.submit(participation_id=made.pk, by=Actor.of(clerk), at=troupe.DURING)


@pytest.mark.parametrize("detail", [{"free": False}, {}])
def test_a_concert_that_is_not_free_is_no_part_of_it(
    detail: dict[str, object], town: Jurisdiction, clerk: User
) -> None:
    made = of_concert(town, clerk, detail={"performers": ["Town band"], **detail})
    with pytest.raises(Unmet, match="the concerts are free"):
        participations.submit(participation_id=made.pk, by=Actor.of(clerk), at=troupe.DURING)
    assert Activity.objects.count() == 1
