"""Holding answers against the OpenAPI description."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator


@cache
def description() -> Any:
    return SchemaGenerator().get_schema(request=None, public=True)


def operation(path: str, method: str = "get") -> dict[str, Any]:
    """What is described of the address that a path belongs to."""
    plain = path.partition("?")[0]
    known = {known: re.sub(r"\{[a-z]+\}", "[^/]+", known) for known in description()["paths"]}
    (template,) = [template for template, pattern in known.items() if re.fullmatch(pattern, plain)]
    return description()["paths"][template][method]  # type: ignore[no-any-return]


def holds(path: str, answer: Any, method: str = "get") -> None:
    """The status is described, the media type is, and the body has the described shape, with nothing beside it."""
    if not path.startswith("/api/v1/") or _is_nowhere(path):
        return
    described = operation(path, method)["responses"][str(answer.status_code)]
    if answer.status_code == 204:
        assert answer.content == b""
        return
    media_type = answer["Content-Type"].partition(";")[0]
    schema = described["content"][media_type]["schema"]
    Draft202012Validator({**_closed(schema), "components": _closed(description()["components"])}).validate(
        answer.json()
    )


def _is_nowhere(path: str) -> bool:
    plain = path.partition("?")[0]
    patterns = [re.sub(r"\{[a-z]+\}", "[^/]+", known) for known in description()["paths"]]
    return not any(re.fullmatch(pattern, plain) for pattern in patterns)


def _closed(schema: Any) -> Any:
    """The schema as it stands, but with no room for fields that it does not name."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(part) for name, part in schema.items()}
    if isinstance(closed.get("properties"), dict) and closed.get("type") == "object":
        closed.setdefault("additionalProperties", False)
    return closed
