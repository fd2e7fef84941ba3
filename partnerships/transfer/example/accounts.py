"""The people of the example: invited and admitted like anybody else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib.auth.models import Group
from django.utils.crypto import get_random_string

from partnerships.choices import Capacity
from partnerships.models import Invitation, Jurisdiction, User
from partnerships.services import links, members
from partnerships.services.access import Actor
from partnerships.transfer.example.shapes import Account

#: Printed by the demo. Only set where logins are asked for; otherwise nobody can use these accounts.
PASSWORD = "sister-cities-demo"  # noqa: S105 # nosec B105 - a fictional person
PROOF = "Example registry"


def admit(account: Account, communities: Mapping[str, Jurisdiction], *, by: Actor, on: date, logins: bool) -> User:
    """The account with its role or its communities; found again where it is there already."""
    if account.role:
        Group.objects.get_or_create(name=account.role)
    user = User.objects.filter(email=account.email).first()
    if account.role and not (user and user.groups.filter(name=account.role).exists()):
        invitation = members.invite_staff(email=account.email, role=account.role, name=account.name, by=by)
        user = _accept(invitation, account, on=on, logins=logins)
    for key in account.represents:
        if not (user and user.representations.filter(jurisdiction=communities[key], to_date=None).exists()):
            invitation = members.invite_representative(
                email=account.email,
                jurisdiction=communities[key],
                capacity=Capacity.EMPLOYEE,
                name=account.name,
                proof=PROOF,
                by=by,
            )
            user = _accept(invitation, account, on=on, logins=logins)
    if user is None:
        raise ValueError(f"{account.email} neither has a role nor represents anybody.")
    _open(user, logins)
    return user


def _accept(invitation: Invitation, account: Account, *, on: date, logins: bool) -> User:
    token = links.sign(links.INVITATION, invitation.pk)
    password = PASSWORD if logins else get_random_string(40)
    return members.accept_invitation(token=token, name=account.name, password=password, on=on)


def _open(user: User, logins: bool) -> None:
    """Active for as long as the example is entered; ``close`` shuts the accounts that are nobody's login."""
    user.is_active = True
    if not logins:
        user.set_unusable_password()
    elif not user.has_usable_password():
        user.set_password(PASSWORD)
    user.save(update_fields=["is_active", "password"])


def close(users: Mapping[str, User]) -> None:
    """Nobody may sign in as a person of the example, or be told of filings in their place."""
    User.objects.filter(pk__in=[user.pk for user in users.values()]).update(is_active=False)
