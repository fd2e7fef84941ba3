"""The examples of docs/api.md, run as they stand there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from partnerships.models import Agreement, Filing
from tests import cast
from tests.partnerships.api.writers import token

FILE_AGREEMENT = Path(__file__).resolve().parents[3] / "docs" / "file_agreement.py"
GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "api.md").read_text()
HERE = "http://127.0.0.1:8000"


def programs() -> list[str]:
    return re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)


def run(program: str, server: str, folder: Path) -> str:
    """What the program prints."""
    done = subprocess.run(
        [sys.executable, "-c", program.replace(HERE, server)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def server(live_server: Any, settings: Any) -> str:
    settings.SITE_URL = live_server.url
    return str(live_server.url)


def test_every_address_of_the_guide_answers(client: Client, sisters: Agreement) -> None:
    shell = "".join(re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL))
    addresses = re.findall(rf"'{HERE}([^']+)'", shell)
    assert len(addresses) == 8
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_the_first_program_prints_affiliations(server: str, friends: Agreement, tmp_path: Path) -> None:
    assert run(programs()[0], server, tmp_path) == "SCI-000001 Osaka San Francisco 1957 True\n"


@pytest.mark.django_db(transaction=True)
def test_the_program_of_the_guide_files_an_agreement(server: str, tmp_path: Path) -> None:
    town, partner = cast.member(cast.jurisdiction("Irondequoit")), cast.jurisdiction("Poltava", "UA")
    signed = {"office": "Mayor", "capacity": "chief_elected", "signed_on": "1992-06-29"}
    filing = {
        "act": "establish",
        "jurisdiction": town.pk,
        "parties": [{"id": town.pk}, {"id": partner.pk}],
        "signed_on": "1992-06-29",
        "signatories": [{"party": one.pk, "name": "A. Mayor", **signed} for one in (town, partner)],
    }
    (tmp_path / "filing.json").write_text(json.dumps(filing))
    (tmp_path / "agreement.pdf").write_bytes(cast.pdf().read())
    done = subprocess.run(
        [sys.executable, FILE_AGREEMENT, server, "filing.json", "agreement.pdf"],
        cwd=tmp_path,
        env={**os.environ, "REGISTRY_TOKEN": token(cast.representative(town))},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "submitted"
    assert "waivable: " in done.stdout
    assert Filing.objects.get().state == "submitted"


def test_the_guide_names_every_parameter_and_code() -> None:
    from tests.partnerships.api.contract import description

    for operations in description()["paths"].values():
        for parameter in (one for operation in operations.values() for one in operation["parameters"]):
            assert f"`{parameter['name']}`" in GUIDE or parameter["in"] == "path", parameter["name"]
    for code in description()["components"]["schemas"]["RecognitionCode"]["enum"]:
        assert f"`{code}`" in GUIDE
