"""``manage.py check_readmodels``: proves that what is kept for quick reading equals a recount of the record."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from partnerships.models import Affiliation
from partnerships.selectors import differences
from partnerships.services import repair
from partnerships.services.access import Actor

MOST_SHOWN = 100


class Command(BaseCommand):
    help = (
        "Compare sides, themes, totals, counts, periods, charter, recognition and words of names with a recount from "
        "the record. "
        "Exit code 0 where all agree, 1 with the differences."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="put right what differs, as an entry of the register")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        if options["repair"]:
            count = repair.read_models(by=Actor.system("check_readmodels"), on=today)
            self.stdout.write(f"{count} differences put right.")
        found = self._differences(today)
        for difference in islice(found, MOST_SHOWN):
            self.stdout.write(str(difference))
        if found:
            more = f", the first {MOST_SHOWN} above" if len(found) > MOST_SHOWN else ""
            raise CommandError(f"{len(found)} differences{more}. --repair puts them right.")
        self.stdout.write(self.style.SUCCESS("The read models equal a recount of the record."))

    def _differences(self, today: date) -> list[differences.Difference]:
        columns = (TextColumn("Recounting"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, transient=True) as bar:
            task = bar.add_task("affiliations", total=Affiliation.objects.count())
            return list(differences.all_differences(on=today, passed=lambda: bar.advance(task)))
