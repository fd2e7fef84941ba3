"""The one signal of the registry."""

from __future__ import annotations

from django.dispatch import Signal

#: Sent once after the commit of a transaction that queued notices, with their ``notice_ids``; a door wakes the worker.
outbox_filled = Signal()
