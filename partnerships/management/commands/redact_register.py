"""``manage.py redact_register``: takes personal data out of one entry of the register, on lawful request."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from partnerships.exceptions import RegistryError
from partnerships.models import User
from partnerships.services import register
from partnerships.services.access import Actor


class Command(BaseCommand):
    help = (
        "Remove the payload of one register entry for good. The chain still verifies, and a new entry says publicly "
        "that it was done and why. It cannot be undone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("seq", type=int, metavar="SEQ", help="the sequence number of the entry")
        parser.add_argument("--reason", required=True, help="why; it is published")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="the registrar who answers for it")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        registrar = User.objects.filter(email=options["by"].strip().lower()).first()
        if registrar is None:
            raise CommandError(f"There is no account {options['by']}.")
        question = f"Remove the payload of entry {options['seq']} for good? Type its number to go on: "
        if not options["yes"] and input(question).strip() != str(options["seq"]):
            raise CommandError("Nothing was changed.")
        try:
            entry = register.redact(seq=options["seq"], by=Actor.of(registrar), reason=options["reason"])
        except RegistryError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"Entry {options['seq']} is redacted; entry {entry.seq} says so.")
