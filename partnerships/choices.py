"""The closed word lists of the registry, in the terms of the field.

Every list is a ``TextChoices``: the value is what is stored and what the API says, the label is what people read.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JurisdictionKind(TextChoices):
    CITY = "city", _("City")
    TOWN = "town", _("Town")
    VILLAGE = "village", _("Village")
    TOWNSHIP = "township", _("Township")
    BOROUGH = "borough", _("Borough")
    MUNICIPALITY = "municipality", _("Municipality")
    COUNTY = "county", _("County")
    DISTRICT = "district", _("District")
    PREFECTURE = "prefecture", _("Prefecture")
    OBLAST = "oblast", _("Oblast")
    STATE = "state", _("State")
    PROVINCE = "province", _("Province")
    REGION = "region", _("Region")
    TRIBAL_NATION = "tribal_nation", _("Tribal nation")
    OTHER = "other", _("Other community")


class NameKind(TextChoices):
    OFFICIAL = "official", _("Official name")
    NATIVE = "native", _("Name in own script")
    ALTERNATIVE = "alternative", _("Other name")
    FORMER = "former", _("Former name")


class AffiliationKind(TextChoices):
    SISTER = "sister", _("Sister")
    FRIENDSHIP = "friendship", _("Friendship")


class Standing(TextChoices):
    IN_FORCE = "in_force", _("In force")
    SUSPENDED = "suspended", _("Suspended")
    EMERITUS = "emeritus", _("Emeritus")
    ENDED = "ended", _("Ended")
    ANNULLED = "annulled", _("Entered in error")


#: An affiliation with one of these standings is open: no second one may exist between the same two parties.
OPEN_STANDINGS = (Standing.IN_FORCE, Standing.SUSPENDED, Standing.EMERITUS)


class Act(TextChoices):
    ESTABLISH = "establish", _("Establish")
    UPGRADE = "upgrade", _("Upgrade to sister")
    RENEW = "renew", _("Renew")
    AMEND = "amend", _("Amend")
    SUSPEND = "suspend", _("Suspend")
    RESUME = "resume", _("Resume")
    END = "end", _("End")


class StaffAct(TextChoices):
    """Acts of the registry's staff that need no agreement (domain section 4)."""

    EMERITUS = "emeritus", _("Make emeritus")
    REACTIVATE = "reactivate", _("Reactivate")


class FilingState(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")
    RETURNED = "returned", _("Returned for changes")
    REGISTERED = "registered", _("Registered")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ANNULLED = "annulled", _("Annulled")


class TokenScope(TextChoices):
    """What a personal token opens; each opens what those before it open."""

    READ = "read", _("Read my filings")
    FILE = "file", _("File agreements")
    STAFF = "staff", _("Review and decide")


class Severity(TextChoices):
    BLOCKING = "blocking", _("Must be solved")
    WAIVABLE = "waivable", _("Needs a reason")
    ADVICE = "advice", _("Advice")


class SignatoryCapacity(TextChoices):
    CHIEF_ELECTED = "chief_elected", _("Chief elected official")
    CHIEF_APPOINTED = "chief_appointed", _("Chief appointed official")
    COUNCIL_CHAIR = "council_chair", _("Chair of the council")
    WITNESS = "witness", _("Witness")
    OTHER = "other", _("Other")


class DocumentRole(TextChoices):
    SIGNED_AGREEMENT = "signed_agreement", _("Signed agreement")
    RESOLUTION = "resolution", _("Council resolution")
    TRANSLATION = "translation", _("Translation")
    ENDING_NOTICE = "ending_notice", _("Notice of suspension or ending")
    PHOTOGRAPH = "photograph", _("Photograph")
    OTHER = "other", _("Other document")


class EvidenceGrade(TextChoices):
    SIGNED_COPY = "signed_copy", _("Signed copy on file")
    RESOLUTION = "resolution", _("Resolution on file")
    DECLARED = "declared", _("Declared")
    IMPORTED = "imported", _("Imported")


class ClaimFact(TextChoices):
    """What a source may say of an affiliation."""

    SINCE = "since", _("Since")
    ENDED = "ended", _("Ended")
    STANDING = "standing", _("Standing")
    KIND = "kind", _("Kind")
    PARTNER = "partner", _("Partner")


class ConflictState(TextChoices):
    """What staff have made of sources that disagree about one fact."""

    OPEN = "open", _("Open")
    SETTLED = "settled", _("Settled")
    DISPUTED = "disputed", _("Disputed")


class Reason(TextChoices):
    BUSINESS = "business", _("Business")
    TRAVEL = "travel", _("Travel")
    INDUSTRY = "industry", _("Similar industry")
    DIASPORA = "diaspora", _("Diaspora")
    SHARED_HISTORY = "shared_history", _("Shared history")
    SIZE = "size", _("Similar size")
    GEOGRAPHY = "geography", _("Similar geography")
    OTHER = "other", _("Other")


class Theme(TextChoices):
    ARTS = "arts", _("Arts and culture")
    YOUTH = "youth", _("Youth and education")
    BUSINESS = "business", _("Business and trade")
    COMMUNITY = "community", _("Community development")
    HUMANITARIAN = "humanitarian", _("Humanitarian aid")
    HEALTH = "health", _("Health")
    ENVIRONMENT = "environment", _("Environment and energy")
    TECHNOLOGY = "technology", _("Technology")
    SPORT = "sport", _("Sport")
    GOVERNANCE = "governance", _("Local government")


class Geography(TextChoices):
    """What the land of a community is like, for finding others like it."""

    COAST = "coast", _("Coast")
    ISLAND = "island", _("Island")
    RIVER = "river", _("River")
    LAKE = "lake", _("Lake")
    MOUNTAINS = "mountains", _("Mountains")
    PLAIN = "plain", _("Plain")
    FOREST = "forest", _("Forest")
    DESERT = "desert", _("Desert")


class WishFacet(TextChoices):
    """What a wish for a partner names, one by one."""

    COUNTRY = "country", _("Country")
    THEME = "theme", _("Theme")


class IntroductionState(TextChoices):
    """What came of an interest that was expressed."""

    SENT = "sent", _("Sent")
    TALKING = "talking", _("In talks")
    AGREED = "agreed", _("Partnership agreed")
    NOTHING = "nothing", _("Came to nothing")


#: While one of these holds, the same two communities are not introduced again.
OPEN_INTRODUCTIONS = (IntroductionState.SENT, IntroductionState.TALKING)


class Light(TextChoices):
    GREEN = "green", _("Confirmed within a year")
    YELLOW = "yellow", _("Confirmed within two years")
    RED = "red", _("Not confirmed for two years or more")
    GREY = "grey", _("Never confirmed")


class Charter(TextChoices):
    CHARTER = "charter", _("Charter")
    TIE = "tie", _("Charter, shared by a tie of dates")


class MilestoneKind(TextChoices):
    VISIT = "visit", _("Visit")
    EXCHANGE = "exchange", _("Exchange")
    AID = "aid", _("Aid")
    CONFERENCE = "conference", _("Conference")
    TRADE_MISSION = "trade_mission", _("Trade mission")
    ANNIVERSARY = "anniversary", _("Anniversary")
    OTHER = "other", _("Other")


class Role(TextChoices):
    """Staff roles; each is a group of the same name."""

    REGISTRAR = "registrar", _("Registrar")
    CLERK = "clerk", _("Clerk")
    PROGRAMS = "programs", _("Programs officer")
    AUDITOR = "auditor", _("Auditor")


class Capacity(TextChoices):
    """In what capacity a representative may speak for a community."""

    EMPLOYEE = "employee", _("Employee of the community")
    ELECTED_OFFICIAL = "elected_official", _("Elected official")
    ORGANISATION = "organisation", _("Officer of the recognised sister city organisation")


class MembershipClass(TextChoices):
    CITY = "city", _("City or town")
    COUNTY = "county", _("County")
    STATE = "state", _("State or province")
    ORGANISATION = "organisation", _("Organisation")
    HONORARY = "honorary", _("Honorary")


class OrganisationKind(TextChoices):
    MUNICIPALITY = "municipality", _("Municipality")
    NONPROFIT = "nonprofit", _("Non-profit organisation")
    COMMISSION = "commission", _("Commission")
    CHAMBER = "chamber", _("Chamber of commerce")
    OTHER = "other", _("Other")


class RequestState(TextChoices):
    WAITING = "waiting", _("Waiting")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")


class PartnerAnswer(TextChoices):
    CONFIRMED = "confirmed", _("Confirmed")
    CORRECTION = "correction", _("Asks for a correction")
    DECLINED = "declined", _("Declined")


class ConfirmationAnswer(TextChoices):
    ACTIVE = "active", _("Still active")
    REQUEST = "request", _("Asks for a correction")


class NoticeKind(TextChoices):
    FILING_RECEIVED = "filing_received", _("Filing received")
    FILING_TAKEN = "filing_taken", _("Filing taken into review")
    FILING_RETURNED = "filing_returned", _("Filing returned for changes")
    FILING_REGISTERED = "filing_registered", _("Agreement registered")
    FILING_REJECTED = "filing_rejected", _("Filing rejected")
    FILING_WITHDRAWN = "filing_withdrawn", _("Filing withdrawn")
    FILING_ANNULLED = "filing_annulled", _("Agreement annulled")
    FILING_WAITS = "filing_waits", _("New filing waits")
    FILING_WAITS_LONG = "filing_waits_long", _("Filing waits too long")
    QUEUE_DIGEST = "queue_digest", _("Weekly queue digest")
    PARTNER_ASKED = "partner_asked", _("Partner asked to confirm")
    PARTNER_ANSWERED = "partner_answered", _("Partner has answered")
    CONFIRMATION_ASKED = "confirmation_asked", _("Yearly confirmation")
    CONFIRMATION_REQUEST = "confirmation_request", _("Correction asked for")
    INVITATION = "invitation", _("Invitation")
    ACCESS_REQUESTED = "access_requested", _("Access requested")
    ACCESS_REFUSED = "access_refused", _("Access refused")
    INTEREST_EXPRESSED = "interest_expressed", _("Interest in a partnership")
    WISH_EXPIRES = "wish_expires", _("Search for a partner ends soon")
    CALL_OPENED = "call_opened", _("Call opened")
    CALL_CLOSES = "call_closes", _("Call closes soon")
    APPLICATION_RECEIVED = "application_received", _("Application received")
    APPLICATION_WAITS = "application_waits", _("New application waits")
    APPLICATION_RETURNED = "application_returned", _("Application returned for changes")
    APPLICATION_DECIDED = "application_decided", _("Application decided")
    REPORT_DUE = "report_due", _("Report due")
    REPORT_OVERDUE = "report_overdue", _("Report overdue")
    DELIVERABLE_SENT_BACK = "deliverable_sent_back", _("Deliverable sent back")
    FOLLOW_ASKED = "follow_asked", _("Asked to follow")
    FOLLOW_NEWS = "follow_news", _("News for a follower")


class NoticeState(TextChoices):
    OWED = "owed", _("Owed")
    SENDING = "sending", _("Being sent")
    DELIVERED = "delivered", _("Delivered")
    CANCELLED = "cancelled", _("Cancelled")


class SubscriptionSubject(TextChoices):
    AFFILIATION = "affiliation", _("Affiliation")
    JURISDICTION = "jurisdiction", _("Community")
    COUNTRY = "country", _("Country")
    EVERYTHING = "everything", _("Everything")


class Frequency(TextChoices):
    """How often somebody who follows a part of the register is told."""

    AT_ONCE = "at_once", _("At once")
    WEEKLY = "weekly", _("Once a week")


class PublicationKind(TextChoices):
    """What is computed from the whole record in the background."""

    STATISTICS = "statistics", _("Statistics")
    OPEN_DATA = "open_data", _("Open data")


class ImportOutcome(TextChoices):
    """What becomes of one row of an import."""

    IMPORTED = "imported", _("Imported")
    MERGED = "merged", _("Merged with what is on record")
    DISPUTED = "disputed", _("Merged, the source disagrees")
    CORRECTED = "corrected", _("Corrected before")
    REJECTED = "rejected", _("Rejected")


class ImportState(TextChoices):
    READING = "reading", _("Being read")
    READY = "ready", _("Waits for a decision")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    UNUSABLE = "unusable", _("The file cannot be used")
    DROPPED = "dropped", _("Dropped")


class ImportFormat(TextChoices):
    CSV = "csv", _("CSV")
    WIKIDATA_JSON = "wikidata-json", _("Wikidata query results (JSON)")
    GEXF = "gexf", _("GEXF network")
