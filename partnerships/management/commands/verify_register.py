"""``manage.py verify_register``: walks the whole chain of the register, or of an exported file."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from partnerships.rules import chain
from partnerships.selectors import register
from partnerships.transfer import register_file


class Command(BaseCommand):
    help = (
        "Verify the chain of the register from its first entry. Exit code 0 and the head, 1 and the first entry that "
        "fails, 2 where the file cannot be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--file",
            type=Path,
            metavar="EXPORT.jsonl",
            help="verify an export (JSON Lines, as at /register.jsonl) instead of the database",
        )
        parser.add_argument(
            "--head",
            default="",
            metavar="HASH",
            help="a hash noted earlier: fail unless the chain contains it. Only this shows that the end of a file was "
            "not cut off",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["head"].strip().lower()
        self.found = not wanted
        try:
            seq, head = self._file(options["file"], wanted) if options["file"] else self._database(wanted)
        except chain.ChainBroken as broken:
            raise CommandError(f"The register does not verify. {broken}.") from broken
        if not self.found:
            raise CommandError(f"The chain verifies, but does not contain {wanted}: it was cut off or replaced.")
        self.stdout.write(self.style.SUCCESS(f"The register verifies: {seq} entries."))
        self.stdout.write(f"Head: {seq} {head}")

    def _database(self, wanted: str) -> tuple[int, str]:
        total, _hash = register.head()
        with _bar() as bar:
            task = bar.add_task("entries", total=total)
            return register.verify(lambda entries: self._watch(entries, wanted, lambda: bar.advance(task)))

    def _file(self, path: Path, wanted: str) -> tuple[int, str]:
        try:
            with path.open("rb") as lines, _bar() as bar:
                task = bar.add_task("bytes", total=path.stat().st_size)
                read = self._watch(
                    register_file.entries(lines), wanted, lambda: bar.update(task, completed=lines.tell())
                )
                return chain.verify(read)
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error}", returncode=2) from error

    def _watch(self, entries: Iterable[chain.Entry], wanted: str, tick: Any) -> Iterator[chain.Entry]:
        for entry in entries:
            self.found = self.found or entry.hash == wanted
            yield entry
            if entry.seq % 1_000 == 0:
                tick()


def _bar() -> Progress:
    columns = (TextColumn("Verifying"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, transient=True)
