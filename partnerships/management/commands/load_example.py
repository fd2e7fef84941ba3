"""``manage.py load_example``: the example registry, entered through the operations; idempotent."""

from __future__ import annotations

import logging
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from partnerships.transfer import demo_crowd
from partnerships.transfer.example import accounts, fictional, offered
from partnerships.transfer.example.load import load


class Command(BaseCommand):
    help = (
        "Enter the example registry: real partnerships as far as public sources state them, and fictional ones that "
        "are marked as such. Running it again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--demo-size",
            type=int,
            default=0,
            metavar="N",
            help="also N fictional affiliations between real places, so that maps and charts have something to show",
        )
        parser.add_argument(
            "--with-logins",
            action="store_true",
            default=settings.DEBUG,
            help="give the people of the example one printed password (always so with DEBUG on); never on a server "
            "that others can reach",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["demo_size"] < 0:
            raise CommandError("--demo-size must not be negative.")
        logging.disable(logging.INFO)  # a line for each of a hundred notices says nothing here
        try:
            self._load(options["demo_size"], options["with_logins"], loud=options["verbosity"] > 1)
        finally:
            logging.disable(logging.NOTSET)

    def _load(self, demo_size: int, logins: bool, *, loud: bool) -> None:
        today = timezone.localdate()
        entered = load(on=today, logins=logins, tell=self.stdout.write if loud else lambda line: None)
        self.stdout.write(f"Example registry: {entered} filings, memberships and events entered.")
        for name, count in offered.load(today).items():
            self.stdout.write(f"Example of {name}: {count} entered.")
        if demo_size:
            added = demo_crowd.enter(count=demo_size, on=today)
            self.stdout.write(f"Fictional affiliations between real places: {added} entered, {demo_size} in all.")
        if logins:
            self.stdout.write(f"\nDemo logins, all with the password {accounts.PASSWORD}:")
            for account in fictional.ACCOUNTS:
                self.stdout.write(f"  {account.email:32} {account.printed or account.role or 'representative'}")
