"""The closed word lists of the programs."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CycleState(TextChoices):
    DRAFT = "draft", _("Being prepared")
    ANNOUNCED = "announced", _("Announced")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class Phase(TextChoices):
    """Where a cycle stands at an instant; derived from its state and its instants, never kept."""

    PREPARED = "prepared", _("Being prepared")
    UPCOMING = "upcoming", _("Opens later")
    OPEN = "open", _("Open for applications")
    RUNNING = "running", _("Applications are closed")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class ParticipationState(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Handed in")
    RETURNED = "returned", _("Returned for changes")
    FINALIST = "finalist", _("Finalist")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    COMPLETED = "completed", _("Completed")


#: What the public sees of participations: those that were decided in favour, and finalists once announced.
PUBLIC_STATES = (ParticipationState.FINALIST, ParticipationState.ACCEPTED, ParticipationState.COMPLETED)
#: The applicant may still change these.
EDITABLE_STATES = (ParticipationState.DRAFT, ParticipationState.RETURNED)


class ParticipationRole(TextChoices):
    APPLICANT = "applicant", _("Applicant")
    HOST = "host", _("Host")
    DELEGATION = "delegation", _("Delegation")
    NOMINATOR = "nominator", _("Nominator")
    PARTNER = "partner", _("Partner")


class BackerRole(TextChoices):
    FUNDER = "funder", _("Funder")
    ADMINISTRATOR = "administrator", _("Administrator")
    PARTNER = "partner", _("Partner")


class BandMeasure(TextChoices):
    POPULATION = "population", _("Population")
    AGE = "age", _("Age")


class QuotaPer(TextChoices):
    """What entries are counted together for a quota; a quota may join several."""

    COMMUNITY = "community", _("Community")
    PARTNER = "partner", _("Partner community")
    CATEGORY = "category", _("Category")
    AGE_GROUP = "age_group", _("Age group")


class PersonRole(TextChoices):
    STUDENT = "student", _("Student")
    MENTOR = "mentor", _("Adult mentor")
    DELEGATE = "delegate", _("Delegate")
    TEACHER = "teacher", _("Teacher")
    HOST_FAMILY = "host_family", _("Host family")
    PERFORMER = "performer", _("Performer")
    CONTACT = "contact", _("Contact")


class ConsentUse(TextChoices):
    PUBLISH_WORK = "publish_work", _("Publish the work")
    PUBLISH_FIRST_NAME = "publish_first_name", _("Publish the first name")
    PUBLISH_TOWN = "publish_town", _("Publish the town")
    PUBLISH_FULL_NAME = "publish_full_name", _("Publish the full name (adults)")


class ConsentGiver(TextChoices):
    SELF = "self", _("The person")
    GUARDIAN = "guardian", _("Parent or guardian")


class EntryState(TextChoices):
    ENTERED = "entered", _("Entered")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    NOT_SELECTED = "not_selected", _("Not selected")
    FORWARDED = "forwarded", _("Chosen in the local round")
    FINALIST = "finalist", _("Finalist")
    WINNER = "winner", _("Winner")


class ActivityKind(TextChoices):
    CONCERT = "concert", _("Concert")
    LEG = "leg", _("Leg of a journey")
    SESSION = "session", _("Session")
    AGENDA = "agenda", _("Item of the agenda")
    LETTERS = "letters", _("Letters")
    VIDEO = "video", _("Video")
    WEBCAST = "webcast", _("Webcast")
    LEADERSHIP = "leadership", _("Leadership project")
    FUNDRAISING = "fundraising", _("Fundraising")
    PROJECT = "project", _("Project")
    FOLLOW_ON = "follow_on", _("Follow-on project")
    VISIT = "visit", _("Visit")
    OTHER = "other", _("Other activity")


class ActivityState(TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class DeliverableState(TextChoices):
    PROMISED = "promised", _("Promised")
    DELIVERED = "delivered", _("Delivered")
    ACCEPTED = "accepted", _("Accepted")


class TrancheState(TextChoices):
    PLANNED = "planned", _("Planned")
    PAID = "paid", _("Paid")


class AttachmentRole(TextChoices):
    WORK = "work", _("Work")
    PLAN = "plan", _("Plan or proposal")
    CONSENT_FORM = "consent_form", _("Signed consent form")
    DELIVERABLE = "deliverable", _("Deliverable")
    REPORT = "report", _("Report")
    PHOTOGRAPH = "photograph", _("Photograph")
    OTHER = "other", _("Other file")
