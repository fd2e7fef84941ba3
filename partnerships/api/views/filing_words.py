"""What the OpenAPI description says of filings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view

from partnerships.api import documentation
from partnerships.api.documentation import PROBLEM
from partnerships.api.serializers import filings as shapes
from partnerships.api.serializers.problems import ProblemSerializer
from partnerships.filters.filings import FilingFilter
from partnerships.filters.questions import PAGING
from partnerships.rules.transitions import TRANSITIONS

_ID = documentation.in_path("id", {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}, "Id of the filing.")
_DOCUMENT = documentation.in_path(
    "document", {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}, "Id of the document."
)
_DRY_RUN = OpenApiParameter("dry_run", bool, description="Keep nothing, and tell the findings.")
_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]*$"},
    OpenApiParameter.HEADER,
    description="Whoever asks again with it within 24 hours gets the first answer again; nothing is done twice.",
)
_IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="ETag of the filing: 412 if it has changed since."
)
_PROBLEMS = {
    400: "The request cannot be read; errors name what.",
    401: "No valid token is shown.",
    403: "The token, or the person, may not do this.",
    404: "There is none, or not for you.",
    406: "None of the accepted media types can be given.",
    409: "Not possible in the state that it is in, often because somebody was first.",
    412: "Somebody changed it since the version of If-Match.",
    413: "Too large.",
    415: "This media type cannot be read here.",
    422: "What was sent cannot be used; errors name each field, or each finding of the rules.",
    429: "Too many requests: Retry-After says how long to wait.",
}
_READ = (400, 401, 403, 404, 406, 429)
_WRITE = tuple(_PROBLEMS)


def _answers(good: dict[int, Any], problems: tuple[int, ...]) -> dict[Any, Any]:
    answers: dict[Any, Any] = {(status, "application/json"): shape for status, shape in good.items() if status != 204}
    if 204 in good:
        answers[204] = OpenApiResponse(None, "Done.")
    return answers | {(status, PROBLEM): OpenApiResponse(ProblemSerializer, _PROBLEMS[status]) for status in problems}


def _told(
    name: str, summary: str, good: dict[int, Any], parameters: list[OpenApiParameter], request: Any = None
) -> Any:
    return extend_schema(
        operation_id=name,
        summary=summary,
        request=request,
        parameters=parameters,
        responses=_answers(good, _WRITE if request is not False else _READ),
        filters=False,
    )


def _reading(name: str, summary: str, shape: Any, parameters: list[OpenApiParameter]) -> Any:
    return _told(name, summary, {200: shape}, parameters, request=False)


_LIST_PARAMETERS = [
    *documentation.of_filter(FilingFilter),
    *(documentation.beside_filters(word, ["json"]) for word in PAGING),
]

described_list = extend_schema_view(
    get=_reading(
        "filings_list",
        "Your filings, the newest first",
        documentation.listed(shapes.FilingSerializer),
        _LIST_PARAMETERS,
    ),
    post=_told(
        "filings_create",
        "Begin a draft",
        {201: shapes.FilingSerializer, 200: shapes.FindingsSerializer},
        [_DRY_RUN, _KEY],
        shapes.FilingStartSerializer,
    ),
)
described_one = extend_schema_view(
    get=_reading("filings_retrieve", "One filing", shapes.FilingSerializer, [_ID]),
    patch=_told(
        "filings_change",
        "Change a draft",
        {200: documentation.either("FilingOrFindings", shapes.FilingSerializer, shapes.FindingsSerializer)},
        [_ID, _DRY_RUN, _IF_MATCH],
        shapes.FilingChangeSerializer,
    ),
)
described_findings = extend_schema_view(
    get=_reading("filings_findings", "What the rules find in it", shapes.FindingsSerializer, [_ID])
)
described_documents = extend_schema_view(
    post=_told(
        "filings_attach",
        "Attach a document",
        {201: shapes.FilingSerializer},
        [_ID, _KEY, _IF_MATCH],
        {"multipart/form-data": shapes.UploadSerializer},
    )
)
described_document = extend_schema_view(
    delete=_told("filings_detach", "Take a document off", {204: None}, [_ID, _DOCUMENT, _IF_MATCH])
)
described_waiver = extend_schema_view(
    post=_told(
        "filings_waive",
        "Waive a finding (staff)",
        {200: shapes.FilingSerializer},
        [_ID, _KEY, _IF_MATCH],
        shapes.WaiverSerializer,
    )
)

_SUMMARIES = {
    "submit": "Hand it in, also again after it was returned",
    "withdraw": "Take it back",
    "take": "Take it into review (staff)",
    "release": "Put it back into the queue (staff)",
    "return": "Ask for changes (staff)",
    "register": "Enter the agreement in the register (staff)",
    "reject": "Decide against it (staff)",
    "annul": "Undo a registration that was an error (staff)",
}


def described_move(move: str) -> Callable[[Any], Any]:
    rehearsed = move == "submit"
    row = TRANSITIONS[move]
    shape: Any = shapes.FilingSerializer
    if rehearsed:
        shape = documentation.either("FilingOrFindings", shapes.FilingSerializer, shapes.FindingsSerializer)
    told = _told(
        f"filings_{move}",
        _SUMMARIES[move],
        {200: shape},
        [_ID, *([_DRY_RUN] if rehearsed else []), _KEY, _IF_MATCH],
        shapes.SaidSerializer,
    )
    states = ", ".join(sorted(row.from_states))

    def describe(view: Any) -> Any:
        view.__doc__ = f"From {states} to {row.to}." + (" A comment is needed." if row.comment_required else "")
        return extend_schema_view(post=told)(view)

    return describe
