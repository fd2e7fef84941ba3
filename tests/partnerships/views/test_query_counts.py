"""Public pages ask the database a bounded number of questions; the numbers change only on purpose.

The counts are kept in tests/query_counts.json. After a change that is meant, run this file once with
``WRITE_QUERY_COUNTS=1``.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships.models import Affiliation, Agreement
from tests import crowd, seekers

pytestmark = pytest.mark.django_db

KEPT = Path(__file__).parents[2] / "query_counts.json"
MOST = 6
PAGES = {
    "home": "/",
    "about": "/about/",
    "countries": "/countries/",
    "country": "/countries/JP/",
    "country at home": "/countries/US/",
    "country, everything": "/countries/US/?standing=any&theme=arts&recognised=true&since_after=1950&q=port&sort=name",
    "country, two places": "/countries/JP/?subdivision=US-CA&standing=any",
    "subdivision": "/subdivisions/US-NY/",
    "subdivision, everything": "/subdivisions/US-NY/?standing=any&theme=arts&country=UA&recognised=false",
    "community": "/jurisdictions/{community}/",
    "community, everything": "/jurisdictions/{community}/?standing=any&theme=arts&q=saint",
    "community, embedded": "/embed/jurisdictions/{key}/?theme=dark&accent=e8a92f",
    "community, oEmbed": "/oembed/?url={site}/jurisdictions/{key}/",
    "affiliations": "/affiliations/",
    "affiliations, everything": "/affiliations/?standing=any&theme=arts&recognised=true&since_before=1990",
    "affiliation": "/affiliations/{affiliation}/",
    "agreement": "/agreements/{agreement}/",
    "certificate": "/agreements/{agreement}/certificate.pdf",
    "certificate of an affiliation": "/affiliations/{affiliation}/certificate.pdf",
    "check of a certificate": "/verify/",
    "as of a day": "/as-of/2010-12-31/",
    "as of a day, a country": "/as-of/2010-12-31/?country=US&recognised=true",
    "country, as of a day": "/countries/JP/?as_of=2010-12-31&standing=any",
    "map": "/map/",
    "map, everything": "/map/?country=JP&country=US&standing=any&theme=arts&recognised=true&since_after=1950&q=port",
    "map data": "/map/data.json?country=JP",
    "search": "/search/?q=irondequoit",
    "search, two names": "/search/?q=irondequoit+poltava",
    "search, slip": "/search/?q=irondekwoit",
    "search, two slips": "/search/?q=irondekwoit+poltawa",
    "search, nothing": "/search/?q=qqqq+xxxxx+zzzz",
    "search, number": "/search/?q=SCI-000001",
    "seeking": "/seeking/",
    "seeking, everything": "/seeking/?country=UA&wants=US&theme=arts&kind=city&size=town",
    "seeking, one": "/seeking/{seeker}/",
    "register": "/register/",
    "register feed": "/register.atom",
    "site map": "/sitemap.xml",
    "site map of communities": "/sitemap-jurisdictions-1.xml",
    "robots": "/robots.txt",
}


def counted(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(path, follow=False)
        b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    assert answer.status_code == 200, path
    return len(queries)


@pytest.fixture
def paths(sisters: Agreement, friends: Agreement, joint: Agreement) -> dict[str, str]:
    one = Affiliation.objects.select_related("first", "second").get(number="SCI-000001")
    seeker = one.second if one.first.country.code == "US" else one.first
    seekers.many(30)
    seekers.wish(seeker, themes=["arts"], countries=["US", "JP"])
    values = {
        "seeker": str(seeker.pk),
        "community": f"{one.first.pk}-{one.first.slug}",
        "site": settings.SITE_URL,
        "key": str(one.first.pk),
        "affiliation": one.number,
        "agreement": joint.number,
    }
    return {name: path.format(**values) for name, path in PAGES.items()}


def test_every_public_page_asks_as_often_as_it_is_known_to(client: Client, paths: dict[str, str]) -> None:
    counts = {name: counted(client, path) for name, path in paths.items()}
    if os.environ.get("WRITE_QUERY_COUNTS"):
        KEPT.write_text(json.dumps(counts, indent=2) + "\n", encoding="utf-8")
    assert counts == json.loads(KEPT.read_text(encoding="utf-8"))
    assert {name: count for name, count in counts.items() if count > MOST} == {}


def test_more_records_do_not_mean_more_questions(client: Client, paths: dict[str, str]) -> None:
    before = {name: counted(client, path) for name, path in paths.items()}
    crowd.make(300, first_serial=50)
    seekers.many(100)
    after = {name: counted(client, path) for name, path in paths.items()}
    assert {name: after[name] - before[name] for name in after if after[name] > max(before[name], MOST)} == {}


def test_a_page_that_did_not_change_costs_one_question(client: Client, paths: dict[str, str]) -> None:
    for path in paths.values():
        tag = client.get(path)["ETag"]
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
        assert len(queries) == 1
