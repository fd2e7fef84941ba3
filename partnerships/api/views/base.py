"""What every public address of the API does: the same for everybody, from anywhere, cached by the register's head."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.gzip import gzip_page
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from partnerships.api import expansions, links, paging, parameters
from partnerships.api.allowances import Allowances
from partnerships.api.caching import CACHE_CONTROL, Stamp, speak_as_asked
from partnerships.api.identity import Bearer
from partnerships.api.negotiation import FormatBeforeAccept, Json
from partnerships.api.parameters import Asked
from partnerships.filters.questions import QuestionFilter

#: What a page of another site may read, and how long its browser may remember that it may.
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-ID",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Authorization, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class OpenView(APIView):
    """Read from any web page, without a session or a cookie."""

    content_negotiation_class = FormatBeforeAccept
    authentication_classes = [Bearer]
    throttle_classes = [Allowances]

    @property
    def default_response_headers(self) -> dict[str, str]:
        return {**super().default_response_headers, **_OPEN, "Vary": "Accept, Accept-Language, Accept-Encoding"}

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """Compressed where the reader can: nothing public is a secret that lengths could tell."""
        return gzip_page(super().as_view(**initkwargs))

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        speak_as_asked(request)
        super().initial(request, *args, **kwargs)

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """The answer to a browser that asks first whether a page of another site may read this."""
        return HttpResponse(status=204, headers=_PREFLIGHT)


class PublicRead(OpenView):
    """Subclasses say what they are asked (``question``, ``beside``) and ``answer`` it; ``stamp`` has the day."""

    renderer_classes = [Json]
    question: ClassVar[type[QuestionFilter]]
    #: Parameters that are no filters.
    beside: ClassVar[tuple[str, ...]] = ("format",)
    #: The shape whose fields may be chosen, and what of it may be had in full; none where there is no choice.
    serializer: ClassVar[type[Serializer[Any]] | None] = None
    expands: ClassVar[tuple[str, ...]] = ()
    usual_size: ClassVar[int] = paging.USUAL_SIZE
    stamp: Stamp

    def get(self, request: Request, **address: str) -> HttpResponseBase:
        asked = parameters.read(request, self.question, self.offer())
        self.stamp = Stamp.now()
        tag = self.stamp.entity_tag(request, self.version())
        response: HttpResponseBase | None = get_conditional_response(request._request, etag=tag)
        if response is None:
            response = self.answer(asked, **address)
        if response.status_code in (200, 304):
            response.headers["ETag"] = tag
        if response.status_code in (200, 301, 304):
            response.headers["Cache-Control"] = CACHE_CONTROL
        if found := links.of(response):
            response.headers["Link"] = found
        return response

    @classmethod
    def offer(cls) -> parameters.Offer:
        return parameters.Offer(
            cls.beside,
            fields=frozenset(cls.serializer().fields) - {"expanded"} if cls.serializer else frozenset(),
            expand=frozenset(cls.expands),
            most_expanded=expansions.MOST_ROWS,
        )

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        raise NotImplementedError

    def version(self) -> str:
        """What an answer depends on beside the record and the day: when it was worked out in the background."""
        return ""

    @property
    def wants_file(self) -> bool:
        return bool(self.request.accepted_renderer.format != "json")

    def cursor(self, asked: Asked) -> str:
        return paging.cursor_of(self.request, asked.cursor)

    def size(self, asked: Asked) -> int:
        return asked.size or self.usual_size

    def listed(
        self,
        shape: type[Serializer[Any]],
        found: Any,
        count: int,
        *,
        asked: Asked | None = None,
        expanded: Iterable[dict[str, Any]] = (),
    ) -> Response:
        """One page of a selector as an answer, with what is in full beside each row where anything is."""
        made: Any = shape(found.rows, many=True)
        _keep(made.child, asked)
        results = made.data
        for row, more in zip(results, expanded, strict=False):
            row["expanded"] = more
        return Response(paging.envelope(self.request, results, count, following=found.next, before=found.previous))

    def shown(self, shape: Serializer[Any], asked: Asked, expanded: Iterable[dict[str, Any]] = ()) -> Response:
        """One thing as an answer."""
        _keep(shape, asked)
        shown = dict(shape.data)
        for more in expanded:
            shown["expanded"] = more
        return Response(shown)


def _keep(shape: Any, asked: Asked | None) -> None:
    """Only the fields that are wanted: what is left out costs nothing."""
    for name in list(shape.fields):
        if asked is not None and not asked.wants(name):
            del shape.fields[name]
