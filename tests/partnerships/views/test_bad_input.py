"""Whatever is typed into an address, the answer is clear and never an error of ours."""

from __future__ import annotations

from itertools import product

import pytest
from django.test import Client

from partnerships.models import Agreement, Jurisdiction

pytestmark = pytest.mark.django_db

LONG = "a" * 10_000
VALUES = (
    "",
    "%00",
    "a%00b",
    LONG,
    "%F0%9F%92%A9",
    "%E2%80%AE",
    "-1",
    "99999",
    "1e9",
    "'%20OR%201=1--",
    "%FF%FE",
    "..%2F",
)
PARAMETERS = (
    "q", "sort", "cursor", "page_size", "format", "country", "subdivision", "jurisdiction", "kind", "standing",
    "theme", "wants", "size", "recognised", "since_after", "since_before", "colour", "before", "after",
)  # fmt: skip


@pytest.mark.parametrize(
    "path",
    ["/affiliations/", "/countries/JP/", "/countries/", "/search/", "/register/", "/register.jsonl", "/seeking/"],
)
def test_no_parameter_breaks_a_page(client: Client, sisters: Agreement, path: str) -> None:
    for parameter, value in product(PARAMETERS, VALUES):
        answer = client.get(f"{path}?{parameter}={value}")
        assert answer.status_code in (200, 400), (path, parameter, value[:20])


@pytest.mark.parametrize(
    "path",
    [
        "/countries/J%00/", "/countries/%D0%AF%D0%AF/", "/subdivisions/US-%00/", "/jurisdictions/0-x/",
        "/jurisdictions/999999999999999999-x/", "/jurisdictions/9999999999999999999999-x/", "/jurisdictions/%00-x/",
        "/affiliations/%00/", f"/affiliations/{LONG}/", "/affiliations/SCI-2026-000001/", "/agreements/SCI-000001/",
        "/agreements/%E2%80%AE/", "/documents/1/x.pdf", "/documents/999999999999999999/x.pdf", "/documents/1/..%2Fx",
        "/sitemap-affiliations-0.xml", "/sitemap-cheese-1.xml", "/sitemap-pages-2.xml",
    ],
)  # fmt: skip
def test_an_address_that_means_nothing_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("format=xml", "There is no “xml” of this page; there is csv, json, geojson."),
        ("cursor=abc", "The page number in the address is not one of this list."),
        ("format=csv&colour=blue", "colour: This parameter is not known."),
        ("format=json&sort=xyz", "sort: “xyz” is not known."),
    ],
)
def test_a_question_that_has_no_answer_is_refused_in_words(client: Client, query: str, words: str) -> None:
    answer = client.get(f"/affiliations/?{query}")
    assert answer.status_code == 400
    assert words in answer.content.decode()


def test_a_page_says_what_it_left_out_and_shows_the_rest(client: Client, sisters: Agreement) -> None:
    page = client.get("/countries/UA/?colour=blue&sort=xyz&since_after=99999").content.decode()
    assert "Left out: colour. This parameter is not known." in page
    assert "“xyz” is not known." in page
    assert "write a year (1931)" in page
    assert "Irondequoit" in page


def test_a_cursor_of_another_order_is_refused(client: Client, sisters: Agreement, joint: Agreement) -> None:
    cursor = client.get("/affiliations/?page_size=1").context["listing"].next_url
    assert client.get(f"/affiliations/{cursor}&sort=since").status_code == 400


def test_what_is_typed_is_shown_as_text(client: Client) -> None:
    page = client.get("/search/?q=%3Cscript%3Ealert(1)%3C/script%3E").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_search_that_is_too_long_says_so(client: Client) -> None:
    assert b"at most 200 characters" in client.get(f"/search/?q={LONG}").content


def test_a_page_after_the_last_is_empty_and_whole(client: Client, osaka: Jurisdiction) -> None:
    assert client.get("/register/?before=1").status_code == 200
    assert client.get("/register/?before=999999999").status_code == 200
