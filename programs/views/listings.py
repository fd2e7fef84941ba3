"""What the public lists of programs have in common: one page of rows, notes about the question, files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.filters.fields import RepeatedField, clipped
from partnerships.filters.questions import QuestionFilter
from partnerships.transfer import geojson, tables
from partnerships.transfer.tables import Reader
from partnerships.views import exports
from partnerships.views.caching import Kwargs, PublicView, Stamp
from partnerships.views.listing import asked_format, refused
from programs.filters.panels import Panel
from programs.selectors.paging import MOST_ROWS, Page

BAD_PAGE = gettext_lazy("The page number in the address is not one of this list.")
FORMATS = ("csv", "json", "geojson")
_MEDIA = {"csv": "text/csv; charset=utf-8", "json": "application/json", "geojson": "application/geo+json"}


def knowing(*names: str) -> Callable[[PublicView[Kwargs]], PublicView[Kwargs]]:
    """For a page without filters: it takes these parameters, each once, and refuses every other one."""

    def decorate(view: PublicView[Kwargs]) -> PublicView[Kwargs]:
        @wraps(view)
        def answer(request: HttpRequest, stamp: Stamp, *args: Kwargs.args, **kwargs: Kwargs.kwargs) -> HttpResponseBase:
            problems = list(_misplaced(request, names))
            return refused(request, " ".join(problems)) if problems else view(request, stamp, *args, **kwargs)

        return answer

    return decorate


def _misplaced(request: HttpRequest, known: Iterable[str]) -> Iterable[str]:
    for name, sent in request.GET.lists():
        if name not in known:
            yield f"{clipped(name)}: {_('This parameter is not known.')}"
        elif len(sent) > 1:
            yield _("%(parameter)s: give it once.") % {"parameter": name}


@dataclass(frozen=True)
class Listed:
    """A page of a list. ``filtered``: the visitor narrowed it down."""

    rows: tuple[Any, ...]
    total: int
    filtered: bool
    panel: Panel | None
    notes: tuple[str, ...]
    previous_url: str
    next_url: str
    files: tuple[dict[str, str], ...]


def listed(
    request: HttpRequest, asked: QuestionFilter, page: Page[Any], total: int, panel: Panel | None, also: Iterable[str]
) -> Listed:
    """``also``: further files that the page offers, such as a calendar."""
    return Listed(
        rows=page.rows,
        total=total,
        filtered=any(value for name, value in request.GET.items() if name in asked.filters and name != "sort"),
        panel=panel,
        notes=(*_notes(asked, panel), *_overlooked(request, asked)),
        previous_url=_with(request, cursor=page.previous) if page.previous else "",
        next_url=_with(request, cursor=page.next) if page.next else "",
        files=tuple({"label": kind, "url": _with(request, format=kind)} for kind in (*FORMATS, *also)),
    )


def _with(request: HttpRequest, **values: str) -> str:
    changed = request.GET.copy()
    for name in ("cursor", "format"):
        changed.pop(name, None)
    for name in [name for name, sent in changed.lists() if not any(sent)]:
        del changed[name]
    changed.update(values)
    return f"?{changed.urlencode()}"


def _notes(asked: QuestionFilter, panel: Panel | None) -> Iterable[str]:
    for parameter, messages in asked.problems.items():
        if panel is None or parameter not in panel.fields:
            yield _("Left out: %(parameter)s. %(why)s") % {"parameter": parameter, "why": " ".join(messages)}


def _overlooked(request: HttpRequest, asked: QuestionFilter) -> Iterable[str]:
    """What is not done as it was asked: one value taken out of several, another number of rows."""
    for name, sent in request.GET.lists():
        of_many = name in asked.filters and isinstance(asked.form.fields[name], RepeatedField) and name != "sort"
        if len(list(filter(None, sent))) > 1 and not of_many and name not in asked.problems:
            yield _("%(parameter)s: give it once.") % {"parameter": clipped(name)}
    size = request.GET.get("page_size", "")
    if size and not (size.isascii() and size.isdigit() and len(size) < 6 and 1 <= int(size) <= MOST_ROWS):
        message = _("page_size: write a whole number from 1 to %(most)s.")
        yield message % {"most": MOST_ROWS}


def as_file(
    request: HttpRequest,
    asked: QuestionFilter,
    rows: Callable[[], Iterable[Mapping[str, Any]]],
    *,
    name: str,
    columns: Mapping[str, Reader],
    feature: Callable[[Mapping[str, Any]], dict[str, Any]],
) -> HttpResponseBase | None:
    """The list as a file, or a refusal; ``None`` where the page is asked for. A file never leaves a filter out."""
    try:
        wanted = asked_format(request, FORMATS)
    except ValueError as error:
        return refused(request, str(error))
    if not wanted:
        return None
    lines = [f"{parameter}: {message}" for parameter, messages in asked.problems.items() for message in messages]
    if lines := [*lines, *_overlooked(request, asked)]:
        return refused(request, " ".join(lines))
    parts: Any
    if wanted == "csv":
        parts = tables.csv_lines(rows(), columns)
    elif wanted == "json":
        parts = exports.json_parts(rows(), b'{"results": [', b"\n]}\n")
    else:
        parts = geojson.collection(map(feature, rows()))
    return StreamingHttpResponse(
        parts,
        content_type=_MEDIA[wanted],
        headers={"Content-Disposition": f'attachment; filename="{name}.{wanted}"'},
    )
