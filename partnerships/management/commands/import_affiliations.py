"""``manage.py import_affiliations FILE``: enter the affiliations that a file tells of."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from partnerships.choices import ImportFormat, ImportOutcome
from partnerships.selectors.import_plan import Decision
from partnerships.services.access import Actor
from partnerships.transfer import import_files, importer

SOME_REJECTED, UNUSABLE = 3, 2


class Command(BaseCommand):
    help = (
        "Enter the affiliations of a file: CSV with a header, JSON results of a Wikidata query, or a GEXF network.\n"
        "The file is read once before anything goes in. Rows go in by batches, each with one entry of the register;\n"
        "running the same file again, also after it was interrupted, changes nothing that is in.\n\n"
        "Exit codes: 0 all rows are in, 3 some rows were rejected, 2 the file cannot be used and nothing went in."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--format", choices=ImportFormat.values, help="default: by the ending of the name")
        parser.add_argument("--dry-run", action="store_true", help="only say what would become of each row")
        parser.add_argument(
            "--report",
            type=Path,
            metavar="REJECTS.csv",
            help="write the rows that did not go in as they are there, with why",
        )
        parser.add_argument("--source", default="", metavar="TEXT", help="who says so; default: the name of the file")

    def handle(self, *args: Any, **options: Any) -> None:
        path, file_format = options["file"], options["format"] or import_files.format_of(options["file"].name)
        checked = self._checked(path, file_format)
        with ExitStack() as open_files:
            report = self._report(options["report"], open_files)
            bar = open_files.enter_context(_bar(shown=options["verbosity"] > 0 and sys.stderr.isatty()))
            task = bar.add_task("Rows", total=checked.rows)

            def tell(decisions: list[Decision]) -> None:
                bar.advance(task, len(decisions))
                if report:
                    report.add(decisions)

            today = timezone.localdate()
            if options["dry_run"]:
                tally = importer.preview(path, file_format, on=today, tell=tell)
            else:
                source, by = options["source"].strip() or path.name, Actor.system("import_affiliations")
                tally = importer.enter(path, file_format, source=source[:500], by=by, on=today, tell=tell)
        self._say(tally, dry_run=options["dry_run"])
        if tally.rejected:
            raise SystemExit(SOME_REJECTED)

    def _checked(self, path: Path, file_format: str) -> import_files.Checked:
        try:
            checked = import_files.check(path, file_format)
        except import_files.Unusable as error:
            raise CommandError(f"{path.name}: {error.text()} Nothing went in.", returncode=UNUSABLE) from error
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}. Nothing went in.", returncode=UNUSABLE) from error
        if checked.passed_over:
            self.stderr.write(f"Columns that are not known are passed over: {', '.join(checked.passed_over)}")
        return checked

    def _report(self, path: Path | None, open_files: ExitStack) -> importer.Report | None:
        if path is None:
            return None
        try:
            return importer.Report(open_files.enter_context(path.open("w", encoding="utf-8", newline="")))
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}. Nothing went in.", returncode=UNUSABLE) from error

    def _say(self, tally: importer.Tally, *, dry_run: bool) -> None:
        self.stdout.write(f"{tally.rows:,} rows{' (dry run: nothing was changed)' if dry_run else ''}")
        for outcome in ImportOutcome:
            self.stdout.write(f"  {tally.outcomes[outcome]:>9,}  {outcome.label}")
        for code, count in tally.reasons.most_common():
            self.stdout.write(f"             {count:>9,}  {code}")


def _bar(*, shown: bool) -> Progress:
    columns = (TextColumn("Rows"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, transient=True, disable=not shown)
