"""Reading the query of an address: everything is understood, or the answer names what is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from django.utils.translation import gettext as _
from rest_framework.request import Request

from partnerships.api.problems import BadQuestion, Fault
from partnerships.filters.fields import RepeatedField, clipped
from partnerships.filters.questions import PAGING, QuestionFilter

MOST_ROWS = 500


@dataclass(frozen=True)
class Asked:
    """A question that can be answered. ``size`` is ``None`` where the query does not say."""

    filter: QuestionFilter
    size: int | None
    cursor: str
    #: The fields of an answer that are wanted; none: all of them.
    fields: frozenset[str] = frozenset()
    #: What is wanted in full beside it.
    expand: frozenset[str] = frozenset()

    def wants(self, *names: str) -> bool:
        """Whether one of these fields is part of the answer."""
        return not self.fields or not self.fields.isdisjoint(names)


@dataclass(frozen=True)
class Offer:
    """What an address takes beside its filters: ``beside`` by name; ``fields`` and ``expand`` are what may be chosen
    by the parameters of these names, nothing where there is no such choice."""

    beside: tuple[str, ...]
    fields: frozenset[str] = frozenset()
    expand: frozenset[str] = frozenset()
    #: Rows on a page that is expanded.
    most_expanded: int = MOST_ROWS
    known: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        chosen = {"fields": self.fields, "expand": self.expand}
        object.__setattr__(self, "known", frozenset((*self.beside, *(name for name in chosen if chosen[name]))))


def read(request: Request, question: type[QuestionFilter], offer: Offer) -> Asked:
    """The question that the query asks.

    Raises ``BadQuestion`` with everything that is wrong at once.
    """
    filtered = question(request.query_params, also=offer.known)
    faults = dict[str, Fault]()
    for fault in _faults(request, filtered, offer):
        faults.setdefault(fault.field, fault)
    if faults:
        raise BadQuestion(faults.values())
    size = request.query_params.get("page_size")
    return Asked(
        filtered,
        int(size) if size is not None else None,
        request.query_params.get("cursor", ""),
        fields=frozenset(_words(request, "fields")),
        expand=frozenset(_words(request, "expand")),
    )


def _words(request: Request, name: str) -> list[str]:
    """Names with commas between them."""
    return [word.strip() for word in request.query_params.get(name, "").split(",") if word.strip()]


def _faults(request: Request, asked: QuestionFilter, offer: Offer) -> Iterator[Fault]:
    known = offer.known
    yield from _unreadable(request)
    for name in asked.data:
        if name in PAGING and name not in known:
            yield Fault(name, "unknown-parameter", _("This parameter is not known."))
        elif len(asked.data.getlist(name)) > 1 and not _may_repeat(asked, name):
            yield Fault(clipped(name), "repeated", _("Give this parameter once."))
    errors = asked.form.errors.as_data()
    for name, messages in asked.problems.items():
        code = (errors[name][0].code or "invalid") if name in errors else "unknown-parameter"
        yield Fault(name, "contradiction" if name in asked.contradictions() else code, " ".join(messages))
    yield from _choices(request, offer)
    yield from _paging(request, known)


def _choices(request: Request, offer: Offer) -> Iterator[Fault]:
    """Fields and expansions that there are not, and what cannot be expanded."""
    for name, offered in (("fields", offer.fields), ("expand", offer.expand)):
        if not offered:
            continue
        unknown = [word for word in _words(request, name) if word not in offered]
        if unknown:
            message = _("“%(wanted)s” is not offered here; there is %(offered)s.")
            said = {"wanted": clipped(unknown[0]), "offered": ", ".join(sorted(offered))}
            yield Fault(name, "unknown", message % said)
    if "expand" in offer.known and _words(request, "expand"):
        size = request.query_params.get("page_size", "")
        if _is_size(size) and int(size) > offer.most_expanded:
            message = _("With expand a page holds at most %(most)s.")
            yield Fault("page_size", "contradiction", message % {"most": offer.most_expanded})


def _unreadable(request: Request) -> Iterator[Fault]:
    """Bytes that are no UTF-8, which Django would read as question marks."""
    for part in request.META.get("QUERY_STRING", "").split("&"):
        name, _sign, value = part.partition("=")
        try:
            unquote_to_bytes(f"{name}={value}").decode()
        except UnicodeDecodeError:
            shown = unquote_to_bytes(name).decode(errors="replace")
            yield Fault(clipped(shown), "not-utf-8", _("This is not UTF-8."))


def _may_repeat(asked: QuestionFilter, name: str) -> bool:
    """An order is one of a closed list, as are kinds, but there is only one of it."""
    known = asked.filters.get(name)
    return name not in asked.also and name != "sort" and (known is None or isinstance(known.field, RepeatedField))


def _paging(request: Request, known: frozenset[str]) -> Iterator[Fault]:
    size = request.query_params.get("page_size")
    if size is not None and "page_size" in known and not _is_size(size):
        message = _("Write a whole number from 1 to %(most)s.")
        yield Fault("page_size", "invalid", message % {"most": MOST_ROWS})
    renderer = getattr(request, "accepted_renderer", None)
    if renderer is not None and renderer.format not in (None, "json"):
        for name in ("cursor", "page_size", "fields", "expand"):
            if name in known and name in request.query_params:
                message = _("A file in this form holds the whole list: leave this out.")
                yield Fault(name, "contradiction", message)


def _is_size(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9 and 1 <= int(text) <= MOST_ROWS
