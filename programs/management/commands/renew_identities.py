"""``manage.py renew_identities``: after a new ``IDENTITY_KEY``, students are found twice again as before."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from partnerships.services.access import Actor
from programs.services import identities


class Command(BaseCommand):
    help = (
        "Work out anew the digests by which a student is found twice in one competition. Run it once after "
        "IDENTITY_KEY (or, without it, SECRET_KEY) has changed. Exit code 1 names works that turn out to be second "
        "ones of a student."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = identities.renew(by=Actor.system("renew_identities"))
        self.stdout.write(f"{done.people} people have a new digest.")
        if done.doubles:
            works = ", ".join(f"#{pk}" for pk in done.doubles)
            raise CommandError(f"Second works of a student, for the programs office to decide: {works}")
