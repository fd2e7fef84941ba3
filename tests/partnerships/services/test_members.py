"""Invitations, requests for access, and who may speak for a community."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from partnerships.choices import NoticeKind, Role
from partnerships.exceptions import Invalid, Missing, NotAllowed, WrongState
from partnerships.models import (
    AccessRequest,
    Invitation,
    Jurisdiction,
    LedgerEntry,
    Notice,
    Organisation,
    RegisterEntry,
    Representation,
    User,
)
from partnerships.services import access, links, members
from partnerships.services.access import Actor
from tests import cast

TODAY = date(2026, 11, 24)


@pytest.fixture
def invitation(clerk: User, irondequoit: Jurisdiction) -> Invitation:
    return members.invite_representative(
        email="New.Rita@Example.org", jurisdiction=irondequoit, capacity="employee", by=Actor.of(clerk), name="Rita"
    )


def accept(invitation: Invitation, password: str = cast.PASSWORD) -> User:
    token = links.sign(links.INVITATION, invitation.pk)
    return members.accept_invitation(token=token, name="Rita", password=password, on=TODAY)


def test_an_invitation_is_mailed_and_makes_a_representative(invitation: Invitation, irondequoit: Jurisdiction) -> None:
    assert Notice.objects.get(kind=NoticeKind.INVITATION).email == "new.rita@example.org"
    user = accept(invitation)
    assert user.check_password(cast.PASSWORD)
    assert access.represents(Actor.of(user), [irondequoit.pk], TODAY)
    assert not user.is_staff


def test_an_invitation_works_once(invitation: Invitation) -> None:
    accept(invitation)
    with pytest.raises((Missing, WrongState)):
        accept(invitation)
    assert Representation.objects.count() == 1


def test_an_invitation_expires(invitation: Invitation) -> None:
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Missing, match="not valid"):
        accept(invitation)


def test_an_existing_account_keeps_its_password(clerk: User, irondequoit: Jurisdiction) -> None:
    known = cast.person("known@example.org")
    invitation = members.invite_representative(
        email="KNOWN@example.org", jurisdiction=irondequoit, capacity="employee", by=Actor.of(clerk)
    )
    assert accept(invitation, "another password entirely") == known
    assert User.objects.get(pk=known.pk).check_password(cast.PASSWORD)


def test_a_registrar_invites_staff_into_a_role(registrar: User) -> None:
    Group.objects.get_or_create(name=Role.CLERK)
    invitation = members.invite_staff(email="c@example.org", role="clerk", by=Actor.of(registrar))
    user = accept(invitation)
    assert user.is_staff
    assert Actor.of(user).roles == {"clerk"}


def test_a_clerk_cannot_make_staff_and_a_stranger_nobody(
    clerk: User, stranger: User, irondequoit: Jurisdiction
) -> None:
    with pytest.raises(NotAllowed):
        members.invite_staff(email="c@example.org", role="registrar", by=Actor.of(clerk))
    with pytest.raises(NotAllowed):
        members.invite_representative(
            email="c@example.org", jurisdiction=irondequoit, capacity="employee", by=Actor.of(stranger)
        )


def request_access(**values: str) -> AccessRequest:
    return members.request_access(
        **{  # type: ignore[arg-type]
            "email": "hana@example.jp",
            "name": "Hana",
            "community": "Osaka, Japan",
            "capacity": "employee",
            "statement": "I work in the international office; call the switchboard.",
            **values,
        }
    )


def test_a_request_is_told_to_registrars_and_granted_by_an_invitation(
    registrar: User, clerk: User, osaka: Jurisdiction
) -> None:
    request = request_access()
    assert Notice.objects.get(kind=NoticeKind.ACCESS_REQUESTED).email == registrar.email
    invitation = members.grant_access(request_id=request.pk, jurisdiction=osaka, by=Actor.of(clerk))
    assert (invitation.email, invitation.jurisdiction) == ("hana@example.jp", osaka)


def test_a_request_is_decided_once_and_a_refusal_says_why(registrar: User, osaka: Jurisdiction) -> None:
    request = request_access()
    with pytest.raises(Invalid, match="Write why"):
        members.refuse_access(request_id=request.pk, by=Actor.of(registrar), reason="")
    members.refuse_access(request_id=request.pk, by=Actor.of(registrar), reason="The office does not know you.")
    assert Notice.objects.get(kind=NoticeKind.ACCESS_REFUSED).context["comment"] == "The office does not know you."
    with pytest.raises(WrongState, match="Already decided"):
        members.grant_access(request_id=request.pk, jurisdiction=osaka, by=Actor.of(registrar))


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "no address"), ("name", ""), ("capacity", "king"), ("statement", ""), ("community", "x" * 301)],
)
def test_a_request_with_something_wrong_says_where(db: None, field: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        request_access(**{field: value})
    assert set(refused.value.errors) == {field}


def test_a_representation_that_ended_opens_nothing(
    registrar: User, representative_of_irondequoit: User, irondequoit: Jurisdiction
) -> None:
    representation = Representation.objects.get()
    members.end_representation(representation_id=representation.pk, by=Actor.of(registrar), last_day=date(2026, 11, 23))
    assert not access.represents(Actor.of(representative_of_irondequoit), [irondequoit.pk], TODAY)
    assert LedgerEntry.objects.filter(act="representation.ended").exists()


def test_an_account_that_was_closed_represents_nobody(
    representative_of_irondequoit: User, irondequoit: Jurisdiction
) -> None:
    representative_of_irondequoit.is_active = False
    assert not access.represents(Actor.of(representative_of_irondequoit), [irondequoit.pk], TODAY)


def test_a_change_of_what_the_public_reads_of_an_organisation_is_told_without_names_of_persons(
    registrar: User, irondequoit: Jurisdiction
) -> None:
    by, committee = Actor.of(registrar), Organisation(name="Sister City Committee", jurisdiction=irondequoit)
    committee.save()
    members.tell_organisation(organisation=committee, by=by, was_public=False)
    assert not RegisterEntry.objects.exists()
    committee.public = True
    members.tell_organisation(organisation=committee, by=by, was_public=False)
    committee.public = False
    members.tell_organisation(organisation=committee, by=by, was_public=True)
    told = RegisterEntry.objects.values_list("event", "subject")
    assert list(told) == [
        ("organisation.changed", f"jurisdictions/{irondequoit.pk}"),
        ("organisation.withheld", f"jurisdictions/{irondequoit.pk}"),
    ]
