"""Every address and method of the API for everybody who may knock. One that is in no row of a table turns this red."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from partnerships.choices import Role, TokenScope
from partnerships.models import Filing, Jurisdiction, Representation, User
from partnerships.services import filings, review
from partnerships.services.access import Actor
from tests import cast
from tests.partnerships.api.writers import Program

pytestmark = pytest.mark.django_db

#: Read by everybody, whoever they are, and written by nobody.
PUBLIC = {
    "schema/",
    "docs/",
    "v1/",
    "v1/countries/",
    "v1/subdivisions/",
    "v1/jurisdictions/",
    "v1/jurisdictions/<id>/",
    "v1/affiliations/",
    "v1/affiliations/<number>/",
    "v1/agreements/",
    "v1/agreements/<number>/",
    "v1/register/",
    "v1/register/<seq>/",
    "v1/search/",
    "v1/places/",
    "v1/statistics/",
    "v1/programs/",
    "v1/programs/<slug>/",
    "v1/programs/<slug>/<cycle>/",
    "v1/cycles/",
    "v1/participations/",
    "v1/participations/<id>/",
    "v1/activities/",
    "v1/results/",
    "(?:.*/)?",
}

#: Who shows what: nobody, the representative of another city, of the city that files (with a token that only reads, and
#: one that files), and staff of each role with tokens of staff.
WHO = ("anonymous", "other", "reading", "own", "registrar", "clerk", "programs", "auditor")

_WRITTEN_BY_OWNER = (401, 404, 403, 200, 403, 403, 403, 403)
_DECIDED = (401, 403, 403, 403, 200, 403, 403, 403)
_SEEN = (401, 404, 200, 200, 200, 200, 200, 200)


def _with(row: tuple[int, ...], status: int) -> tuple[int, ...]:
    return tuple(status if one == 200 else one for one in row)


#: The status for each of ``WHO``, in their order.
PRIVATE: dict[tuple[str, str], tuple[int, ...]] = {
    ("v1/filings/", "get"): (401, 200, 200, 200, 200, 200, 200, 200),
    ("v1/filings/", "post"): (401, 403, 403, 201, 403, 403, 403, 403),
    ("v1/filings/<id>/", "get"): _SEEN,
    ("v1/filings/<id>/", "patch"): _WRITTEN_BY_OWNER,
    ("v1/filings/<id>/findings/", "get"): _SEEN,
    ("v1/filings/<id>/documents/", "post"): _with(_WRITTEN_BY_OWNER, 201),
    ("v1/filings/<id>/documents/<document>/", "delete"): _with(_WRITTEN_BY_OWNER, 204),
    ("v1/filings/<id>/submit/", "post"): _WRITTEN_BY_OWNER,
    ("v1/filings/<id>/withdraw/", "post"): _WRITTEN_BY_OWNER,
    ("v1/filings/<id>/waivers/", "post"): _DECIDED,
    ("v1/filings/<id>/take/", "post"): _DECIDED,
    ("v1/filings/<id>/release/", "post"): _DECIDED,
    ("v1/filings/<id>/return/", "post"): _DECIDED,
    ("v1/filings/<id>/register/", "post"): _DECIDED,
    ("v1/filings/<id>/reject/", "post"): _DECIDED,
    ("v1/filings/<id>/annul/", "post"): _DECIDED,
}
#: What is said with a request that says something.
SAID: dict[str, Any] = {
    "return": {"comment": "Add the resolution."},
    "reject": {"comment": "No."},
    "annul": {"comment": "Entered twice."},
    "waivers": {"code": "resolution", "reason": "Not asked in 1992."},
}


def addresses() -> Iterator[tuple[str, type[Any]]]:
    """Every address under ``/api/`` of the URL conf, with its view."""
    for part in get_resolver().url_patterns:
        if isinstance(part, URLResolver) and str(part.pattern) == "api/":
            for one in part.url_patterns:
                plain = re.sub(r"\(\?P<(\w+)>[^()]*\)", r"<\1>", str(one.pattern)).lstrip("^").rstrip("$")
                view: Any = one.callback
                yield re.sub(r"<\w+:(\w+)>", r"<\1>", plain), view.view_class


def methods(view: type[Any]) -> set[str]:
    return {name for name in ("get", "post", "put", "patch", "delete") if hasattr(view, name)}


def test_every_address_and_method_has_a_row() -> None:
    found = {(path, method) for path, view in addresses() for method in methods(view)}
    assert found == {(path, "get") for path in PUBLIC} | set(PRIVATE)


def test_what_is_not_public_asks_for_a_token() -> None:
    for path, view in addresses():
        asks = "TokenOpens" in {one.__name__ for one in view.permission_classes}
        assert asks == (path not in PUBLIC), path


@pytest.mark.parametrize("path", sorted(PUBLIC - {"(?:.*/)?"}))
def test_what_is_public_is_the_same_for_everybody_and_written_by_nobody(
    path: str, irondequoit: Jurisdiction, registrar: User
) -> None:
    real = "/api/" + re.sub(r"<\w+>", "1", path)
    clients = [Client(), Program(cast.representative(irondequoit)), Program(registrar, TokenScope.STAFF)]
    shown = [getattr(one, "shown", {}) for one in clients]
    plain = Client()
    assert len({plain.get(real, headers=headers).status_code for headers in shown}) == 1
    for method in ("post", "put", "patch", "delete"):
        assert {getattr(plain, method)(real, headers=headers).status_code for headers in shown} == {405}


# --- What is private


def _draft(owner: User, parties: list[Jurisdiction], registrar: User) -> Filing:
    return cast.draft(owner, parties)


def _submitted(owner: User, parties: list[Jurisdiction], registrar: User) -> Filing:
    return cast.submitted(owner, parties)


def _taken(owner: User, parties: list[Jurisdiction], registrar: User) -> Filing:
    filing = cast.submitted(owner, parties)
    return review.take(filing_id=filing.pk, by=Actor.of(registrar))


def _unresolved(owner: User, parties: list[Jurisdiction], registrar: User) -> Filing:
    """In review without the resolution of the council."""
    filing = cast.draft(owner, parties)
    filing.documents.filter(role="resolution").delete()
    filings.submit(filing_id=filing.pk, by=Actor.of(owner), on=cast.timezone.localdate())
    return review.take(filing_id=filing.pk, by=Actor.of(registrar))


def _registered(owner: User, parties: list[Jurisdiction], registrar: User) -> Filing:
    filing = _taken(owner, parties, registrar)
    review.register(filing_id=filing.pk, by=Actor.of(registrar), on=cast.timezone.localdate())
    return Filing.objects.get(pk=filing.pk)


Make = Callable[[User, list[Jurisdiction], User], Filing]
STAGES: dict[str, Make] = {
    "take": _submitted,
    "waivers": _unresolved,
    "release": _taken,
    "return": _taken,
    "register": _taken,
    "reject": _taken,
    "annul": _registered,
}


@pytest.mark.parametrize(("path", "method"), PRIVATE)
def test_each_gets_what_the_table_says(
    path: str, method: str, irondequoit: Jurisdiction, poltava: Jurisdiction, registrar: User
) -> None:
    verb = path.rstrip("/").rpartition("/")[2]
    owner, other = cast.representative(irondequoit), cast.representative(cast.member(cast.jurisdiction("Toledo")))
    filing = STAGES.get(verb, _draft)(owner, [irondequoit, poltava], registrar)
    if path == "v1/filings/<id>/" and method == "get":
        filing = cast.submitted(owner, [irondequoit, cast.jurisdiction("Lviv", "UA")])
    document = filing.documents.first()
    programs = {
        "anonymous": Program(None),
        "other": Program(other),
        "reading": Program(cast.representative(irondequoit), TokenScope.READ),
        "own": Program(owner),
        "registrar": Program(registrar, TokenScope.STAFF),
        **{role: Program(cast.staff(role), TokenScope.STAFF) for role in (Role.CLERK, Role.PROGRAMS, Role.AUDITOR)},
    }
    real = "/api/" + path.replace("<id>", str(filing.pk)).replace("<document>", str(document.pk if document else 0))
    row = dict(zip(WHO, PRIVATE[path, method], strict=True))
    # Those who are let in come last: they change what the others knock at.
    for who in sorted(row, key=lambda who: row[who] < 300):
        answer = programs[who].ask(method, real, _body(path, method, irondequoit))
        assert answer.status_code == row[who], (who, answer.content[:300])


def _body(path: str, method: str, irondequoit: Jurisdiction) -> Any:
    if path == "v1/filings/" and method == "post":
        return {"act": "establish", "jurisdiction": irondequoit.pk}
    if method == "patch":
        return {"story": "Since 1992."}
    if path.endswith("documents/"):
        return {"file": cast.pdf(), "role": "translation", "language": "en"}
    return SAID.get(path.rstrip("/").rpartition("/")[2])


def test_every_verb_of_staff_has_its_row_of_each_role() -> None:
    assert set(WHO[4:]) == set(Role.values)
    assert all(len(row) == len(WHO) for row in PRIVATE.values())


def test_a_registrar_who_speaks_for_a_party_decides_nothing(
    irondequoit: Jurisdiction, poltava: Jurisdiction, registrar: User
) -> None:
    filing = cast.submitted(cast.representative(irondequoit), [irondequoit, poltava])
    Representation.objects.create(
        user=registrar, jurisdiction=poltava, capacity="employee", from_date=cast.date(2000, 1, 1)
    )
    Program(registrar, TokenScope.STAFF).post(f"/api/v1/filings/{filing.pk}/take/", None, 403)


def test_a_lesser_token_of_a_registrar_is_nobodys(
    irondequoit: Jurisdiction, poltava: Jurisdiction, registrar: User
) -> None:
    filing = cast.submitted(cast.representative(irondequoit), [irondequoit, poltava])
    program = Program(registrar, TokenScope.FILE)
    program.get(f"/api/v1/filings/{filing.pk}/", 404)
    refused = program.post(f"/api/v1/filings/{filing.pk}/take/", None, 403)
    assert 'error="insufficient_scope", scope="staff"' in refused["WWW-Authenticate"]
