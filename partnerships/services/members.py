"""Membership, invitations, requests for access, and who may speak for a community."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.choices import Capacity, MembershipClass, NoticeKind, RequestState, Role
from partnerships.exceptions import Invalid, Missing, WrongState
from partnerships.models import (
    AccessRequest,
    Contact,
    Invitation,
    Jurisdiction,
    MembershipTerm,
    Organisation,
    Representation,
    User,
)
from partnerships.selectors import filings as filing_selector
from partnerships.services import access, affiliations, ledger, links, outbox, register, typed
from partnerships.services.access import Actor

INVITATION_DAYS = 14


@transaction.atomic
def set_term(
    *,
    jurisdiction_id: int,
    from_date: date,
    paid_through: date,
    by: Actor,
    on: date,
    membership_class: str = MembershipClass.CITY,
) -> MembershipTerm:
    """Enter a term of membership, or change the last day of the one that begins on the same day."""
    access.require(by, "membership.change")
    if paid_through < from_date:
        raise Invalid({"paid_through": [_("The term must end after it begins.")]})
    register.lock()
    term, created = MembershipTerm.objects.update_or_create(
        jurisdiction_id=jurisdiction_id,
        from_date=from_date,
        defaults={"paid_through": paid_through, "membership_class": membership_class},
    )
    register.append(
        event="membership.term",
        subject=f"jurisdictions/{jurisdiction_id}",
        payload={"jurisdiction": jurisdiction_id, "from": str(from_date), "paid_through": str(paid_through)},
    )
    affiliations.refresh_recognition(jurisdiction_id, on=on)
    ledger.record(subject=term, act="membership.entered" if created else "membership.changed", by=by, now=paid_through)
    return term


@transaction.atomic
def tell_organisation(*, organisation: Organisation, by: Actor, was_public: bool) -> None:
    """Say in the register that what the public reads of an organisation changed; names of persons stay out of it."""
    access.require(by, "organisation.change")
    if not (organisation.public or was_public):
        return
    _publish_organisation(organisation)


def _publish_organisation(organisation: Organisation) -> None:
    shown = {"name": organisation.name, "kind": organisation.kind, "website": organisation.website}
    register.append(
        event="organisation.changed" if organisation.public else "organisation.withheld",
        subject=f"jurisdictions/{organisation.jurisdiction_id}",
        payload={"organisation": organisation.pk, **(shown if organisation.public else {})},
    )


@transaction.atomic
def correct_contact(
    *, known: Contact | None, jurisdiction: Jurisdiction, values: Mapping[str, str], by: Actor
) -> Contact:
    """Somebody who holds a link of their community says how it is reached: at once, and in the ledger.

    A contact that is new stays private. Name, kind and web site of an organisation are registered: they are left alone.
    """
    contact = known or Contact(organisation=_organisation(jurisdiction))
    values = {name: value.strip() for name, value in values.items()}
    changed = [name for name, value in values.items() if getattr(contact, name) != value]
    for name, value in values.items():
        setattr(contact, name, value)
    typed.check(contact)
    contact.save()
    if contact.public and contact.organisation.public:
        _publish_organisation(contact.organisation)
    act = "contact.corrected" if known else "contact.given"
    ledger.record(subject=contact, act=act, by=by, now=", ".join(changed))
    return contact


def _organisation(jurisdiction: Jurisdiction) -> Organisation:
    found = Organisation.objects.filter(jurisdiction=jurisdiction).order_by("pk").first()
    return found or Organisation.objects.create(name=jurisdiction.name[:200], jurisdiction=jurisdiction)


def _valid_email(email: str) -> str:
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise Invalid({"email": error.messages}) from error
    return email.strip().lower()


@transaction.atomic
def invite_representative(
    *,
    email: str,
    jurisdiction: Jurisdiction,
    capacity: str,
    by: Actor,
    name: str = "",
    proof: str = "",
    language: str = "",
) -> Invitation:
    """Invite somebody to open an account and to file for a community."""
    access.require(by, "representation.grant")
    if capacity not in Capacity.values:
        raise Invalid({"capacity": [_("Choose in what capacity this person acts.")]})
    return _invite(
        Invitation(email=_valid_email(email), name=name, jurisdiction=jurisdiction, capacity=capacity, proof=proof),
        by=by,
        language=language,
    )


@transaction.atomic
def invite_staff(*, email: str, role: str, by: Actor, name: str = "") -> Invitation:
    """Invite a member of staff into a role."""
    access.require(by, "staff.invite")
    if role not in Role.values:
        raise Invalid({"role": [_("Choose a staff role.")]})
    return _invite(Invitation(email=_valid_email(email), name=name, role=role), by=by)


def _invite(invitation: Invitation, *, by: Actor, language: str = "") -> Invitation:
    if language:
        invitation.language = language
    invitation.invited_by, invitation.invited_by_name = by.user, by.name[:200]
    invitation.expires_at = timezone.now() + timedelta(days=INVITATION_DAYS)
    invitation.save()
    ledger.record(subject=invitation, act="invitation.sent", by=by, now=invitation.role or invitation.capacity)
    outbox.enqueue(
        kind=NoticeKind.INVITATION,
        key=f"{NoticeKind.INVITATION}:{invitation.pk}",
        to=invitation.email,
        about=invitation,
        context={
            "invitation": invitation.pk,
            "name": invitation.name,
            "community": str(invitation.jurisdiction or ""),
            "role": invitation.role,
            "expires": invitation.expires_at.date().isoformat(),
        },
        language=invitation.language,
    )
    return invitation


def read_invitation(token: str) -> Invitation:
    """The invitation behind a link; raises ``Missing`` where it is wrong, used or expired."""
    invitation = (
        Invitation.objects.select_related("jurisdiction").filter(pk=links.read(links.INVITATION, token)).first()
    )
    if invitation is None or not invitation.is_open:
        raise Missing(_("This invitation is not valid any more. Ask for a new one."))
    return invitation


@transaction.atomic
def accept_invitation(*, token: str, name: str, password: str, on: date) -> User:
    """Open (or find) the account of the invited address and give it what the invitation promises.

    The link came by mail, so the address is proved. An existing account keeps its password.
    """
    invitation = Invitation.objects.select_for_update().get(pk=read_invitation(token).pk)
    if not invitation.is_open:
        raise WrongState(_("This invitation has been used already."))
    user = User.objects.filter(email=invitation.email).first()
    if user is None:
        user = User.objects.create_user(
            invitation.email, password, name=name.strip()[:200], language=invitation.language
        )
    by = Actor.anonymous(user.get_full_name())
    if invitation.role:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
        user.groups.add(Group.objects.get(name=invitation.role))
        ledger.record(subject=user, act="staff.joined", by=by, now=invitation.role)
    else:
        _represent(user, invitation, on=on)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return user


def _represent(user: User, invitation: Invitation, *, on: date) -> None:
    representation, created = Representation.objects.get_or_create(
        user=user,
        jurisdiction=invitation.jurisdiction,
        to_date=None,
        defaults={
            "capacity": invitation.capacity,
            "proof": invitation.proof,
            "granted_by": invitation.invited_by,
            "from_date": on,
        },
    )
    if created:
        by = Actor.of(invitation.invited_by) if invitation.invited_by else Actor.system("invitation")
        ledger.record(subject=representation, act="representation.granted", by=by, now=str(representation)[:200])


@transaction.atomic
def end_representation(*, representation_id: int, by: Actor, last_day: date) -> Representation:
    """Let a representation end; what was filed stays."""
    access.require(by, "representation.grant")
    representation = Representation.objects.select_for_update().filter(pk=representation_id).first()
    if representation is None:
        raise Missing(_("There is no such representative."))
    if last_day < representation.from_date:
        raise Invalid({"to_date": [_("The last day must not be before the first.")]})
    representation.to_date = last_day
    representation.save(update_fields=["to_date"])
    ledger.record(subject=representation, act="representation.ended", by=by, now=last_day)
    return representation


@transaction.atomic
def request_access(
    *,
    email: str,
    name: str,
    community: str,
    capacity: str,
    statement: str,
    proof: File | None = None,
    jurisdiction: Jurisdiction | None = None,
    language: str = "",
) -> AccessRequest:
    """Somebody without an account asks to represent a community; staff are told."""
    request = AccessRequest(
        email=email.strip().lower(),
        name=name.strip(),
        community=community.strip(),
        jurisdiction=jurisdiction,
        capacity=capacity,
        statement=statement.strip(),
    )
    if language:
        request.language = language
    typed.check(request)
    if proof is not None:
        request.proof_file.save(proof.name or "proof", proof, save=False)
    request.save()
    ledger.record(
        subject=request, act="access.requested", by=Actor.anonymous(request.name), now=request.community[:200]
    )
    for user in filing_selector.registrars():
        outbox.enqueue(
            kind=NoticeKind.ACCESS_REQUESTED,
            key=f"{NoticeKind.ACCESS_REQUESTED}:{request.pk}",
            to=user,
            about=request,
            context={"name": request.name, "community": request.community},
        )
    return request


def _waiting(request_id: int, by: Actor) -> AccessRequest:
    access.require(by, "representation.grant")
    request = AccessRequest.objects.select_for_update().filter(pk=request_id).first()
    if request is None:
        raise Missing(_("There is no such request."))
    if request.state != RequestState.WAITING:
        raise WrongState(_("Already decided by %(name)s.") % {"name": request.decided_by})
    return request


def _decide(request: AccessRequest, state: str, by: Actor, reason: str) -> None:
    request.state, request.decided_by, request.decided_at = state, by.user, timezone.now()
    request.decision = reason.strip()
    request.save()
    ledger.record(subject=request, act=f"access.{state}", by=by, now=state, note=reason)


@transaction.atomic
def grant_access(*, request_id: int, jurisdiction: Jurisdiction, by: Actor) -> Invitation:
    """Grant a request: the person is sent an invitation."""
    request = _waiting(request_id, by)
    request.jurisdiction = jurisdiction
    _decide(request, RequestState.GRANTED, by, "")
    return invite_representative(
        email=request.email,
        jurisdiction=jurisdiction,
        capacity=request.capacity,
        by=by,
        name=request.name,
        proof=request.statement[:500],
        language=request.language,
    )


@transaction.atomic
def refuse_access(*, request_id: int, by: Actor, reason: str) -> AccessRequest:
    """Refuse a request; the person reads why."""
    request = _waiting(request_id, by)
    reason = typed.words(reason, field="reason", missing=_("Write why: the person will read it."))
    _decide(request, RequestState.REFUSED, by, reason)
    outbox.enqueue(
        kind=NoticeKind.ACCESS_REFUSED,
        key=f"{NoticeKind.ACCESS_REFUSED}:{request.pk}",
        to=request.email,
        about=request,
        context={"name": request.name, "community": request.community, "comment": request.decision},
        language=request.language,
    )
    return request
