"""``/embed/…``: the list of a community's partners inside a page of somebody else, and how such pages find it.

These answers alone may stand in a frame. They set no cookie, know no visitor, and are kept by the register's head like
every public page; what can be read in them does not depend on the color that the city chooses.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from partnerships.rules import colours
from partnerships.selectors import browse, jurisdictions
from partnerships.selectors.browse import Criteria
from partnerships.selectors.rows import PartyRow
from partnerships.views.caching import Stamp, context, public_page

THEMES = ("auto", "light", "dark")
#: Partners that are listed; a link leads to all of them.
MOST_ROWS = 100
WIDTH, HEIGHT = 640, 480
_ADDRESS = re.compile(
    r"(?:/(?P<language>[a-z]{2}(?:-[a-z]+)?))?/(?:embed/)?jurisdictions/(?P<key>[0-9]{1,18})(?:-[^/]*)?/"
)


@dataclass(frozen=True)
class Look:
    """How the city wants it; an empty ``accent`` is our own color."""

    theme: str = "auto"
    accent: str = ""

    @classmethod
    def asked(cls, query: QueryDict) -> Look:
        """Raises ``ValueError`` with the words for whoever wrote the address."""
        for name, values in query.lists():
            if name not in ("theme", "accent"):
                raise ValueError(_("This parameter is not known.") + f" ({name[:40]})")
            if len(values) > 1:
                raise ValueError(_("Give %(name)s once.") % {"name": name})
        theme, accent = query.get("theme", "") or "auto", query.get("accent", "")
        if theme not in THEMES:
            raise ValueError(_("The theme is light, dark or auto."))
        try:
            return cls(theme, colours.parse(accent) if accent else "")
        except ValueError as error:
            raise ValueError(_("The accent is a color of six digits, such as 0d3b44.")) from error


def framable(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let any page show this answer in a frame; nothing in it can be submitted, so that nobody can be tricked."""
    allowed = csp_replace({"frame-ancestors": None, "form-action": [NONE], "frame-src": None})

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    framed: Callable[..., HttpResponseBase] = xframe_options_exempt(allowed(answer))
    return framed


@framable
@public_page
def jurisdiction(request: HttpRequest, stamp: Stamp, key: str) -> HttpResponseBase:
    try:
        look = Look.asked(request.GET)
    except ValueError as error:
        return _said(request, str(error), 400)
    found = jurisdictions.find(int(key), on=stamp.day)
    if found is None:
        return _said(request, _("This community is not on record."), 404)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    if isinstance(found, jurisdictions.Moved):
        return HttpResponsePermanentRedirect(reverse("embed-jurisdiction", args=[found.id]) + query)
    page = browse.page(Criteria(jurisdictions=(found.party.id,)), on=stamp.day, size=MOST_ROWS)
    values = context(stamp, party=found.party, rows=page.rows, more=bool(page.next), total=found.open_count, look=look)
    return render(request, "partnerships/embed/jurisdiction.html", values)


def _said(request: HttpRequest, message: str, status: int) -> HttpResponse:
    """A short page that fits into the frame; the usual ones would be refused there."""
    return render(request, "partnerships/embed/said.html", {"message": message}, status=status)


@framable
@require_safe
@cache_control(public=True, max_age=24 * 60 * 60)
def accent(request: HttpRequest, color: str) -> HttpResponse:
    """The city's color as a style sheet of ours, since the policy allows no style in the page."""
    values = {
        "accent": color,
        "light": colours.readable(color, colours.LIGHT_PAPER),
        "dark": colours.readable(color, colours.DARK_PAPER),
    }
    return render(request, "partnerships/embed/accent.css", values, content_type="text/css; charset=utf-8")


@framable
@require_safe
@cache_control(public=True, max_age=24 * 60 * 60)
def resize(request: HttpRequest) -> HttpResponse:
    """The script on the city's page that gives the frame the height of its list. Its address never changes."""
    return render(request, "partnerships/embed/resize.js", content_type="text/javascript; charset=utf-8")


def line(party: PartyRow, *, width: str = "100%", height: int = HEIGHT) -> SafeString:
    """The line of HTML for the city's page. Where its system takes the script away, the frame keeps its height."""
    return format_html(
        '<iframe src="{}{}" title="{}" width="{}" height="{}" loading="lazy" style="border:0;max-width:100%"></iframe>'
        '<script async src="{}{}"></script>',
        settings.SITE_URL,
        reverse("embed-jurisdiction", args=[party.id]),
        _("Sister cities of %(name)s") % {"name": party.name},
        width,
        height,
        settings.SITE_URL,
        reverse("embed-resize"),
    )


def discovery(party: PartyRow) -> dict[str, str]:
    """What a community's page says of itself, for the systems of others and for people."""
    page = settings.SITE_URL + reverse("jurisdiction", args=[party.id, party.slug])
    return {"line": line(party), "oembed": f"{settings.SITE_URL}{reverse('oembed')}?{urlencode({'url': page})}"}


@public_page
def oembed(request: HttpRequest, stamp: Stamp) -> HttpResponseBase:
    """oembed.com: what to embed for the address of a community's page."""
    try:
        width, height = (_most(request.GET, *ask) for ask in (("maxwidth", WIDTH), ("maxheight", HEIGHT)))
    except ValueError as error:
        return _answer({"error": str(error)}, 400)
    if request.GET.get("format", "json") != "json":
        return _answer({"error": "Only JSON is offered."}, 501)
    if not request.GET.get("url"):
        return _answer({"error": "The parameter url is missing."}, 400)
    known = _place(request.GET["url"])
    found = jurisdictions.find(known[0], on=stamp.day) if known else None
    if isinstance(found, jurisdictions.Moved):
        found = jurisdictions.find(found.id, on=stamp.day)
    if known is None or not isinstance(found, jurisdictions.Profile):
        return _answer({"error": "There is no such community here."}, 404)
    with override(known[1]):
        return _answer(_rich(found.party, width, height), 200)


def _rich(party: PartyRow, width: int, height: int) -> dict[str, Any]:
    return {
        "version": "1.0",
        "type": "rich",
        "title": _("Sister cities of %(name)s") % {"name": party.name},
        "provider_name": settings.REGISTRY_NAME,
        "provider_url": f"{settings.SITE_URL}/",
        "cache_age": 24 * 60 * 60,
        "html": line(party, width=str(width), height=height),
        "width": width,
        "height": height,
    }


def _most(query: QueryDict, name: str, ours: int) -> int:
    given = query.get(name, "")
    if not given:
        return ours
    if not re.fullmatch(r"[0-9]{1,6}", given) or int(given) == 0:
        raise ValueError(f"The parameter {name} is a number of pixels.")
    return min(int(given), ours)


def _place(address: str) -> tuple[int, str] | None:
    """The id of the community and the language of an address of ours; ``None`` for any other address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if f"{parts.scheme}://{parts.netloc}" != settings.SITE_URL:
        return None
    found = _ADDRESS.fullmatch(parts.path)
    if found is None or (found["language"] and found["language"] not in dict(settings.LANGUAGES)):
        return None
    return int(found["key"]), found["language"] or settings.LANGUAGE_CODE


def _answer(values: dict[str, Any], status: int) -> JsonResponse:
    answer = JsonResponse(values, status=status)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
