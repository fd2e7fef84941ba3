"""Wiring of the registry: settings, addresses, server, worker. Nobody imports it but Django and Celery."""

from __future__ import annotations

from sci_registry.celery import app as celery_app

__all__ = ["celery_app"]
