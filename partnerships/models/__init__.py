"""The tables of the register; one file a noun."""

from partnerships.models.accounts import User
from partnerships.models.affiliations import (
    Affiliation,
    AffiliationSide,
    AffiliationTheme,
    Exclusion,
    Milestone,
    Period,
    StaffDecision,
    Tally,
)
from partnerships.models.agreements import Agreement, AgreementAffiliation, Counter
from partnerships.models.claims import Claim, Conflict
from partnerships.models.compliance import ComplianceLetter, ComplianceRule
from partnerships.models.confirmations import Confirmation
from partnerships.models.documents import Document
from partnerships.models.filings import ClaimedPair, Filing, FilingParty, PartnerRequest, Waiver
from partnerships.models.gazetteer import GazetteerEdition, Place, PlaceName
from partnerships.models.imports import ImportRow, ImportRun
from partnerships.models.jurisdictions import Jurisdiction, JurisdictionName, NameWord
from partnerships.models.ledger import LedgerEntry
from partnerships.models.likely_duplicates import LikelyDuplicate
from partnerships.models.members import (
    AccessRequest,
    Contact,
    Invitation,
    MembershipTerm,
    Organisation,
    Representation,
)
from partnerships.models.merges import Merge
from partnerships.models.outbox import Notice
from partnerships.models.publications import Publication
from partnerships.models.register import RegisterEntry, RegisterHead
from partnerships.models.seeking import Introduction, Wish, WishAim
from partnerships.models.signatories import Signatory, SignatoryWord
from partnerships.models.subscriptions import Subscription
from partnerships.models.tokens import AccessToken, KeptAnswer

__all__ = [
    "AccessRequest",
    "AccessToken",
    "Affiliation",
    "AffiliationSide",
    "AffiliationTheme",
    "Agreement",
    "AgreementAffiliation",
    "Claim",
    "ClaimedPair",
    "ComplianceLetter",
    "ComplianceRule",
    "Confirmation",
    "Conflict",
    "Contact",
    "Counter",
    "Document",
    "Exclusion",
    "Filing",
    "FilingParty",
    "GazetteerEdition",
    "ImportRow",
    "ImportRun",
    "Introduction",
    "Invitation",
    "Jurisdiction",
    "JurisdictionName",
    "KeptAnswer",
    "LedgerEntry",
    "LikelyDuplicate",
    "MembershipTerm",
    "Merge",
    "Milestone",
    "NameWord",
    "Notice",
    "Organisation",
    "PartnerRequest",
    "Period",
    "Place",
    "PlaceName",
    "Publication",
    "RegisterEntry",
    "RegisterHead",
    "Representation",
    "Signatory",
    "SignatoryWord",
    "StaffDecision",
    "Subscription",
    "Tally",
    "User",
    "Waiver",
    "Wish",
    "WishAim",
]
