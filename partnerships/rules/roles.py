"""What each staff role finds in the admin: one row a table of the register.

Who may add and change is not said here again: it follows from the verbs of ``rules.permissions``. Nobody removes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from partnerships.choices import Role
from partnerships.rules.permissions import PERMISSIONS

_EVERYBODY = frozenset(str(role) for role in Role)
_OFFICE = _EVERYBODY - {str(Role.PROGRAMS)}


@dataclass(frozen=True)
class Drawer:
    """Who may look, and the verbs that open adding and changing (none: nobody does it by hand)."""

    view: frozenset[str]
    add: str = ""
    change: str = ""


DRAWERS: dict[str, Drawer] = {
    "filing": Drawer(_EVERYBODY, add="filing.enter"),
    "document": Drawer(_EVERYBODY),
    "agreement": Drawer(_EVERYBODY),
    "affiliation": Drawer(_EVERYBODY),
    "exclusion": Drawer(_EVERYBODY),
    "milestone": Drawer(_EVERYBODY),
    "jurisdiction": Drawer(_EVERYBODY),
    "jurisdictionname": Drawer(_EVERYBODY),
    "membershipterm": Drawer(_EVERYBODY, add="membership.change"),
    "organisation": Drawer(_EVERYBODY, add="organisation.change", change="organisation.change"),
    "contact": Drawer(_EVERYBODY, add="organisation.change", change="organisation.change"),
    "representation": Drawer(_OFFICE),
    "invitation": Drawer(_OFFICE, add="representation.grant"),
    "accessrequest": Drawer(_OFFICE),
    "user": Drawer(_OFFICE),
    "importrun": Drawer(_EVERYBODY, add="record.import"),
    "compliancerule": Drawer(_EVERYBODY, add="compliance.change", change="compliance.change"),
    "complianceletter": Drawer(_OFFICE, change="compliance.draft"),
    "confirmation": Drawer(_OFFICE),
    "conflict": Drawer(_EVERYBODY),
    "likelyduplicate": Drawer(_EVERYBODY),
    "merge": Drawer(_EVERYBODY),
    "wish": Drawer(_EVERYBODY),
    "introduction": Drawer(_EVERYBODY),
    "notice": Drawer(_EVERYBODY),
    "subscription": Drawer(_OFFICE),
    "registerentry": Drawer(_EVERYBODY),
    "ledgerentry": Drawer(_OFFICE),
}


def permissions_of(role: str, drawers: Mapping[str, Drawer] = DRAWERS) -> frozenset[str]:
    """The names of Django's permissions, such as ``view_filing``, that the group of this role holds.

    ``drawers`` is the table of one app; other apps keep their own beside their rules.
    """
    held = {f"view_{table}" for table, drawer in drawers.items() if role in drawer.view}
    for table, drawer in drawers.items():
        held |= {
            f"{act}_{table}"
            for act, verb in (("add", drawer.add), ("change", drawer.change))
            if verb and role in PERMISSIONS[verb]
        }
    return frozenset(held)
