"""Runs every periodic duty once: for cron, where there is no Celery beat."""

from __future__ import annotations

from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from partnerships.services import reminders
from partnerships.transfer import import_runs
from partnerships.transfer.open_data import publish


class Command(BaseCommand):
    # Cron calls this every minute: it neither loads nor judges the pages.
    requires_system_checks = ()
    help = (
        "Run every periodic duty once: digests and reminders, recognition, sweeps, the delivery of notices,\n"
        "imports whose worker died, statistics and open data.\n"
        "Safe beside Celery beat and beside another run of itself: what is done is not done again.\n"
        "With --verbosity 0 only failures are printed, so that cron writes mail for failures only.\n\n"
        "Exit codes: 0 every duty was run, 1 a duty failed (the others were run)."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def handle(self, *args: Any, **options: Any) -> None:
        done = reminders.run_all(timezone.now(), further=[import_runs.DUTY, publish.DUTY])
        for row in done:
            if row.error:
                self.stderr.write(f"{row.duty}: failed ({row.error})")
            elif options["verbosity"]:
                counts = ", ".join(f"{count} {what}" for what, count in row.counts.items())
                self.stdout.write(f"{row.duty}: {counts or 'done'}")
        if any(row.error for row in done):
            raise SystemExit(1)
