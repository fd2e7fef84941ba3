"""Certificates as people download and check them."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import gettext, override

from partnerships.choices import Role
from partnerships.models import Agreement, Jurisdiction
from partnerships.selectors import certificates as selector
from partnerships.services import affiliation_merges, affiliations, register, review
from partnerships.services.access import Actor
from partnerships.transfer import certificates
from tests import cast
from tests.partnerships.views.paths import text

pytestmark = pytest.mark.django_db
MOST = 6


@pytest.fixture(autouse=True)
def _nothing_is_kept() -> None:
    cache.clear()


@pytest.fixture
def osaka_in_its_own_script(osaka: Jurisdiction) -> Jurisdiction:
    Jurisdiction.objects.filter(pk=osaka.pk).update(native_name="大阪市", languages=["ja"])
    return osaka


def paper(client: Client, path: str) -> pypdf.PdfReader:
    answer: Any = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return pypdf.PdfReader(io.BytesIO(answer.content))


def words(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def links(reader: pypdf.PdfReader) -> set[str]:
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    return {note["/A"]["/URI"] for note in notes if "/A" in note}


def tags(node: Any) -> list[Any]:
    """Every element of the structure tree, whatever its depth."""
    node = node.get_object()
    if isinstance(node, list):
        return [found for child in node for found in tags(child)]
    if not isinstance(node, dict):
        return []
    return [node, *(tags(node["/K"]) if "/K" in node else [])]


def code_of(client: Client, path: str) -> str:
    (address,) = links(paper(client, path))
    return re.fullmatch(r"http.*/verify/([0-9A-Z-]+)/", address)[1]  # type: ignore[index]


def of(agreement: Agreement) -> str:
    return f"/agreements/{agreement.number}/certificate.pdf"


def registrar() -> Actor:
    return Actor.of(cast.staff(Role.REGISTRAR))


def test_it_says_what_the_register_says(client: Client, sisters: Agreement) -> None:
    said = words(paper(client, of(sisters)))
    for fact in (
        sisters.number, "Irondequoit", "Poltava", "Ukraine", "29 June 1992", "Mayor of Irondequoit", "Mayor of Poltava",
        "States that it never expires", "Recognised since 29 June 1992.", "Signed copy",
    ):  # fmt: skip
        assert fact in said, fact
    paper_hash = sisters.filing.documents.filter(public=True).values_list("sha256", flat=True)
    assert paper_hash
    for sha256 in paper_hash:
        assert sha256 in said.replace(" ", "")


def test_it_is_tagged_titled_and_says_its_language(client: Client, sisters: Agreement) -> None:
    reader = paper(client, of(sisters))
    root = reader.trailer["/Root"]
    assert (str(root["/MarkInfo"]["/Marked"]), root["/Lang"]) == ("True", "en")
    assert str(root["/ViewerPreferences"]["/DisplayDocTitle"]) == "True"
    assert sisters.number in str(reader.metadata and reader.metadata.title)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    found = tags(root["/StructTreeRoot"]["/K"])
    kinds = {str(node.get("/S")) for node in found}
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Figure", "/Link"} <= kinds
    assert all(node.get("/Alt") for node in found if node.get("/S") == "/Figure")


def test_a_name_stands_in_its_own_script_beside_the_latin_one(
    client: Client, osaka_in_its_own_script: Jurisdiction, friends: Agreement
) -> None:
    reader = paper(client, of(friends))
    assert "Osaka 大阪市" in words(reader)
    assert b"/Lang(ja)" in reader.pages[0].get_contents().get_data()  # type: ignore[union-attr]


def test_a_partial_date_is_not_completed(client: Client, joint: Agreement) -> None:
    assert "Signed May 2001" in words(paper(client, of(joint)))


def test_one_of_three_parties_tells_the_recognition_of_every_pair(client: Client, joint: Agreement) -> None:
    said = words(paper(client, of(joint)))
    for pair in ("Irondequoit – Osaka", "Irondequoit – Rennes"):
        assert f"{pair}: Recognised" in said
    assert "Not currently recognised: no party in the home country is a member." in said


def test_what_is_not_recognised_says_why(client: Client, sisters: Agreement, irondequoit: Jurisdiction) -> None:
    irondequoit.membership_terms.all().delete()
    assert "no party in the home country is a member" in words(paper(client, of(sisters)))


def test_an_affiliation_has_one_too(client: Client, sisters: Agreement) -> None:
    said = words(paper(client, "/affiliations/SCI-000001/certificate.pdf"))
    assert "Affiliation SCI-000001" in said
    assert f"{sisters.number}: Established as a sister affiliation, 29 June 1992" in said


def test_the_language_of_the_partner_follows_where_it_is_offered(
    client: Client, settings: Any, osaka_in_its_own_script: Jurisdiction, friends: Agreement
) -> None:
    reader = paper(client, of(friends))
    assert len(reader.pages) == 2
    with override("ja"):
        signatories, since = gettext("Signatories"), gettext("Signed")
    assert signatories != "Signatories"
    second = reader.pages[1].extract_text()
    assert all(word in second for word in (signatories, since, "大阪市", "1957"))
    assert b"/Lang(ja)" in reader.pages[1].get_contents().get_data()  # type: ignore[union-attr]
    cache.clear()
    settings.LANGUAGES = [("en", "English")]
    assert len(paper(client, of(friends)).pages) == 1


def test_arabic_readers_get_it_in_arabic(client: Client, friends: Agreement) -> None:
    reader = paper(client, f"/ar{of(friends)}")
    assert len(reader.pages) == 2
    assert "Signatories" not in reader.pages[1].extract_text()
    assert b"/Lang(ar)" in reader.pages[1].get_contents().get_data()  # type: ignore[union-attr]


def test_the_second_language_is_the_readers_then_the_partners(
    settings: Any, osaka_in_its_own_script: Jurisdiction, friends: Agreement
) -> None:
    settings.LANGUAGES = [(code, code) for code in ("en", "es", "ja", "zh-hans")]
    found = selector.certificate(friends.number, on=timezone.localdate())
    assert isinstance(found, selector.Certificate)
    assert certificates.second_language(found, "en") == "ja"
    assert certificates.second_language(found, "es") == "es"
    settings.LANGUAGES = [("en", "en"), ("uk", "uk")]
    assert certificates.second_language(found, "en") == ""


def test_without_fonts_it_leaves_out_what_it_cannot_write_and_says_so(
    client: Client, settings: Any, osaka_in_its_own_script: Jurisdiction, friends: Agreement
) -> None:
    settings.CERTIFICATE_FONTS = False
    certificates._fonts.cache_clear()
    try:
        said = words(paper(client, of(friends)))
    finally:
        certificates._fonts.cache_clear()
    assert "Osaka" in said
    assert "大" not in said
    assert "no font for them" in said


def test_a_name_is_never_read_as_markup(client: Client, irondequoit: Jurisdiction, osaka: Jurisdiction) -> None:
    name = '#panic("x") *bold* $1/0$ \\u{41} <a>'
    Jurisdiction.objects.filter(pk=osaka.pk).update(name=name)
    made = cast.registered([irondequoit, osaka])
    assert name in words(paper(client, of(made)))


def test_a_certificate_is_valid_until_something_is_registered(client: Client, sisters: Agreement) -> None:
    for path in (of(sisters), "/affiliations/SCI-000001/certificate.pdf"):
        code = code_of(client, path)
        answer = client.get(f"/verify/{code}/")
        assert answer.status_code == 200
        assert "Valid Nothing has been registered" in text(answer)


def test_a_sign_of_life_supersedes_nothing_and_a_change_does(client: Client, sisters: Agreement) -> None:
    codes = [code_of(client, path) for path in (of(sisters), "/affiliations/SCI-000001/certificate.pdf")]
    day = timezone.localdate()
    affiliations.confirm(number="SCI-000001", by=registrar(), on=day)
    assert all("Valid" in text(client.get(f"/verify/{code}/")) for code in codes)
    affiliations.exclude(number="SCI-000001", by=registrar(), on=day, from_date=day, to_date=None, reason="A dispute.")
    for code in codes:
        said = text(client.get(f"/verify/{code}/"))
        assert "Superseded The register has changed" in said
        assert "Not currently recognised: A dispute." in said
    assert code_of(client, of(sisters)) != codes[0]
    assert "Valid" in text(client.get(f"/verify/{code_of(client, of(sisters))}/"))


@pytest.mark.parametrize("path", ["/verify/{}/", "/verify/?code={}"])
def test_the_code_is_read_however_it_is_typed(client: Client, sisters: Agreement, path: str) -> None:
    code = code_of(client, of(sisters))
    answer = client.get(path.format(code.lower().replace("-", "")))
    assert answer["Location"] == f"/verify/{code}/"


@pytest.mark.parametrize(
    "code",
    ["AAAA-AAAA-AAAA-AAAA", "SCI-2026-000001", "%00", "%E2%80%AE", "x" * 60, "0000-0000-0000-0000", "%F0%9F%92%A9"],
)
def test_a_code_that_was_never_given_is_unknown(client: Client, sisters: Agreement, code: str) -> None:
    answer = client.get(f"/verify/{code}/", follow=True)
    assert answer.status_code == 404
    assert "Unknown No certificate of this registry has this code" in text(answer)
    asked = client.get("/verify/", {"code": code})
    assert asked.status_code in (302, 404)


def test_the_form_alone_claims_nothing(client: Client) -> None:
    answer = client.get("/verify/")
    assert answer.status_code == 200
    assert "Unknown" not in text(answer)


def test_another_key_makes_every_code_unknown_and_an_old_key_does_not(
    client: Client, settings: Any, sisters: Agreement
) -> None:
    settings.CERTIFICATE_KEYS = ["first"]
    code = code_of(client, of(sisters))
    settings.CERTIFICATE_KEYS = ["second"]
    assert client.get(f"/verify/{code}/").status_code == 404
    settings.CERTIFICATE_KEYS = ["second", "first"]
    assert client.get(f"/verify/{code}/").status_code == 200


def test_what_was_annulled_says_so_and_has_no_certificate(client: Client, sisters: Agreement) -> None:
    codes = [code_of(client, path) for path in (of(sisters), "/affiliations/SCI-000001/certificate.pdf")]
    review.annul(filing_id=sisters.filing.pk, by=registrar(), reason="Signed by nobody.", on=timezone.localdate())
    said = text(client.get(f"/verify/{codes[0]}/"))
    assert "Annulled on" in said
    assert "Signed by nobody." in said
    assert "Entered in error" in text(client.get(f"/verify/{codes[1]}/"))
    for path in (of(sisters), "/affiliations/SCI-000001/certificate.pdf"):
        assert client.get(path).status_code == 410
    assert "certificate.pdf" not in client.get(f"/agreements/{sisters.number}/").content.decode()


def test_what_was_merged_goes_on_under_its_new_number(client: Client, sisters: Agreement, osaka: Jurisdiction) -> None:
    county = cast.jurisdiction("Monroe County", "US", kind="county")
    twin = cast.registered([county, Jurisdiction.objects.get(name="Poltava")], signed_on="1993")
    gone, papers = code_of(client, "/affiliations/SCI-000002/certificate.pdf"), code_of(client, of(twin))
    affiliation_merges.merge(
        gone="SCI-000002", kept="SCI-000001", by=registrar(), on=timezone.localdate(), reason="One partnership"
    )
    assert (
        client.get("/affiliations/SCI-000002/certificate.pdf")["Location"] == "/affiliations/SCI-000001/certificate.pdf"
    )
    for code in (gone, papers):
        answer = client.get(f"/verify/{code}/")
        assert "Superseded" in text(answer)
    assert 'href="/affiliations/SCI-000001/"' in client.get(f"/verify/{gone}/").content.decode()
    assert "Mayor of Monroe County" in words(paper(client, of(twin)))
    assert twin.number in words(paper(client, "/affiliations/SCI-000001/certificate.pdf"))


def test_a_corrected_name_of_a_party_supersedes_it(client: Client, sisters: Agreement) -> None:
    code = code_of(client, of(sisters))
    party = Jurisdiction.objects.get(name="Poltava").pk
    with transaction.atomic():
        register.append(event="membership.term", subject=f"jurisdictions/{party}", payload={"a": 1})
    assert "Valid" in text(client.get(f"/verify/{code}/"))
    with transaction.atomic():
        register.append(event="jurisdiction.corrected", subject=f"jurisdictions/{party}", payload={"a": 1})
    assert "Superseded" in text(client.get(f"/verify/{code}/"))


def test_the_pages_lead_to_it(client: Client, sisters: Agreement) -> None:
    for page in (f"/agreements/{sisters.number}/", "/affiliations/SCI-000001/"):
        assert f'href="{page}certificate.pdf"' in client.get(page).content.decode()


def test_numbers_that_mean_nothing_have_none(client: Client, sisters: Agreement) -> None:
    for path in ("/agreements/SCI-1999-000001", "/agreements/SCI-000001", "/affiliations/SCI-000999", "/agreements/x"):
        assert client.get(f"{path}/certificate.pdf").status_code == 404
    assert client.get(of(sisters).replace("SCI", "sci"))["Location"] == of(sisters)


def test_it_costs_few_questions_and_one_when_it_is_kept(client: Client, joint: Agreement, sisters: Agreement) -> None:
    for path in (of(joint), of(sisters), "/affiliations/SCI-000001/certificate.pdf"):
        with CaptureQueriesContext(connection) as first:
            answer = client.get(path)
        with CaptureQueriesContext(connection) as again:
            assert client.get(path + "?x=1").content == answer.content
        with CaptureQueriesContext(connection) as unchanged:
            assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
        assert (len(first) <= MOST, len(again), len(unchanged)) == (True, 1, 1)


def test_a_check_costs_five_questions(client: Client, joint: Agreement) -> None:
    code = code_of(client, of(joint))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/verify/{code}/").status_code == 200
    assert len(queries) == 5


def test_the_same_record_makes_the_same_paper(client: Client, sisters: Agreement) -> None:
    first: Any = client.get(of(sisters))
    cache.clear()
    again: Any = client.get(of(sisters))
    assert again.content == first.content
