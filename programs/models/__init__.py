"""The tables of the programs; one file a noun."""

from programs.models.participations import Activity, Attachment, PairGrant, Participation
from programs.models.people import Consent, Entry, Person, Prize, QuotaUse
from programs.models.programs import Backer, Band, Category, Criterion, Cycle, Program, Quota
from programs.models.results import Deliverable, Result, Tranche
from programs.models.scores import Juror, Score

__all__ = [
    "Activity",
    "Attachment",
    "Backer",
    "Band",
    "Category",
    "Consent",
    "Criterion",
    "Cycle",
    "Deliverable",
    "Entry",
    "Juror",
    "PairGrant",
    "Participation",
    "Person",
    "Prize",
    "Program",
    "Quota",
    "QuotaUse",
    "Result",
    "Score",
    "Tranche",
]
