"""The ten programs with the facts that public sources of Sister Cities International state (domain section 7).

What is not known is left empty, never invented. Figures stand as what somebody claims, with the source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SOURCE = "Public sources of Sister Cities International"
SCI = "Sister Cities International"


@dataclass(frozen=True)
class Figure:
    measure: str
    value: str
    unit: str
    on: str
    method: str = ""
    approximate: bool = False


@dataclass(frozen=True)
class Entry:
    """A pair that took part: keys are names of communities; ``promises`` are titles of deliverables."""

    pair: tuple[str, str]
    title: str
    summary: str = ""
    promises: tuple[str, ...] = ()
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Year:
    slug: str
    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    backers: tuple[tuple[str, str, str], ...] = ()
    categories: tuple[tuple[str, str], ...] = ()
    bands: tuple[tuple[str, int, int | None, str], ...] = ()
    quotas: tuple[tuple[int, tuple[str, ...]], ...] = ()
    figures: tuple[Figure, ...] = ()
    entries: tuple[Entry, ...] = ()
    closed: bool = True


@dataclass(frozen=True)
class Known:
    kind: str
    slug: str
    name: str
    summary: str
    since: str = ""
    backers: tuple[tuple[str, str], ...] = ()
    years: tuple[Year, ...] = ()


PROGRAMS = (
    Known(
        "concert",
        "september-concert",
        "September Concert",
        "Free concerts on 11 September, a yearly series in sister cities of the world.",
        backers=(("The September Concert", "partner"),),
        years=(
            Year(
                "2010",
                "2010",
                {"starts_on": "2010-09-11", "ends_on": "2010-09-11", "rules": {"day": "09-11"}},
                figures=(
                    Figure("Concerts", "200", "concerts", "2010-09-11"),
                    Figure("Cities in the United States", "30", "cities", "2010-09-11"),
                    Figure("Cities abroad", "45", "cities", "2010-09-11"),
                ),
            ),
        ),
    ),
    Known(
        "africa_grant",
        "africa-urban-poverty-alleviation",
        "Africa Urban Poverty Alleviation Program",
        "Grants to pairs of cities for water, sanitation and health in African cities.",
        since="2009",
        years=(
            Year(
                "2009",
                "2009 to 2012",
                {"starts_on": "2009", "description": "Launched in 2009 for three years."},
                categories=(("water", "Water"), ("sanitation", "Sanitation"), ("health", "Health")),
                figures=(
                    Figure("African cities", "25", "cities", "2009"),
                    Figure(
                        "People working on projects with drinking water",
                        "9100000",
                        "people",
                        "2021",
                        "Estimate",
                        approximate=True,
                    ),
                ),
            ),
        ),
    ),
    Known(
        "youth_ambassadors",
        "youth-ambassadors",
        "Youth Ambassador Program",
        "Students and adult mentors of Mexico, Canada and the United States, on exchanges of three weeks.",
        years=(
            Year(
                "record",
                "On record",
                {"description": "Three-week exchanges in both Mexico and the United States. No year is stated."},
            ),
        ),
    ),
    Known(
        "showcase",
        "young-artists-and-authors",
        "Young Artists and Authors Showcase",
        "A competition of works by young people, from a local round to a gallery.",
        years=(
            Year(
                "2026",
                "2026",
                {
                    "starts_on": "2026",
                    "age_from": 12,
                    "age_to": 18,
                    "ages_on": "2026-04-01",
                    "description": "Ages 12 to 18 at 1 April 2026; before, 13 to 18.",
                },
                quotas=((5, ("category", "partner", "age_group")),),
                closed=False,
            ),
        ),
    ),
    Known(
        "schools",
        "sister-schools",
        "Sister Schools",
        "Schools linked under an affiliation: letters, videos, webcasts and projects of their own.",
        years=(
            Year(
                "record",
                "On record",
                {"description": "In the classroom, across the school or after school. No year is stated."},
                closed=False,
            ),
        ),
    ),
    Known(
        "student_exchange",
        "student-exchange-partnership",
        "Student Exchange Partnership",
        "A member nominates and sponsors a high-school student of its partner city.",
        backers=(("American Cultural Exchange Service (ACES)", "partner"),),
        years=(
            Year(
                "record",
                "On record",
                {
                    "description": "For a semester or a year. No year is stated.",
                    "rules": {"lengths": ["semester", "year"]},
                },
                closed=False,
            ),
        ),
    ),
    Known(
        "sevlup",
        "sevlup",
        "SEVLUP grant",
        "One grant in two strands, each carried by a pair of communities.",
        years=(
            Year(
                "record",
                "On record",
                entries=(
                    Entry(
                        ("Gainesville", "Qalqilya"),
                        "Video dictionary of sign languages",
                        "A video dictionary of American and Palestinian sign language.",
                        ("Video dictionary of American and Palestinian sign language",),
                    ),
                    Entry(
                        ("Muscatine", "Ramallah"),
                        "Special education",
                        "Training and curricula for special education.",
                        ("Training in special education", "Curricula for special education"),
                    ),
                ),
            ),
        ),
    ),
    Known(
        "awards",
        "annual-awards",
        "Annual Awards",
        "Awards by category and size of the community, for members with a recognised sister affiliation.",
        years=(
            Year(
                "record",
                "Energy category",
                {"description": "The energy category is funded by the U.S. Department of Energy. No year is stated."},
                categories=(("energy", "Energy"),),
                backers=(("U.S. Department of Energy", "funder", "energy"),),
            ),
        ),
    ),
    Known(
        "open_world",
        "open-world",
        "Open World",
        "Delegations of leaders from abroad whom American communities receive.",
        backers=(("Open World Center", "funder"), ("World Serves of La Crosse", "partner")),
        since="2002",
        years=(
            Year(
                "2002",
                "Since 2002",
                {
                    "starts_on": "2002",
                    "description": "Leaders from Russia, Ukraine, Lithuania and Uzbekistan.",
                    "rules": {"delegation_countries": ["RU", "UA", "LT", "UZ"]},
                },
                figures=(Figure("Leaders hosted", "400", "people", "2002", "Nearly 400 since 2002", approximate=True),),
                closed=False,
            ),
        ),
    ),
    Known(
        "cyber",
        "cyber-sister-cities",
        "Cyber Sister Cities",
        "Technology partnerships of sister cities, with a sponsor.",
        backers=(("Citrix", "funder"),),
        years=(
            Year(
                "2006",
                "2006",
                {"starts_on": "2006"},
                entries=(
                    Entry(
                        ("Fort Lauderdale", "Agogo"),
                        "ICT centre in Agogo",
                        "A centre for information and communication technology, aquaculture and hydroponics.",
                        detail={"centre": "ICT centre", "centre_place": "Agogo"},
                    ),
                ),
            ),
        ),
    ),
)
