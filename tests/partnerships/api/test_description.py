"""The OpenAPI description, and the page on which it is read."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client
from jsonschema import Draft202012Validator
from playwright.sync_api import sync_playwright

from partnerships.rules.transitions import TRANSITIONS
from tests.partnerships.api import contract


def test_it_is_generated_without_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn")
    captured = capsys.readouterr()
    assert "Warning" not in captured.err
    assert yaml.safe_load(captured.out)["openapi"].startswith("3.1")


def test_every_address_is_described() -> None:
    assert set(contract.description()["paths"]) == {
        "/api/v1/",
        "/api/v1/countries/",
        "/api/v1/subdivisions/",
        "/api/v1/jurisdictions/",
        "/api/v1/jurisdictions/{id}/",
        "/api/v1/affiliations/",
        "/api/v1/affiliations/{number}/",
        "/api/v1/agreements/",
        "/api/v1/agreements/{number}/",
        "/api/v1/programs/",
        "/api/v1/programs/{slug}/",
        "/api/v1/programs/{slug}/{cycle}/",
        "/api/v1/cycles/",
        "/api/v1/participations/",
        "/api/v1/participations/{id}/",
        "/api/v1/activities/",
        "/api/v1/results/",
        "/api/v1/register/",
        "/api/v1/register/{seq}/",
        "/api/v1/search/",
        "/api/v1/places/",
        "/api/v1/statistics/",
        "/api/v1/filings/",
        "/api/v1/filings/{id}/",
        "/api/v1/filings/{id}/findings/",
        "/api/v1/filings/{id}/documents/",
        "/api/v1/filings/{id}/documents/{document}/",
        "/api/v1/filings/{id}/waivers/",
        *(f"/api/v1/filings/{{id}}/{move}/" for move in TRANSITIONS),
    }


def test_every_field_and_parameter_is_explained() -> None:
    description = contract.description()
    for name, schema in description["components"]["schemas"].items():
        for field, told in schema.get("properties", {}).items():
            assert told.get("description") or field == "results", f"{name}.{field}"
    for path, operations in description["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            assert "Subclasses" not in operation.get("description", ""), path
            assert all(parameter.get("description") for parameter in operation["parameters"]), path


def test_the_examples_have_the_described_shape() -> None:
    found = 0
    for operations in contract.description()["paths"].values():
        for operation in operations.values():
            for told in (operation.get("requestBody", {}), *operation["responses"].values()):
                for content in told.get("content", {}).values():
                    for example in content.get("examples", {}).values():
                        found += 1
                        validator(content["schema"]).validate(example["value"])
    assert found > 10


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({**schema, "components": contract.description()["components"]})


def test_a_wrong_answer_would_be_noticed() -> None:
    schema = {"$ref": "#/components/schemas/Affiliation"}
    assert list(validator(schema).iter_errors({"number": 1}))


@pytest.mark.parametrize(
    ("accept", "query", "kind"),
    [
        ("*/*", "", "application/vnd.oai.openapi"),
        ("application/yaml", "", "application/yaml"),
        ("application/json", "", "application/json"),
        ("*/*", "?format=json", "application/vnd.oai.openapi+json"),
    ],
)
def test_it_is_served_as_yaml_and_json(client: Client, accept: str, query: str, kind: str) -> None:
    answer = client.get(f"/api/schema/{query}", headers={"Accept": accept})
    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, kind)
    assert yaml.safe_load(answer.content)["info"]["title"] == "Sister City Registry"


# --- The page

_ADDRESS = re.compile(rb"""(?:src|href|url)\s*[=:]\s*["']([^"']*)["']""")


def test_the_page_names_no_other_host_and_has_no_script_or_style_of_its_own(client: Client) -> None:
    page = client.get("/api/docs/")
    assert page.status_code == 200
    assert all(address.startswith(b"/") for address in _ADDRESS.findall(page.content))
    assert b"//" not in page.content.replace(b"<!DOCTYPE", b"")
    assert not re.search(rb"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=", page.content)


def test_its_script_starts_with_our_description_and_asks_nobody_whether_it_is_valid(client: Client) -> None:
    page = client.get("/api/docs/").content.decode()
    address = re.findall(r'<script src="([^"]+)"', page)[-1]
    script = client.get(address.replace("&amp;", "&"))
    assert script["Content-Type"].startswith("application/javascript")
    assert b'"validatorUrl": null' in script.content
    assert b"/api/schema/" in script.content.replace(b"\\u002D", b"-")
    assert not re.search(rb"https?://", script.content)


def test_its_policy_is_as_strict_as_everywhere(client: Client) -> None:
    policy = client.get("/api/docs/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert not re.search(r"https?:|\*|unsafe", policy)


def test_what_the_page_loads_is_served_by_us(client: Client) -> None:
    page = client.get("/api/docs/").content.decode()
    files = re.findall(r'(?:src|href)="/static/([^"]+)"', page)
    assert len(files) == 3
    assert all(finders.find(file) for file in files)


@pytest.mark.browser
def test_a_browser_reads_it_under_that_policy_and_asks_no_other_host(
    live_server: Any, chromium_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    complaints: list[str] = []
    hosts: set[str] = set()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path)
        page = browser.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
        page.goto(f"{live_server.url}/api/docs/")
        page.get_by_text("/api/v1/affiliations/", exact=True).click()
        page.get_by_role("button", name="Try it out").click()
        page.get_by_role("button", name="Execute").click()
        page.get_by_text('"count": 0').first.wait_for()
        browser.close()
    assert complaints == []
    assert hosts - {""} == {urlsplit(live_server.url).netloc}
