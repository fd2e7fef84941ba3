"""The compose file, the image and the files around them hold together and hold no secret."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from sci_registry import settings

ROOT = Path(__file__).parents[2]
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
STAYING = {name: service for name, service in SERVICES.items() if service.get("restart") != "no"}
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
SECRETS = {"SECRET_KEY", "POSTGRES_PASSWORD", "EMAIL_URL"}


def test_every_promised_service_is_there() -> None:
    assert {"web", "worker", "beat", "database", "redis", "proxy"} <= set(STAYING)


@pytest.mark.parametrize("name", sorted(STAYING))
def test_every_service_that_stays_has_a_health_check(name: str) -> None:
    assert STAYING[name]["healthcheck"]["test"]
    assert STAYING[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_services_wait_for_what_they_need_to_be_healthy(name: str) -> None:
    conditions = {need: how["condition"] for need, how in SERVICES[name].get("depends_on", {}).items()}
    assert set(conditions) <= set(SERVICES)
    assert "service_started" not in conditions.values()
    assert all("healthcheck" in SERVICES[need] for need, how in conditions.items() if how == "service_healthy")


def test_secrets_have_no_default_and_say_what_to_set() -> None:
    for name, operator in re.findall(r"\$\{([A-Z_]+)(:[-?])?", COMPOSE):
        if name in SECRETS:
            assert operator == ":?", f"{name} must be asked for"


def test_no_secret_stands_in_the_file() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"SECRET|PASSWORD|TOKEN|_KEY", name):
                assert re.fullmatch(r"\$\{[A-Z_]+:(\?.+|-)\}", value), name


def test_every_variable_is_documented() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE))
    assert {name for name in asked if f"`{name}`" not in page} == set()


def test_every_variable_the_example_names_is_used() -> None:
    example = (ROOT / "deploy" / "env.example").read_text(encoding="utf-8")
    lines = [line for line in example.splitlines() if line and not line.startswith("#")]
    assert {line.rstrip("=") for line in lines} <= set(re.findall(r"\$\{([A-Z_]+)", COMPOSE))
    assert all(line.endswith("=") for line in lines), "the example holds no values"
    required = set(re.findall(r"\$\{([A-Z_]+):\?", COMPOSE))
    assert required <= {line.rstrip("=") for line in lines}


@pytest.mark.parametrize("name", sorted(OURS))
def test_our_services_run_with_debug_off_and_only_known_settings(name: str) -> None:
    environment = OURS[name]["environment"]
    known = {row.name for row in settings.env.rows} | {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}
    assert environment["DEBUG"] == "off"
    assert set(environment) <= known


def test_only_the_proxy_is_reachable_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]


def test_the_image_runs_without_root_and_with_debug_off() -> None:
    last = (ROOT / "Dockerfile").read_text(encoding="utf-8").rpartition("\nFROM ")[2]
    assert "\nUSER registry\n" in last
    assert "DEBUG=off" in last


def test_the_image_holds_every_folder_that_the_code_needs() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for folder in [*{app for app in settings.INSTALLED_APPS if (ROOT / app).is_dir()}, "templates", "static"]:
        assert f"COPY {folder} {folder}" in dockerfile
        assert f"!{folder}" in ignored
