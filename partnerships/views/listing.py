"""What every page with a list of affiliations does: filters, one page of rows, its sentence, its files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from partnerships.filters.affiliations import AffiliationFilter
from partnerships.filters.fields import clipped
from partnerships.filters.panels import AffiliationPanel
from partnerships.selectors import browse, tallies
from partnerships.selectors.browse import Criteria
from partnerships.selectors.rows import AffiliationRow
from partnerships.selectors.tallies import PlaceTotal
from partnerships.views import exports, sentences
from partnerships.views.caching import Stamp

PAGE_SIZE = 50
_ONE_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Listing:
    """A page of a list with everything around it. ``filtered``: the visitor narrowed it down."""

    rows: tuple[AffiliationRow, ...]
    summary: str
    total: int
    filtered: bool
    chips: tuple[dict[str, str], ...]
    panel: AffiliationPanel
    notes: tuple[str, ...]
    previous_url: str
    next_url: str
    files: tuple[dict[str, str], ...]


def refused(request: HttpRequest, message: str) -> HttpResponse:
    """The page for an address that cannot be read, with what is wrong with it."""
    return render(request, "400.html", {"message": message}, status=400)


def asked_format(request: HttpRequest, offered: Iterable[str] = exports.FORMATS) -> str:
    """The file that is asked for; empty for the page. Raises ``ValueError`` for what is not offered."""
    wanted = request.GET.get("format", "")
    if wanted in ("", "html"):
        return ""
    if wanted not in offered:
        message = _("There is no “%(wanted)s” of this page; there is %(offered)s.")
        raise ValueError(message % {"wanted": clipped(wanted), "offered": ", ".join(offered)})
    return wanted


def as_file(request: HttpRequest, stamp: Stamp, asked: AffiliationFilter, name: str) -> HttpResponseBase | None:
    """The list as a file, or a refusal; ``None`` where the page is asked for. A file never leaves a filter out."""
    try:
        wanted = asked_format(request)
    except ValueError as error:
        return refused(request, str(error))
    if not wanted:
        return None
    if asked.problems:
        lines = (f"{parameter}: {message}" for parameter, messages in asked.problems.items() for message in messages)
        return refused(request, " ".join(lines))
    read = partial(browse.stream, asked.criteria, on=stamp.day)
    return exports.affiliations(lambda full: read(full=full), name, wanted)


def listing(
    request: HttpRequest,
    stamp: Stamp,
    asked: AffiliationFilter,
    *,
    community: str = "",
    countries: Iterable[PlaceTotal] = (),
    subdivisions: Iterable[PlaceTotal] = (),
    own: Iterable[PlaceTotal] = (),
    own_label: str = "",
    by_name: bool = True,
) -> Listing:
    """One page. Raises ``BadCursor``."""
    criteria = asked.criteria
    page = browse.page(criteria, on=stamp.day, size=page_size(request), cursor=request.GET.get("cursor", ""))
    counts = counted(criteria, stamp)
    chips = tuple(chips_of(request.GET, criteria))
    panel = AffiliationPanel(
        request.GET,
        problems=asked.problems,
        countries=countries,
        subdivisions=subdivisions,
        own=own,
        own_label=own_label,
        by_name=by_name,
    )
    return Listing(
        rows=page.rows,
        summary=sentences.summary(criteria, counts, community),
        total=sum(counts.values()),
        filtered=bool(chips),
        chips=chips,
        panel=panel,
        notes=tuple(notes_on(asked, panel)),
        previous_url=address_with(request.GET, cursor=page.previous) if page.previous else "",
        next_url=address_with(request.GET, cursor=page.next) if page.next else "",
        files=tuple({"label": kind, "url": address_with(request.GET, format=kind)} for kind in exports.FORMATS),
    )


def counted(criteria: Criteria, stamp: Stamp) -> dict[str, int]:
    """How many of each kind; a long count is done once for all pages of a list, until the record or the day moves."""
    if (kept := tallies.by_kind(criteria)) is not None:
        return kept
    asked = replace(criteria, sort="-since")
    key = "count:" + hashlib.sha256(f"{stamp.hash} {stamp.day} {asked!r}".encode()).hexdigest()
    counts: dict[str, int] | None = cache.get(key)
    if counts is None:
        counts = browse.count_by_kind(criteria, on=stamp.day)
        cache.set(key, counts, _ONE_DAY)
    return counts


def page_size(request: HttpRequest) -> int:
    given = request.GET.get("page_size", "")
    if given.isascii() and given.isdigit() and len(given) < 6:
        return max(1, min(int(given), browse.MOST_ROWS))
    return PAGE_SIZE


def address_with(query: QueryDict, **values: str) -> str:
    """This query with other values; pages are never carried over."""
    changed = query.copy()
    for name in ("cursor", "format"):
        changed.pop(name, None)
    for name in [name for name, sent in changed.lists() if not any(sent)]:
        del changed[name]
    changed.update(values)
    return f"?{changed.urlencode()}"


def chips_of(query: QueryDict, criteria: Criteria) -> Iterable[dict[str, str]]:
    """What the visitor asked for, each with the address without it; several values of one filter go together."""
    words: dict[str, list[str]] = {}
    for parameter, label in sentences.filters_in_use(criteria):
        if any(query.getlist(parameter)):
            words.setdefault(parameter, []).append(label)
    for parameter, labels in words.items():
        without = query.copy()
        del without[parameter]
        yield {"label": ", ".join(_own(parameter, labels, query)), "url": address_with(without)}


def _own(parameter: str, labels: list[str], query: QueryDict) -> list[str]:
    """The values that were sent, without those that the address stands for."""
    return labels[-len(query.getlist(parameter)) :]


def notes_on(asked: AffiliationFilter, panel: AffiliationPanel) -> Iterable[str]:
    """What was wrong with parameters that no field of the form stands for; the others say so at their fields."""
    for parameter, messages in asked.problems.items():
        if parameter in panel.fields:
            continue
        yield _("Left out: %(parameter)s. %(why)s") % {"parameter": parameter, "why": " ".join(messages)}
