"""``manage.py export_registry``: the open data as files in a folder, of today or as of a day of the past."""

from __future__ import annotations

import shutil
import tempfile
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from partnerships.selectors.open_data import Moment
from partnerships.transfer.open_data import export


class Command(BaseCommand):
    # It neither loads nor judges the pages.
    requires_system_checks = ()
    help = (
        "Write the open data into a folder: a Frictionless Data Package (a CSV file a table, datapackage.json with\n"
        "schema, licence, day and checksums), GeoJSON, JSON-LD, GraphML, GEXF, the register as JSON Lines, and a\n"
        "description for data portals. The folder appears when everything in it is complete, and not before.\n\n"
        "Exit codes: 0 written, 2 the folder or the day cannot be used, 1 anything else."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is empty or not there yet")
        parser.add_argument(
            "--as-of",
            metavar="DATE",
            help="a day (2001-05-17): what was in force and recognised then, by periods and terms of membership",
        )
        parser.add_argument("--overwrite", action="store_true", help="replace what the folder holds")

    def handle(self, *args: Any, **options: Any) -> None:
        moment = _moment(options["as_of"])
        folder = _usable(options["folder"], overwrite=options["overwrite"])
        try:
            with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
                made = Path(beside) / folder.name
                made.mkdir()
                exported = self._export(made, moment, quiet=not options["verbosity"])
                if folder.exists():
                    shutil.rmtree(folder)
                made.rename(folder)
        except OSError as error:
            raise CommandError(f"The folder cannot be written: {error}", returncode=2) from error
        if options["verbosity"]:
            self._say(folder, moment, exported)

    def _export(self, made: Path, moment: Moment, *, quiet: bool) -> export.Exported:
        columns = (TextColumn("Writing"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, transient=True, disable=quiet) as bar:
            task = bar.add_task("rows", total=None)
            return export.export(
                made,
                moment=moment,
                made_at=timezone.now(),
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )

    def _say(self, folder: Path, moment: Moment, exported: export.Exported) -> None:
        for file in exported.files:
            rows = "" if file.rows is None else f"{file.rows:>12,} rows"
            self.stdout.write(f"{file.name:28}{file.size:>16,} bytes{rows}")
        what = "as it was on" if moment.past else "as it stands on"
        done = f"{folder}: the record {what} {moment.day}, register entry {exported.stand.seq} {exported.stand.hash}"
        self.stdout.write(self.style.SUCCESS(done))


def _moment(asked: str | None) -> Moment:
    today = timezone.localdate()
    if asked is None:
        return Moment(today)
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        raise CommandError(f'--as-of: "{asked}" is no day such as 2001-05-17.', returncode=2) from None
    if day > today:
        raise CommandError(f"--as-of: {day} has not come yet.", returncode=2)
    return Moment(day, past=True)


def _usable(folder: Path, *, overwrite: bool) -> Path:
    folder = folder.resolve()
    if folder.exists() and not folder.is_dir():
        raise CommandError(f"{folder} is a file and no folder.", returncode=2)
    if folder.exists() and any(folder.iterdir()) and not overwrite:
        raise CommandError(f"{folder} is not empty; --overwrite replaces what it holds.", returncode=2)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"The folder cannot be made: {error}", returncode=2) from error
    return folder
