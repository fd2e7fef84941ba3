"""Defaults of the REST API and of its OpenAPI description."""

from __future__ import annotations

from typing import Any

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_RENDERER_CLASSES": ["partnerships.api.negotiation.Json"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    # Public reads are the same for everybody; a view that writes names how it knows the caller.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "EXCEPTION_HANDLER": "partnerships.api.problems.handler",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "URL_FORMAT_OVERRIDE": "format",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Sister City Registry",
    "DESCRIPTION": "Sister city partnerships: who is tied to whom, since when, by which agreement.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "LICENSE": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    # One name for each closed list of words, wherever it occurs.
    "ENUM_NAME_OVERRIDES": {
        "RecognitionCode": "partnerships.api.serializers.affiliations.RECOGNITION_CODES",
        "PlaceMatch": "partnerships.api.serializers.gazetteer.MATCHES",
        "ProgramKind": "programs.api.serializers.parts.KINDS",
        "ActivityKind": "programs.choices.ActivityKind",
    }
    | {
        name: f"partnerships.choices.{name}"
        for name in (
            "Act",
            "AffiliationKind",
            "Charter",
            "DocumentRole",
            "EvidenceGrade",
            "FilingState",
            "JurisdictionKind",
            "Light",
            "NameKind",
            "Reason",
            "Severity",
            "SignatoryCapacity",
            "Standing",
            "Theme",
        )
    },
    # Swagger UI would ask a host of its own makers whether the description is valid.
    "SWAGGER_UI_SETTINGS": {"validatorUrl": None, "deepLinking": True, "docExpansion": "list"},
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}
