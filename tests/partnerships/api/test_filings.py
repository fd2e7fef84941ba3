"""Filing and deciding through the API, by the operations of the form and the admin."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from partnerships.choices import TokenScope
from partnerships.models import Agreement, Filing, Jurisdiction, LedgerEntry, RegisterEntry, User
from tests import cast
from tests.partnerships.api.writers import FILINGS, Program, faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita(representative_of_irondequoit: User) -> Program:
    return Program(representative_of_irondequoit)


@pytest.fixture
def ruth(registrar: User) -> Program:
    return Program(registrar, TokenScope.STAFF)


def agreement(irondequoit: Jurisdiction, poltava: Jurisdiction) -> dict[str, Any]:
    """Everything of a filing but its documents."""
    signed = {"office": "Mayor", "capacity": "chief_elected", "signed_on": "1992-06-29"}
    return {
        "act": "establish",
        "kind": "sister",
        "jurisdiction": irondequoit.pk,
        "parties": [{"id": irondequoit.pk}, {"id": poltava.pk}],
        "signed_on": "1992-06-29",
        "perpetual": True,
        "languages": ["en"],
        "reasons": ["diaspora"],
        "signatories": [{"party": one.pk, "name": f"Mayor of {one}", **signed} for one in (irondequoit, poltava)],
    }


def filed(program: Program, irondequoit: Jurisdiction, poltava: Jurisdiction) -> str:
    """The address of a filing that was handed in."""
    path = _path(program.post(FILINGS, agreement(irondequoit, poltava), 201))
    for role in ("signed_agreement", "resolution"):
        program.post(f"{path}documents/", {"file": cast.pdf(), "role": role, "language": "en"}, 201)
    program.post(f"{path}submit/")
    return path


def _path(answer: Any) -> str:
    return "/api/" + answer["Location"].partition("/api/")[2]


def test_an_agreement_is_filed_and_registered_without_a_browser(
    rita: Program, ruth: Program, irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    path = filed(rita, irondequoit, poltava)
    assert rita.get(path).json()["state"] == "submitted"
    assert [row["state"] for row in ruth.get(f"{FILINGS}?state=submitted").json()["results"]] == ["submitted"]
    ruth.post(f"{path}take/")
    body = ruth.post(f"{path}register/").json()
    number = Agreement.objects.get().number
    assert (body["state"], body["agreement"]) == ("registered", number)
    assert rita.client.get(f"/api/v1/agreements/{number}/").json()["parties"][0]["name"] == "Irondequoit"
    assert RegisterEntry.objects.filter(event="agreement.registered").exists()


def test_every_change_is_in_the_ledger_with_its_token(
    rita: Program, ruth: Program, irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    path = filed(rita, irondequoit, poltava)
    ruth.post(f"{path}take/")
    ruth.post(f"{path}return/", {"comment": "Add the resolution."})
    kept = {entry.act: entry.detail.get("token", "") for entry in LedgerEntry.objects.filter(subject_type="filing")}
    assert set(kept) == {"filing.started", "document.attached", "filing.submitted", "filing.taken", "filing.returned"}
    assert all(token.endswith(" program") for token in kept.values())


def test_what_was_returned_is_changed_and_handed_in_again(
    rita: Program, ruth: Program, irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    path = filed(rita, irondequoit, poltava)
    ruth.post(f"{path}take/")
    assert faults(ruth.post(f"{path}return/", {}, 422)) == {"comment": "invalid"}
    ruth.post(f"{path}return/", {"comment": "Tell the story."})
    assert rita.get(path).json()["comment"] == "Tell the story."
    assert rita.patch(path, {"story": "Since 1992."}).json()["story"] == "Since 1992."
    assert rita.post(f"{path}submit/").json()["state"] == "submitted"
    assert rita.post(f"{path}withdraw/", {"comment": "A mistake."}).json()["state"] == "withdrawn"


def test_findings_name_part_code_words_weight_and_source(
    rita: Program, irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    path = _path(rita.post(FILINGS, agreement(irondequoit, poltava), 201))
    refused = rita.post(f"{path}submit/", None, 422).json()
    (one,) = [error for error in refused["errors"] if error["code"] == "signed-copy"]
    assert (one["field"], one["severity"]) == ("documents", "blocking")
    assert one["message"]
    assert one["source"]
    found = rita.get(f"{path}findings/").json()["findings"]
    assert {"signed-copy", "resolution"} <= {finding["code"] for finding in found}
    assert rita.post(f"{path}submit/?dry_run=true").json()["findings"] == found
    assert rita.get(path).json()["state"] == "draft"


def test_a_dry_run_keeps_nothing(rita: Program, irondequoit: Jurisdiction, poltava: Jurisdiction) -> None:
    body = agreement(irondequoit, poltava)
    body["parties"] = [{"id": irondequoit.pk}, {"name": "Poltawa Nova", "country": "UA", "kind": "town"}]
    body["signatories"] = []
    found = rita.post(f"{FILINGS}?dry_run=true", body).json()["findings"]
    assert "signatures" in {finding["code"] for finding in found}
    assert not Filing.objects.exists()
    assert not Jurisdiction.objects.filter(name="Poltawa Nova").exists()
    path = _path(rita.post(FILINGS, agreement(irondequoit, poltava), 201))
    rita.patch(f"{path}?dry_run=true", {"story": "Not yet."})
    assert rita.get(path).json()["story"] == ""
    assert faults(rita.patch(f"{path}?dry_run=maybe", {}, 400)) == {"dry_run": "unknown"}


def test_a_new_community_is_proposed(rita: Program, irondequoit: Jurisdiction) -> None:
    body = {"act": "establish", "jurisdiction": irondequoit.pk}
    parties = [{"id": irondequoit.pk}, {"name": "Nowhere", "country": "ua", "kind": "town"}]
    told = rita.post(FILINGS, {**body, "parties": parties}, 201).json()
    assert [(one["name"], one["provisional"]) for one in told["parties"]] == [("Irondequoit", False), ("Nowhere", True)]


def test_a_filing_about_an_affiliation_names_both_parties(
    rita: Program, irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    number = cast.registered([irondequoit, poltava]).affiliations.get().number
    body = {"act": "end", "jurisdiction": irondequoit.pk, "affiliation": number, "declared_by": poltava.pk}
    told = rita.post(FILINGS, body, 201).json()
    assert [party["id"] for party in told["parties"]] == [irondequoit.pk, poltava.pk]
    assert told["declared_by"] == poltava.pk
    assert rita.post(FILINGS, {**body, "affiliation": "SCI-999999"}, 404)


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"colour": "blue"}, "colour", "unknown-field"),
        ({"act": "marry"}, "act", "invalid-choice"),
        ({"act": None}, "act", "null"),
        ({"signed_on": "2999-13-45"}, "signed_on", "invalid"),
        ({"signed_on": 1992}, "signed_on", "invalid"),
        ({"languages": ["english, please"]}, "languages.0", "invalid"),
        ({"languages": "en"}, "languages", "not-a-list"),
        ({"parties": [{"id": 10**15}]}, "parties.0.id", "invalid"),
        ({"parties": [{}]}, "parties.0", "required"),
        ({"parties": [{"name": "A", "country": "ZZ"}]}, "parties.0.country", "unknown"),
        ({"parties": [{"geonames_id": 10**15}]}, "parties.0.geonames_id", "invalid"),
        ({"parties": [{"id": 1, "colour": "blue"}]}, "parties.0.colour", "unknown-field"),
        ({"signatories": [{"party": 1, "capacity": "other"}]}, "signatories.0.name", "required"),
        ({"signatories": [{"party": 10**15, "name": "A", "capacity": "other"}]}, "signatories.0.party", "invalid"),
        ({"title": "a" * 10_000}, "title", "max-length"),
        ({"title": "a\x00b"}, "title", "null-characters-not-allowed"),
        ({"story": "a\x07b"}, "story", "invalid"),
        ({"perpetual": "perhaps"}, "perpetual", "invalid"),
        ({"reasons": ["love"]}, "reasons.0", "invalid-choice"),
        ({"declared_by": 10**15}, "declared_by", "invalid"),
        ({"jurisdiction": 1.5}, "jurisdiction", "invalid"),
    ],
)
def test_what_cannot_be_used_is_named_where_it_stood_and_nothing_is_kept(
    rita: Program, irondequoit: Jurisdiction, poltava: Jurisdiction, changed: dict[str, Any], field: str, code: str
) -> None:
    answer = rita.post(FILINGS, {**agreement(irondequoit, poltava), **changed}, 422)
    assert faults(answer)[field] == code
    assert not Filing.objects.exists()


def test_everything_wrong_is_said_at_once(rita: Program, irondequoit: Jurisdiction, poltava: Jurisdiction) -> None:
    body = agreement(irondequoit, poltava)
    body["story"], body["signatories"][1]["party"] = "a\x07b", 10**15
    assert set(faults(rita.post(FILINGS, body, 422))) == {"story", "signatories.1.party"}


def test_a_document_is_the_file_that_was_sent(rita: Program, irondequoit: Jurisdiction, poltava: Jurisdiction) -> None:
    path = _path(rita.post(FILINGS, agreement(irondequoit, poltava), 201))
    file = cast.pdf("the agreement")
    digest = hashlib.sha256(file.read()).hexdigest()
    file.seek(0)
    wrong = {"file": cast.pdf("another"), "role": "resolution", "sha256": digest}
    assert faults(rita.post(f"{path}documents/", wrong, 422)) == {"sha256": "invalid"}
    (kept,) = rita.post(f"{path}documents/", {"file": file, "role": "resolution", "sha256": digest}, 201).json()[
        "documents"
    ]
    assert (kept["sha256"], kept["pages"]) == (digest, 1)
    rita.ask("delete", f"{path}documents/{kept['id']}/", status=204)
    assert rita.get(path).json()["documents"] == []
    rita.ask("delete", f"{path}documents/{kept['id']}/", status=404)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"role": "poem"}, "role"),
        ({"language": "??"}, "language"),
        ({"sha256": "12"}, "sha256"),
        ({"public": "perhaps"}, "public"),
        ({"colour": "blue"}, "colour"),
    ],
)
def test_a_document_that_cannot_be_kept_says_why(
    rita: Program, irondequoit: Jurisdiction, poltava: Jurisdiction, form: dict[str, str], field: str
) -> None:
    path = _path(rita.post(FILINGS, agreement(irondequoit, poltava), 201))
    answer = rita.post(f"{path}documents/", {"file": cast.pdf(), "role": "resolution", **form}, 422)
    assert list(faults(answer)) == [field]


def test_of_two_who_change_at_once_the_second_is_told(
    rita: Program, irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    made = rita.post(FILINGS, agreement(irondequoit, poltava), 201)
    path, version = _path(made), made["ETag"]
    changed = rita.patch(path, {"story": "One."}, **{"If-Match": version})
    assert changed["ETag"] != version
    late = rita.patch(path, {"story": "Two."}, 412, **{"If-Match": version})
    assert late.json()["status"] == 412
    assert rita.get(path).json()["story"] == "One."
    for wrong in ('"x"', f"W/{changed['ETag']}", "nonsense"):
        rita.post(f"{path}withdraw/", None, 412, **{"If-Match": wrong})
    rita.patch(path, {"story": "Two."}, **{"If-Match": f'"x", {changed["ETag"]}'})
    rita.patch(path, {"story": "Three."}, **{"If-Match": "*"})


def test_a_move_that_the_state_does_not_admit_is_a_conflict(
    rita: Program, ruth: Program, second_registrar: User, irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    path = filed(rita, irondequoit, poltava)
    rita.post(f"{path}submit/", None, 409)
    rita.patch(path, {"story": "Late."}, 409)
    ruth.post(f"{path}take/")
    late = Program(second_registrar, TokenScope.STAFF).post(f"{path}take/", None, 409)
    assert "Ruth Registrar" in late.json()["detail"]
    Program(cast.staff("registrar"), TokenScope.STAFF).post(f"{path}register/", None, 409)


def test_a_finding_is_waived_with_a_reason(
    rita: Program, ruth: Program, irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    path = _path(rita.post(FILINGS, agreement(irondequoit, poltava), 201))
    rita.post(f"{path}documents/", {"file": cast.pdf(), "role": "signed_agreement", "language": "en"}, 201)
    rita.post(f"{path}submit/")
    ruth.post(f"{path}take/")
    assert "resolution" in faults(ruth.post(f"{path}register/", None, 422)).values()
    assert faults(ruth.post(f"{path}waivers/", {"code": "resolution", "reason": " "}, 422)) == {"reason": "blank"}
    ruth.post(f"{path}waivers/", {"code": "resolution", "reason": "The council was not asked in 1992."})
    assert ruth.post(f"{path}register/").json()["state"] == "registered"
    ruth.post(f"{path}annul/", {"comment": "Entered in error."})
    assert rita.get(path).json()["state"] == "annulled"


def test_with_a_move_that_is_silent_nothing_is_said(
    rita: Program, ruth: Program, irondequoit: Jurisdiction, poltava: Jurisdiction
) -> None:
    path = filed(rita, irondequoit, poltava)
    assert faults(ruth.post(f"{path}take/", {"comment": "Mine."}, 422)) == {"comment": "unknown-field"}
    ruth.post(f"{path}take/")
    ruth.post(f"{path}release/", {"comment": "On leave."})
    ruth.post(f"{path}take/")
    assert ruth.post(f"{path}reject/", {"comment": "No."}).json()["state"] == "rejected"


def test_the_list_is_paged_and_of_ones_own(rita: Program, irondequoit: Jurisdiction, osaka: Jurisdiction) -> None:
    for _ in range(3):
        rita.post(FILINGS, {"act": "establish", "jurisdiction": irondequoit.pk}, 201)
    other = cast.member(cast.jurisdiction("Toledo"))
    cast.submitted(cast.representative(other), [other, osaka])
    first = rita.get(f"{FILINGS}?page_size=2").json()
    assert (first["count"], len(first["results"]), first["previous"]) == (3, 2, None)
    rest = rita.get("/api/" + first["next"].partition("/api/")[2]).json()
    assert (len(rest["results"]), rest["next"]) == (1, None)
    back = rita.get("/api/" + rest["previous"].partition("/api/")[2]).json()
    assert back["results"] == first["results"]
    assert rita.get(f"{FILINGS}?state=submitted").json()["count"] == 0
    assert faults(rita.get(f"{FILINGS}?state=lost", 400)) == {"state": "unknown"}
    assert faults(rita.get(f"{FILINGS}?cursor=x", 400)) == {"cursor": "bad-cursor"}
