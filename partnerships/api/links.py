"""The ``Link`` header (RFC 8288): where an answer goes on, and what else there is of it."""

from __future__ import annotations

from django.http.response import HttpResponseBase

from partnerships.transfer.addresses import page


def of(response: HttpResponseBase) -> str:
    """The links of an answer in JSON; empty where there are none."""
    data = getattr(response, "data", None)
    if not isinstance(data, dict):
        return ""
    found = [(str(data[name]), rel, "") for name, rel in (("next", "next"), ("previous", "prev")) if data.get(name)]
    if data.get("api_url"):
        found.append((str(data["api_url"]), "canonical", ""))
    if data.get("url") and data.get("api_url"):
        found.append((str(data["url"]), "alternate", "text/html"))
    if "schema_url" in data:
        found.append((page("api/schema/"), "service-desc", "application/vnd.oai.openapi"))
        found.append((page("api/docs/"), "service-doc", "text/html"))
    return ", ".join(f'<{url}>; rel="{rel}"' + (f'; type="{kind}"' if kind else "") for url, rel, kind in found)
