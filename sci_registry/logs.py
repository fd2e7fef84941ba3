"""Structured logs on standard error: one JSON object a line, without personal data.

Requests are named by their route, never by their path or query: an address can hold a token, a search a name.
"""

from __future__ import annotations

from typing import Any

import structlog

SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def logging_settings(*, readable: bool) -> dict[str, Any]:
    """LOGGING for Django; sets structlog up to write through the same handler."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last: list[Any] = (
        # Tracebacks without the values of variables, which may be somebody's name or birth date.
        [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
        if readable
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
            }
        },
        "handlers": {"standard_error": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["standard_error"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            # Refused and missing pages are in the request log by route; here they would carry the path.
            "django.request": {"level": "ERROR"},
            # Development server and Django's own access lines repeat the request log, with the path.
            "django.server": {"level": "ERROR", "handlers": [], "propagate": True},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }
