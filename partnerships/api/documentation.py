"""What the OpenAPI description says of an address: its parameters from its filter, its answers from its shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from drf_spectacular.drainage import get_override
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    PolymorphicProxySerializer,
    extend_schema,
    extend_schema_serializer,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import serializers

from partnerships.api.parameters import MOST_ROWS, Offer
from partnerships.api.serializers.problems import ProblemSerializer
from partnerships.filters.agreements import AffiliationNumberField
from partnerships.filters.fields import (
    IdsField,
    PartialDateFormField,
    RepeatedField,
    SlugsField,
    SubdivisionsField,
    WordsField,
    YesNoField,
)
from partnerships.filters.places import CountryField
from partnerships.filters.questions import QuestionFilter
from partnerships.filters.register import SequenceField

View = TypeVar("View", bound=type)

PROBLEM = "application/problem+json"
_EXAMPLES: dict[str, Any] = {
    "country": "JP",
    "subdivision": "US-CA",
    "jurisdiction": 13,
    "kind": "sister",
    "affiliation": "SCI-000045",
    "subject": "affiliations/SCI-000045",
    "since_after": "1950",
    "since_before": "1985-04",
    "signed_after": "1950",
    "signed_before": "1985-04",
    "after": 120,
    "q": "Osaka",
}
#: Closed lists longer than this are described by their form.
_MOST_WORDS = 40


def described(
    name: str,
    summary: str,
    shape: Any,
    *,
    question: type[QuestionFilter],
    beside: Iterable[str] = ("format",),
    path: Iterable[OpenApiParameter] = (),
    feature: str = "",
) -> Callable[[View], View]:
    """``name``: of the operation, for generated clients. ``feature``: what a GeoJSON feature of the list is."""

    def describe(view: View) -> View:
        return _described(view, name, summary, shape, question, tuple(beside), tuple(path), feature)

    return describe


def _described(
    view: View,
    name: str,
    summary: str,
    shape: Any,
    question: type[QuestionFilter],
    beside: tuple[str, ...],
    path: tuple[OpenApiParameter, ...],
    feature: str,
) -> View:
    answers: dict[Any, Any] = {(200, "application/json"): shape}
    forms = [str(one.format) for one in getattr(view, "renderer_classes", ())]
    if "jsonld" in forms:
        answers[200, "application/ld+json"] = OpenApiResponse(
            OpenApiTypes.OBJECT, "In words of schema.org: a list is one graph."
        )
    if "csv" in forms:
        answers[200, "text/csv"] = OpenApiResponse(OpenApiTypes.STR, "The whole list, one line each, with a header.")
    if feature:
        answers[200, "application/geo+json"] = OpenApiResponse(_features(), f"The whole list: {feature}.")
    answers[304] = OpenApiResponse(None, "Nothing has changed since the answer with this ETag.")
    answers[400, PROBLEM] = OpenApiResponse(ProblemSerializer, "Parameters that cannot be used, each named.")
    if path:
        answers[301] = OpenApiResponse(None, "It has another address, in Location: merged, or written another way.")
        answers[404, PROBLEM] = OpenApiResponse(ProblemSerializer, "There is none.")
    answers[406, PROBLEM] = OpenApiResponse(ProblemSerializer, "None of the accepted media types can be given.")
    answers[401, PROBLEM] = OpenApiResponse(ProblemSerializer, "A token was shown that is not valid; none is needed.")
    answers[429, PROBLEM] = OpenApiResponse(ProblemSerializer, "Too many requests: Retry-After says how long to wait.")
    offered = getattr(view, "offer", lambda: Offer(()))()
    parameters = [
        *path,
        *of_filter(question),
        *(beside_filters(word, forms) for word in beside),
        *_choosing(offered),
        _IF_NONE_MATCH,
    ]
    described = extend_schema(
        operation_id=name, summary=summary, parameters=parameters, responses=answers, filters=False
    )
    return extend_schema_view(get=described)(view)


def _choosing(offered: Offer) -> list[OpenApiParameter]:
    """What may be chosen of an answer, as names with commas between them."""
    told = {
        "fields": (offered.fields, "Only these fields, with commas between them; the others are left out."),
        "expand": (offered.expand, "What is told in full in `expanded`, with commas between them."),
    }
    return [
        OpenApiParameter(
            name,
            {"type": "array", "items": {"type": "string", "enum": sorted(words)}},
            description=f"{text} Example: `{sorted(words)[0]}`.",
            explode=False,
            style="form",
        )
        for name, (words, text) in told.items()
        if words
    ]


def listed(shape: type[serializers.Serializer[Any]]) -> Any:
    """The envelope of a list of this shape."""
    noun = shape.__name__.removesuffix("Serializer")
    envelope = inline_serializer(
        name=f"{noun}List",
        fields={
            "count": serializers.IntegerField(help_text="How many the whole list holds."),
            "next": serializers.URLField(allow_null=True, help_text="The next page, or null."),
            "previous": serializers.URLField(allow_null=True, help_text="The page before, or null."),
            "results": shape(many=True),
        },
    )
    shown = [
        OpenApiExample(
            one.name,
            value={"count": 1, "next": None, "previous": None, "results": [one.value]},
            response_only=True,
            media_type="application/json",
        )
        for one in get_override(shape, "examples", [])
    ]
    extend_schema_serializer(examples=shown)(type(envelope))
    return envelope


def either(name: str, *shapes: type[serializers.Serializer[Any]]) -> Any:
    """One of several shapes."""
    return PolymorphicProxySerializer(
        component_name=name, serializers=list(shapes), resource_type_field_name=None, many=False
    )


def in_path(name: str, schema: dict[str, Any], description: str) -> OpenApiParameter:
    return OpenApiParameter(name, schema, OpenApiParameter.PATH, required=True, description=description)


_IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="ETag of an answer that is kept: 304 if it still holds."
)


def beside_filters(name: str, forms: list[str]) -> OpenApiParameter:
    if name == "format":
        return OpenApiParameter(
            name, {"type": "string", "enum": forms}, description="Form of the answer; before Accept."
        )
    if name == "page_size":
        size = {"type": "integer", "minimum": 1, "maximum": MOST_ROWS}
        return OpenApiParameter(name, size, description="How many on a page.")
    return OpenApiParameter(
        name, str, description="From next or previous of an answer to the same question; belongs to it alone."
    )


def of_filter(question: type[QuestionFilter]) -> list[OpenApiParameter]:
    return [_parameter(name, known.field) for name, known in question.base_filters.items()]


def _parameter(name: str, field: Any) -> OpenApiParameter:
    """An example of an optional parameter stands in its words: Swagger UI would send those of all of them at once."""
    repeated = isinstance(field, RepeatedField) and name != "sort"
    schema, shown = _schema(field), _EXAMPLES.get(name)
    told = f"{field.help_text} Example: `{shown}`." if shown and not field.required else str(field.help_text)
    return OpenApiParameter(
        name,
        {"type": "array", "items": schema} if repeated else schema,
        required=bool(field.required),
        description=told,
        explode=True if repeated else None,
        style="form" if repeated else None,
        examples=[OpenApiExample(str(shown), value=shown)] if field.required else [],
    )


def _schema(field: Any) -> dict[str, Any]:
    """What a value of the field looks like."""
    if isinstance(field, WordsField):
        if len(field.words) > _MOST_WORDS:
            return _COUNTRY
        return {"type": "string", "enum": sorted(field.words)}
    for kind, schema in _SCHEMAS.items():
        if isinstance(field, kind):
            return schema
    return {"type": "string", "maxLength": field.max_length}


_COUNTRY = {"type": "string", "pattern": "^[A-Za-z]{2}$"}
_SCHEMAS: dict[type, dict[str, Any]] = {
    CountryField: _COUNTRY,
    SubdivisionsField: {"type": "string", "pattern": "^[A-Za-z]{2}-[A-Za-z0-9]{1,3}$"},
    SlugsField: {"type": "string", "pattern": "^[a-z0-9-]{1,40}$"},
    IdsField: {"type": "integer", "minimum": 0},
    SequenceField: {"type": "integer", "minimum": 0},
    YesNoField: {"type": "boolean"},
    PartialDateFormField: {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
    AffiliationNumberField: {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9]*-[0-9]{6,18}$"},
}


def _features() -> dict[str, Any]:
    """A GeoJSON feature collection (RFC 7946); a feature has no geometry where nobody knows the coordinates."""
    feature = {
        "type": "object",
        "required": ["type", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "geometry": {"type": ["object", "null"]},
            "properties": {"type": "object"},
        },
    }
    return {
        "type": "object",
        "required": ["type", "features"],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "features": {"type": "array", "items": feature},
        },
    }
