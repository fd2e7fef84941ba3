"""Who may do what: one table from a verb to the roles of staff and the relations that open it.

A relation is how somebody stands to the one record in question (``submitter``: represents the community that files,
or entered the filing as a clerk); a role holds for every record. A verb which is not in the table is a mistake of the
programmer and raises ``KeyError``; nobody is let through.
"""

from __future__ import annotations

from partnerships.choices import Role
from partnerships.rules.transitions import SUBMITTER, TRANSITIONS

REGISTRAR, CLERK, PROGRAMS, AUDITOR = (str(role) for role in (Role.REGISTRAR, Role.CLERK, Role.PROGRAMS, Role.AUDITOR))

#: A job of the registry itself, such as a command of the operator.
SYSTEM = "system"
#: Has an account and is signed in.
SIGNED_IN = "signed-in"
#: Holds the one-time link of the yearly question about the affiliation in question.
ASKED = "asked"
#: Judges in the cycle of a program, and has no conflict with the application in question.
JUROR = "juror"

PERMISSIONS: dict[str, frozenset[str]] = {
    # What moves a filing is open to those whom the table of transitions names.
    **{f"filing.{row.move}": row.who for row in TRANSITIONS.values()},
    "filing.start": frozenset({SUBMITTER}),
    "filing.enter": frozenset({CLERK, REGISTRAR}),
    "filing.edit": frozenset({SUBMITTER}),
    "filing.view": frozenset({SUBMITTER, REGISTRAR, CLERK, PROGRAMS, AUDITOR}),
    "filing.ask-partner": frozenset({SUBMITTER, REGISTRAR, CLERK}),
    "filing.waive": frozenset({REGISTRAR}),
    "affiliation.confirm": frozenset({SUBMITTER, ASKED, REGISTRAR, CLERK}),
    "affiliation.milestone": frozenset({SUBMITTER, ASKED, REGISTRAR, CLERK, PROGRAMS}),
    "confirmation.ask": frozenset({SYSTEM}),
    "confirmation.settle": frozenset({REGISTRAR, CLERK}),
    "affiliation.emeritus": frozenset({REGISTRAR}),
    "affiliation.reactivate": frozenset({REGISTRAR}),
    "affiliation.exclude": frozenset({REGISTRAR}),
    "jurisdiction.propose": frozenset({SIGNED_IN, REGISTRAR, CLERK}),
    "jurisdiction.match": frozenset({REGISTRAR}),
    "jurisdiction.correct": frozenset({REGISTRAR}),
    "compliance.draft": frozenset({REGISTRAR, CLERK}),
    "seeking.publish": frozenset({SUBMITTER}),
    "seeking.end": frozenset({SUBMITTER, REGISTRAR, CLERK}),
    "seeking.answer": frozenset({SUBMITTER}),
    "introduction.note": frozenset({REGISTRAR, CLERK, PROGRAMS}),
    "duplicate.find": frozenset({REGISTRAR, CLERK, SYSTEM}),
    "duplicate.dismiss": frozenset({REGISTRAR, CLERK}),
    "jurisdiction.merge": frozenset({REGISTRAR}),
    "affiliation.correct-partner": frozenset({REGISTRAR}),
    "membership.change": frozenset({REGISTRAR, CLERK}),
    "organisation.change": frozenset({REGISTRAR, CLERK}),
    "representation.grant": frozenset({REGISTRAR, CLERK}),
    "account.invite": frozenset({REGISTRAR, CLERK}),
    "staff.invite": frozenset({REGISTRAR, SYSTEM}),
    "document.publish": frozenset({REGISTRAR, CLERK}),
    "compliance.change": frozenset({REGISTRAR}),
    "record.import": frozenset({REGISTRAR, CLERK, SYSTEM}),
    "claim.settle": frozenset({REGISTRAR}),
    "register.redact": frozenset({REGISTRAR}),
    "notice.resend": frozenset({REGISTRAR, CLERK, PROGRAMS}),
    "subscription.erase": frozenset({REGISTRAR, CLERK}),
    # Programs. The moves are those of ``programs.rules.transitions``.
    "program.manage": frozenset({PROGRAMS}),
    "cycle.announce": frozenset({PROGRAMS}),
    "cycle.close": frozenset({PROGRAMS}),
    "cycle.reopen": frozenset({PROGRAMS}),
    "cycle.cancel": frozenset({PROGRAMS}),
    "participation.start": frozenset({SUBMITTER, PROGRAMS}),
    "participation.edit": frozenset({SUBMITTER, PROGRAMS}),
    "participation.submit": frozenset({SUBMITTER, PROGRAMS}),
    "participation.withdraw": frozenset({SUBMITTER, PROGRAMS}),
    "participation.view": frozenset({SUBMITTER, JUROR, PROGRAMS, REGISTRAR, AUDITOR}),
    "participation.return": frozenset({PROGRAMS}),
    "participation.shortlist": frozenset({PROGRAMS}),
    "participation.accept": frozenset({PROGRAMS}),
    "participation.decline": frozenset({PROGRAMS}),
    "participation.complete": frozenset({PROGRAMS}),
    "participation.resume": frozenset({PROGRAMS}),
    # Names, birth dates and contacts: the entering member and the staff of programs, nobody else (domain section 7).
    "person.view": frozenset({SUBMITTER, PROGRAMS}),
    "person.edit": frozenset({SUBMITTER, PROGRAMS}),
    "person.consent": frozenset({SUBMITTER, PROGRAMS}),
    "person.erase": frozenset({PROGRAMS, SYSTEM}),
    "entry.edit": frozenset({SUBMITTER, PROGRAMS}),
    "entry.decide": frozenset({PROGRAMS}),
    "activity.edit": frozenset({SUBMITTER, PROGRAMS}),
    "attachment.edit": frozenset({SUBMITTER, PROGRAMS}),
    "attachment.view": frozenset({SUBMITTER, JUROR, PROGRAMS}),
    "attachment.publish": frozenset({PROGRAMS}),
    "juror.appoint": frozenset({PROGRAMS}),
    "score.give": frozenset({JUROR}),
    "score.view": frozenset({PROGRAMS, AUDITOR}),
    "prize.give": frozenset({PROGRAMS}),
    "grant.award": frozenset({PROGRAMS}),
    "grant.pay": frozenset({PROGRAMS}),
    "deliverable.promise": frozenset({PROGRAMS}),
    "deliverable.deliver": frozenset({SUBMITTER, PROGRAMS}),
    "deliverable.accept": frozenset({PROGRAMS}),
    "result.claim": frozenset({SUBMITTER, PROGRAMS}),
    "result.verify": frozenset({PROGRAMS}),
    "result.withdraw": frozenset({PROGRAMS}),
    "private.view": frozenset({REGISTRAR, CLERK, PROGRAMS, AUDITOR}),
}


def allows(verb: str, roles: frozenset[str], relations: frozenset[str] = frozenset()) -> bool:
    """Whether one of these roles, or one of these relations to the record in question, opens the verb."""
    return bool(PERMISSIONS[verb] & (roles | relations))
