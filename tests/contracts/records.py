"""What every record of the registry owes its readers. A new model joins one of these lists, or the suite is red."""

from __future__ import annotations

# Everybody reads them: a list under /api/v1/, words people can read, and staff see them too.
PUBLIC = {
    "Affiliation": "affiliations",
    "Agreement": "agreements",
    "Jurisdiction": "jurisdictions",
    "RegisterEntry": "register",
}
# Staff work with them in the admin.
STAFF = {
    "AccessRequest",
    "ComplianceLetter",
    "ComplianceRule",
    "Conflict",
    "Exclusion",
    "Filing",
    "ImportRun",
    "Invitation",
    "LedgerEntry",
    "LikelyDuplicate",
    "MembershipTerm",
    "Merge",
    "Notice",
    "Representation",
    "User",
}
# Shown with the record they belong to.
PARTS = {
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
    "Wish",
}
# Kept by services for other readers, never shown as themselves.
KEPT = {
    "AffiliationSide",
    "AffiliationTheme",
    "ClaimedPair",
    "Counter",
    "GazetteerEdition",
    "NameWord",
    "Place",
    "PlaceName",
    "Publication",
    "RegisterHead",
    "SignatoryWord",
    "Tally",
}
