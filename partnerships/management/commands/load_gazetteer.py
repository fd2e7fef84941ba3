"""``manage.py load_gazetteer``: world places for look-up and matching, from an installed package, no network."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from partnerships.transfer import gazetteer_loader


class Command(BaseCommand):
    help = (
        "Load world places, ISO 3166-2 subdivisions and U.S. counties for look-up and matching, from installed "
        "packages. Running it again with the same options changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--min-population",
            type=int,
            default=15_000,
            metavar="N",
            help="places of at least N inhabitants, from 0 (all that the package knows, 500 and more); default 15000",
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would be loaded")
        parser.add_argument("--force", action="store_true", help="load again even if this edition is there")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["min_population"] < 0:
            raise CommandError("--min-population must not be negative.")
        with Progress(
            TextColumn("Places"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), transient=True
        ) as bar:
            task = bar.add_task("places", total=None)
            loaded = gazetteer_loader.load(
                min_population=options["min_population"],
                force=options["force"],
                dry_run=options["dry_run"],
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )
        what = f"{loaded.places:,} places with {loaded.names:,} names"
        if not loaded.changed:
            self.stdout.write(f"Nothing to do: {what} of this edition are loaded.")
        elif options["dry_run"]:
            self.stdout.write(f"Would load {what} from {gazetteer_loader.source()}.")
        else:
            self.stdout.write(self.style.SUCCESS(f"Loaded {what} from {gazetteer_loader.source()}."))
