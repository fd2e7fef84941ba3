"""Who acts, and whether they may."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.choices import Role
from partnerships.exceptions import NotAllowed
from partnerships.models import Affiliation, Filing, Representation, User
from partnerships.rules import permissions


@dataclass(frozen=True)
class Actor:
    """A person or a job that changes something; always passed as an argument, never found in the surroundings."""

    name: str
    user: User | None = None
    roles: frozenset[str] = frozenset()
    #: The token by which a program acts for the person: its id and its name.
    token: str = ""
    #: The affiliation about which the one-time link of the actor asks.
    asked_about: int | None = None

    @classmethod
    def of(cls, user: User) -> Actor:
        roles: frozenset[str] = frozenset()
        if user.is_active and user.is_superuser:
            roles = frozenset(Role.values)
        elif user.is_active and user.is_staff:
            roles = frozenset(user.groups.filter(name__in=Role.values).values_list("name", flat=True))
        return cls(name=user.get_full_name(), user=user, roles=roles)

    @classmethod
    def system(cls, job: str) -> Actor:
        """A job of the registry itself, such as ``nightly``."""
        return cls(name=f"system: {job}", roles=frozenset({"system"}))

    @classmethod
    def anonymous(cls, name: str, *, asked_about: int | None = None) -> Actor:
        """Somebody without an account who holds a one-time link, perhaps about one affiliation."""
        return cls(name=name, asked_about=asked_about)

    @property
    def is_staff(self) -> bool:
        return bool(self.roles & set(Role.values))


def represents(by: Actor, jurisdiction_ids: Iterable[int | None], on: date | None = None) -> bool:
    """Whether the actor may speak for one of these communities on that day (today where none is given)."""
    ids = [pk for pk in jurisdiction_ids if pk is not None]
    if by.user is None or not by.user.is_active or not ids:
        return False
    active = Representation.objects.active(on or timezone.localdate())
    return active.filter(user=by.user, jurisdiction_id__in=ids).exists()


def stands_to(by: Actor, affiliation: Affiliation) -> frozenset[str]:
    """How the actor stands to an affiliation: ``submitter`` speaks for a party, ``asked`` holds a link about it."""
    found = {"submitter"} if represents(by, affiliation.party_ids) else set()
    return frozenset(found | ({permissions.ASKED} if by.asked_about == affiliation.pk else set()))


def relations(by: Actor, filing: Filing) -> frozenset[str]:
    """How the actor stands to a filing.

    ``submitter`` represents the community that files, or entered the filing as staff; ``entered`` typed or submitted
    it in person (four eyes); ``conflict`` speaks for one of its parties.
    """
    found: set[str] = set()
    if by.user is None:
        return frozenset()
    if represents(by, [filing.on_behalf_of_id]):
        found.add("submitter")
    if filing.historical and filing.started_by_id == by.user.pk and by.is_staff:
        found.add("submitter")
    if by.user.pk in (filing.started_by_id, filing.submitted_by_id):
        found.add("entered")
    if represents(by, filing.party_rows.values_list("jurisdiction_id", flat=True)):
        found.add("conflict")
    return frozenset(found)


def require(by: Actor, verb: str, related: frozenset[str] = frozenset()) -> None:
    """Raises ``NotAllowed`` unless the table of permissions allows the verb to this actor."""
    if not permissions.allows(verb, by.roles, related):
        raise NotAllowed(_("You are not allowed to do this."))
