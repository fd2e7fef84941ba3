"""What every record of the registry owes its readers. A new model joins one of these lists, or the suite is red."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Records:
    """The records of one app.

    ``public``: everybody reads them: a list under /api/v1/, words people can read, and staff see them too.
    ``staff``: staff work with them in the admin.
    ``parts``: shown with the record they belong to.
    ``kept``: kept by services for other readers, never shown as themselves.
    """

    public: dict[str, str]
    staff: frozenset[str]
    parts: frozenset[str]
    kept: frozenset[str]


PARTNERSHIPS = Records(
    public={
        "Affiliation": "affiliations",
        "Agreement": "agreements",
        "Jurisdiction": "jurisdictions",
        "RegisterEntry": "register",
    },
    staff=frozenset(
        {
            "AccessRequest",
            "ComplianceLetter",
            "ComplianceRule",
            "Confirmation",
            "Conflict",
            "Exclusion",
            "Filing",
            "ImportRun",
            "Introduction",
            "Invitation",
            "LedgerEntry",
            "LikelyDuplicate",
            "MembershipTerm",
            "Merge",
            "Notice",
            "Representation",
            "User",
            "Wish",
        }
    ),
    parts=frozenset(
        {
            "AccessToken",
            "AgreementAffiliation",
            "Claim",
            "Contact",
            "Document",
            "FilingParty",
            "ImportRow",
            "JurisdictionName",
            "Milestone",
            "Organisation",
            "PartnerRequest",
            "Period",
            "Signatory",
            "StaffDecision",
            "Subscription",
            "Waiver",
        }
    ),
    kept=frozenset(
        {
            "AffiliationSide",
            "AffiliationTheme",
            "ClaimedPair",
            "Counter",
            "GazetteerEdition",
            "KeptAnswer",
            "NameWord",
            "Place",
            "PlaceName",
            "Publication",
            "RegisterHead",
            "SignatoryWord",
            "Tally",
            "WishAim",
        }
    ),
)
PROGRAMS = Records(
    public={
        "Activity": "activities",
        "Cycle": "cycles",
        "Participation": "participations",
        "Program": "programs",
        "Result": "results",
    },
    staff=frozenset(
        {
            "Attachment",
            "Deliverable",
            "Entry",
            "Juror",
            "Prize",
            "Tranche",
        }
    ),
    parts=frozenset(
        {
            "Backer",
            "Band",
            "Category",
            "Consent",
            "Criterion",
            "Person",
            "Quota",
            "Score",
        }
    ),
    kept=frozenset(
        {
            "PairGrant",
            "QuotaUse",
        }
    ),
)
APPS = {"partnerships": PARTNERSHIPS, "programs": PROGRAMS}
