"""The one signal of the registry."""

from __future__ import annotations

from django.dispatch import Signal

#: Sent after the commit of a transaction that queued at least one notice; a door wakes the worker.
outbox_filled = Signal()
