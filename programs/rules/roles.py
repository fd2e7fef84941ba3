"""What each staff role finds of the programs in the admin: one row a table (see ``partnerships.rules.roles``).

There is no drawer for people and their consents: names and birth dates are looked at on a page of their own, which
records who looked.
"""

from __future__ import annotations

from partnerships.choices import Role
from partnerships.rules.roles import Drawer

_EVERYBODY = frozenset(str(role) for role in Role)
_PROGRAMS = frozenset({str(Role.PROGRAMS)})
_WATCHED = _PROGRAMS | {str(Role.AUDITOR)}

DRAWERS: dict[str, Drawer] = {
    "program": Drawer(_EVERYBODY, add="program.manage"),
    "cycle": Drawer(_EVERYBODY, add="program.manage"),
    "backer": Drawer(_EVERYBODY),
    "category": Drawer(_EVERYBODY),
    "band": Drawer(_EVERYBODY),
    "quota": Drawer(_EVERYBODY),
    "criterion": Drawer(_EVERYBODY),
    "participation": Drawer(_EVERYBODY, add="participation.start"),
    "activity": Drawer(_EVERYBODY),
    "deliverable": Drawer(_EVERYBODY),
    "tranche": Drawer(_EVERYBODY),
    "result": Drawer(_EVERYBODY),
    "prize": Drawer(_EVERYBODY),
    "juror": Drawer(_WATCHED),
    "score": Drawer(_WATCHED),
    # A title or a statement may name its maker.
    "entry": Drawer(_PROGRAMS),
    "attachment": Drawer(_PROGRAMS),
}
