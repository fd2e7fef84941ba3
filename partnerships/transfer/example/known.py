"""Partnerships that are real, as far as public sources of Sister Cities International state them.

What is not known is left empty, never invented: most have no date here, one names its signatories. Of the places,
coordinates and population come from GeoNames (CC BY 4.0).
"""

from __future__ import annotations

from partnerships.choices import ClaimFact, JurisdictionKind, MilestoneKind, SignatoryCapacity, Theme
from partnerships.transfer.example.shapes import Community, Event, Law, Paper, Signer, Statement

SOURCE = "Public sources of Sister Cities International"

COMMUNITIES = {
    "agogo": Community(
        "Agogo",
        "GH",
        "GH-AH",
        "Ashanti",
        kind=JurisdictionKind.TOWN,
        geonames_id=2305537,
        latitude="6.80004",
        longitude="-1.08193",
        population=46089,
    ),
    "bologna": Community(
        "Bologna",
        "IT",
        "IT-45",
        "Emilia-Romagna",
        geonames_id=3181928,
        latitude="44.49381",
        longitude="11.33875",
        population=394843,
    ),
    "bristol": Community(
        "Bristol",
        "GB",
        "GB-ENG",
        "England",
        geonames_id=2654675,
        latitude="51.45523",
        longitude="-2.59665",
        population=479024,
    ),
    "chicago": Community(
        "Chicago",
        "US",
        "US-IL",
        "Illinois",
        geonames_id=4887398,
        latitude="41.85003",
        longitude="-87.65005",
        population=2664452,
    ),
    "fort-lauderdale": Community(
        "Fort Lauderdale",
        "US",
        "US-FL",
        "Florida",
        geonames_id=4155966,
        latitude="26.12231",
        longitude="-80.14338",
        population=183146,
    ),
    "gainesville": Community(
        "Gainesville",
        "US",
        "US-FL",
        "Florida",
        geonames_id=4156404,
        latitude="29.65163",
        longitude="-82.32483",
        population=145214,
    ),
    "hanover": Community(
        "Hanover",
        "DE",
        "DE-NI",
        "Niedersachsen",
        native_name="Hannover",
        geonames_id=2910831,
        latitude="52.37052",
        longitude="9.73322",
        population=515140,
    ),
    "irondequoit": Community(
        "Irondequoit",
        "US",
        "US-NY",
        "New York",
        kind=JurisdictionKind.TOWN,
        geonames_id=5122331,
        latitude="43.21340",
        longitude="-77.57972",
        population=51692,
    ),
    "muscatine": Community(
        "Muscatine",
        "US",
        "US-IA",
        "Iowa",
        geonames_id=4868404,
        latitude="41.42447",
        longitude="-91.04321",
        population=23968,
    ),
    "osaka": Community(
        "Osaka",
        "JP",
        "JP-27",
        "Osaka",
        native_name="大阪",
        geonames_id=1853909,
        latitude="34.69379",
        longitude="135.50107",
        population=2753862,
    ),
    "poltava": Community(
        "Poltava",
        "UA",
        "UA-53",
        "Poltavska oblast",
        native_name="Полтава",
        geonames_id=696643,
        latitude="49.58925",
        longitude="34.55367",
        population=279593,
    ),
    "portland": Community(
        "Portland",
        "US",
        "US-OR",
        "Oregon",
        geonames_id=5746545,
        latitude="45.52345",
        longitude="-122.67621",
        population=652503,
    ),
    "qalqilya": Community(
        "Qalqilya",
        "PS",
        "PS-QQA",
        "Qalqilya",
        native_name="قلقيلية",
        geonames_id=282457,
        latitude="32.18966",
        longitude="34.97063",
        population=43212,
    ),
    "ramallah": Community(
        "Ramallah",
        "PS",
        "PS-RBH",
        "Ramallah",
        native_name="رام الله",
        geonames_id=282239,
        latitude="31.89964",
        longitude="35.20422",
        population=43880,
    ),
    "san-francisco": Community(
        "San Francisco",
        "US",
        "US-CA",
        "California",
        geonames_id=5391959,
        latitude="37.77493",
        longitude="-122.41942",
        population=827526,
    ),
    "toledo-ohio": Community(
        "Toledo",
        "US",
        "US-OH",
        "Ohio",
        geonames_id=5174035,
        latitude="41.66394",
        longitude="-83.55521",
        population=265638,
    ),
    "toledo-spain": Community(
        "Toledo",
        "ES",
        "ES-TO",
        "Toledo",
        geonames_id=2510409,
        latitude="39.85810",
        longitude="-4.02263",
        population=86526,
    ),
    "warsaw": Community(
        "Warsaw",
        "PL",
        "PL-14",
        "Mazowieckie",
        native_name="Warszawa",
        geonames_id=756135,
        latitude="52.22977",
        longitude="21.01178",
        population=1702139,
    ),
}

PAPERS = (
    Paper(("toledo-ohio", "toledo-spain"), signed_on="1931"),
    Paper(
        ("bristol", "hanover"),
        signed_on="1947",
        story="Older than Sister Cities International, and without a community in the United States.",
    ),
    Paper(("san-francisco", "osaka"), signed_on="1957"),
    # The sources name both signatories, not their offices. An agreement is signed by the highest elected official of
    # each community, which is the capacity entered here.
    Paper(
        ("irondequoit", "poltava"),
        signed_on="1992-06-29",
        perpetual=True,
        signers=(
            Signer("irondequoit", "Fredrick W. Lapple", SignatoryCapacity.CHIEF_ELECTED),
            Signer("poltava", "Anatonij Kukoba", SignatoryCapacity.CHIEF_ELECTED),
        ),
    ),
    Paper(("portland", "bologna")),
    Paper(("chicago", "warsaw")),
    Paper(
        ("gainesville", "qalqilya"),
        story="A strand of the SEVLUP grant: a video dictionary of American and Palestinian sign language.",
    ),
    Paper(
        ("muscatine", "ramallah"),
        themes=(Theme.YOUTH,),
        story="A strand of the SEVLUP grant: training and curricula for special education.",
    ),
    Paper(
        ("fort-lauderdale", "agogo"),
        themes=(Theme.TECHNOLOGY,),
        story="A technology partnership of the Cyber Sister Cities program, sponsored by Citrix: an ICT centre, "
        "aquaculture and hydroponics.",
    ),
)

EVENTS = (
    Event(("irondequoit", "poltava"), MilestoneKind.CONFERENCE, "2022-07-14", "Virtual conference."),
    Event(
        ("fort-lauderdale", "agogo"),
        MilestoneKind.OTHER,
        "2006",
        "Technology partnership of the Cyber Sister Cities program, sponsored by Citrix.",
    ),
)

_SECRET = (
    "Secret San Francisco: San Francisco's sister cities",
    "https://secretsanfrancisco.com/san-francisco-sister-cities/",
)

#: Sources disagree about one of them, and the registry keeps who said what.
STATEMENTS = (
    Statement(("san-francisco", "osaka"), ClaimFact.SINCE, "1957", SOURCE),
    Statement(("san-francisco", "osaka"), ClaimFact.STANDING, "in_force", SOURCE),
    Statement(("san-francisco", "osaka"), ClaimFact.SINCE, "1957", *_SECRET),
    Statement(("san-francisco", "osaka"), ClaimFact.STANDING, "ended", *_SECRET),
    Statement(("san-francisco", "osaka"), ClaimFact.ENDED, "2018", *_SECRET),
)

_REFERS = (
    "Refers to the recognition of affiliations by Sister Cities International and restricts some partner countries. "
    "Which countries, and since when, is not on file here: read the law before you enter them."
)

#: Laws that concern affiliations; the countries and days that the sources do not give are left empty.
LAWS = (
    Law("US-TX", "Texas Gov. Code ch. 795", _REFERS),
    Law("US-AR", "Arkansas § 14-1-116", _REFERS),
)

#: Why a registrar set aside what the record of a real partnership lacks.
WAIVED_BECAUSE = {
    "standing": "Entered as an example from public sources; the dues of the community are not known here.",
    "signatures": "The sources do not name who signed.",
    "signed-copy": "Entered from public sources; no signed copy is on file.",
    "resolution": "Entered from public sources; no resolution is on file.",
}
