"""Schemathesis over the whole description: whatever may be asked, no answer is a failure or one not described."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from partnerships.choices import TokenScope
from partnerships.models import Agreement, Filing, Jurisdiction, User
from sci_registry.wsgi import application
from tests import cast
from tests.partnerships.api.contract import description
from tests.partnerships.api.writers import token

#: Cases of each operation; all of them together stay under a minute.
CASES = 12
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OPERATIONS = [(path, method) for path, methods in description()["paths"].items() for method in methods]


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The end of a request does not end the transaction of the test, as Django's own client has it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def record(sisters: Agreement, osaka: Jurisdiction, irondequoit: Jurisdiction, settings: Any) -> Filing:
    """Something to find, a filing to move, and nobody who asks too often."""
    settings.API_PER_ADDRESS = settings.API_PER_TOKEN = settings.API_WRITES_PER_TOKEN = 0
    return cast.submitted(cast.representative(irondequoit), [irondequoit, osaka])


@cache
def schema() -> Any:
    """Read once for all operations: it is the same, and long."""
    made = schemathesis.openapi.from_dict(description())
    made.app = application
    return made


def operation(path: str, method: str) -> Any:
    return schema()[path][method]


def shown(registrar: User, irondequoit: Jurisdiction, path: str) -> dict[str, str]:
    """Whoever is let in: reads are public, of filings a registrar sees and may do the most."""
    plain = {"Accept-Encoding": "identity"}  # what is compressed has tests of its own
    if "/filings/" not in path:
        return plain
    owns = path in ("/api/v1/filings/", "/api/v1/filings/{id}/")
    user = cast.representative(irondequoit) if owns else registrar
    return {**plain, "Authorization": f"Bearer {token(user, TokenScope.FILE if owns else TokenScope.STAFF)}"}


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_is_described(
    path: str, method: str, registrar: User, irondequoit: Jurisdiction, record: Filing
) -> None:
    headers = shown(registrar, irondequoit, path)

    @settings(
        max_examples=CASES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation(path, method).as_strategy())
    def asked(case: Any) -> None:
        if "/filings/" in path and "id" in case.path_parameters:
            case.path_parameters["id"] = record.pk  # of any other there is nothing to be done
        response = case.call(headers=headers)
        # The description is of whole answers: with `fields` some of it is left out.
        checks = [one for one in CHECKS if not (case.query.get("fields") and one is response_schema_conformance)]
        case.validate_response(response, checks=checks)

    asked()
