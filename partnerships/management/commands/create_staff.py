"""``manage.py create_staff``: invites a member of staff, the first one above all."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from partnerships.choices import Role
from partnerships.exceptions import RegistryError
from partnerships.services import letters, links, members
from partnerships.services.access import Actor


class Command(BaseCommand):
    help = "Invite a member of staff by mail. Whoever opens the link sets a name and a password and has the role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL", help="where the invitation goes, and the login")
        parser.add_argument("--role", required=True, choices=Role.values, help="what the person may do")
        parser.add_argument("--name", default="", help="the person's name")
        parser.add_argument(
            "--show-link", action="store_true", help="also print the link, where mail does not work yet; it is a secret"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            invitation = members.invite_staff(
                email=options["email"], role=options["role"], name=options["name"], by=Actor.system("create_staff")
            )
        except RegistryError as error:
            raise CommandError(error.message) from error
        until = invitation.expires_at.date()
        self.stdout.write(f"Invited {invitation.email} as {invitation.get_role_display()}, valid until {until}.")
        if options["show_link"]:
            token = links.sign(links.INVITATION, invitation.pk)
            self.stdout.write(letters.page(f"/account/invitation/{token}/"))
