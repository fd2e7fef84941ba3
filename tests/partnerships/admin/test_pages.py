"""Every page of the admin opens for those who may look, and for nobody else."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnerships.choices import Capacity, ImportFormat, Role
from partnerships.models import (
    Affiliation,
    ComplianceLetter,
    ComplianceRule,
    Confirmation,
    Conflict,
    Document,
    ImportRun,
    Introduction,
    Jurisdiction,
    LedgerEntry,
    LikelyDuplicate,
    MembershipTerm,
    Merge,
    Notice,
    Organisation,
    RegisterEntry,
    Representation,
    Subscription,
    User,
    Wish,
)
from partnerships.rules import roles
from partnerships.services import affiliations, members
from partnerships.services.access import Actor
from tests import cast

pytestmark = pytest.mark.django_db

LISTED = sorted(
    model._meta.model_name or "" for model in admin.site._registry if model._meta.app_label == "partnerships"
)


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _list(table: str) -> str:
    return reverse(f"admin:partnerships_{table}_changelist")


def _import() -> ImportRun:
    return ImportRun.objects.create(
        file="imports/2026/01/list.csv", name="list.csv", format=ImportFormat.CSV, source="A list", state="dropped"
    )


def _follower() -> Subscription:
    return Subscription.objects.create(email="f@example.org", language="en", subject_type="country", subject_id="JP")


def _yearly(affiliation: Affiliation) -> Confirmation:
    today = timezone.localdate()
    return Confirmation.objects.create(
        affiliation=affiliation, jurisdiction=affiliation.first, email="o@p.example", asked_on=today, expires_on=today
    )


def _seeking(seeker: Jurisdiction, interested: Jurisdiction, by: User) -> dict[str, int]:
    today = timezone.localdate()
    wish = Wish.objects.create(jurisdiction=seeker, since=today, until=today)
    made = Introduction.objects.create(seeker=seeker, interested=interested, message="Hi", sent_by=by, sent_on=today)
    return {"wish": wish.pk, "introduction": made.pk}


@pytest.fixture
def office(irondequoit: Jurisdiction, poltava: Jurisdiction, registrar: User) -> dict[str, int]:
    """One record of every table, by the name of its table."""
    agreement = cast.registered([irondequoit, poltava])
    affiliation, by, today = agreement.affiliations.get(), Actor.of(registrar), timezone.localdate()
    exclusion = affiliations.exclude(
        number=affiliation.number, by=by, on=today, from_date=today, to_date=None, reason="Dues in dispute"
    )
    invitation = members.invite_representative(
        email="new@example.org", jurisdiction=irondequoit, capacity=Capacity.EMPLOYEE, by=by
    )
    asked = members.request_access(
        email="a@example.org", name="Ann", community="Toledo, US", capacity=Capacity.EMPLOYEE, statement="Call us"
    )
    organisation = Organisation.objects.create(name="Committee", jurisdiction=irondequoit)
    rule = ComplianceRule.objects.create(subdivision="US-TX", countries=["CN"], citation="ch. 795", summary="No")
    letter = ComplianceLetter.objects.create(
        rule=rule, affiliation=affiliation, text="Dear mayor", drafted_on=today, drafted_by="Ruth"
    )
    conflict = Conflict.objects.create(affiliation=affiliation, fact="since", values=["1991", "1992"], opened_on=today)
    merge = Merge.objects.create(
        gone=cast.jurisdiction("Poltawa", "UA"), kept=poltava, reason="One city", merged_on=today, merged_by="Ruth"
    )
    alike = LikelyDuplicate.objects.create(one=irondequoit, other=poltava, score=80, reasons=["near:4"], found_on=today)
    return {
        **_seeking(poltava, irondequoit, registrar),
        "filing": agreement.filing.pk,
        "importrun": _import().pk,
        "agreement": agreement.pk,
        "affiliation": affiliation.pk,
        "exclusion": exclusion.pk,
        "invitation": invitation.pk,
        "accessrequest": asked.pk,
        "organisation": organisation.pk,
        "compliancerule": rule.pk,
        "complianceletter": letter.pk,
        "confirmation": _yearly(affiliation).pk,
        "conflict": conflict.pk,
        "merge": merge.pk,
        "likelyduplicate": alike.pk,
        "subscription": _follower().pk,
        "jurisdiction": irondequoit.pk,
        "document": Document.objects.earliest("pk").pk,
        "membershipterm": MembershipTerm.objects.earliest("pk").pk,
        "representation": Representation.objects.earliest("pk").pk,
        "notice": Notice.objects.earliest("pk").pk,
        "registerentry": RegisterEntry.objects.earliest("seq").pk,
        "ledgerentry": LedgerEntry.objects.earliest("pk").pk,
        "user": registrar.pk,
    }


def test_every_list_of_the_admin_has_a_row_in_the_table_of_roles() -> None:
    assert set(LISTED) <= set(roles.DRAWERS)


@pytest.mark.parametrize("role", Role.values)
def test_each_role_opens_what_its_drawers_say_and_nothing_else(role: str, office: dict[str, int]) -> None:
    client = _client(cast.staff(role))
    for table in LISTED:
        expected = 200 if role in roles.DRAWERS[table].view else 403
        assert client.get(_list(table)).status_code == expected, table
        page = reverse(f"admin:partnerships_{table}_change", args=[office[table]])
        assert client.get(page).status_code == expected, table


def test_staff_without_a_role_see_nothing(office: dict[str, int]) -> None:
    client = _client(cast.person(is_staff=True))
    assert client.get(reverse("admin:index")).status_code == 200
    assert b"Review queue" not in client.get(reverse("admin:index")).content
    for table in LISTED:
        assert client.get(_list(table)).status_code == 403, table


@pytest.mark.parametrize("table", LISTED)
def test_a_representative_is_sent_to_the_sign_in(table: str, representative_of_irondequoit: User) -> None:
    assert _client(representative_of_irondequoit).get(_list(table)).status_code == 302


def test_nothing_can_be_removed_not_even_by_the_operator(office: dict[str, int]) -> None:
    client = _client(User.objects.create_superuser("root@example.org", cast.PASSWORD))
    for table in LISTED:
        page = reverse(f"admin:partnerships_{table}_delete", args=[office[table]])
        assert client.post(page, {"post": "yes"}).status_code == 403, table
        assert client.get(_list(table)).status_code == 200, table


def test_the_auditor_is_offered_no_button(auditor: User, office: dict[str, int]) -> None:
    client = _client(auditor)
    for table in LISTED:
        page = client.get(reverse(f"admin:partnerships_{table}_change", args=[office[table]])).content.decode()
        assert 'type="submit" class="button' not in page, table
        assert "/exclude/" not in page, table
        assert 'name="_save"' not in page, table


def test_the_history_of_a_record_is_its_part_of_the_ledger(auditor: User, office: dict[str, int]) -> None:
    page = reverse("admin:partnerships_affiliation_history", args=[office["affiliation"]])
    answer = _client(auditor).get(page, follow=True)
    assert answer.status_code == 200
    assert "affiliation.excluded" in answer.content.decode()


def test_every_page_is_named_after_the_registry(auditor: User) -> None:
    assert "Sister City Registry" in _client(auditor).get(reverse("admin:index")).content.decode()


def test_the_index_counts_what_waits(registrar: User, irondequoit: Jurisdiction, poltava: Jurisdiction) -> None:
    cast.submitted(cast.representative(irondequoit), [irondequoit, poltava])
    page = _client(registrar).get(reverse("admin:index")).content.decode()
    assert "<strong>1</strong> wait for a reviewer" in page
    assert "<strong>0</strong> in review with me" in page


@pytest.mark.parametrize("table", LISTED)
def test_lists_can_be_searched(table: str, registrar: User, office: dict[str, int]) -> None:
    answer = _client(registrar).get(_list(table), {"q": "Ірондекойт 12 O'Neill %"})
    assert answer.status_code == 200


@pytest.mark.parametrize("table", ["affiliation", "agreement", "membershipterm", "jurisdiction", "filing"])
def test_a_party_is_found_in_any_script(table: str, registrar: User, office: dict[str, int]) -> None:
    client = _client(registrar)
    names = {"membershipterm": ("IRONDEQUOIT", "Osaka")}.get(table, ("полтава", "Osaka"))
    found = [
        client.get(_list(table), {"q": name, "state": "all"} if table == "filing" else {"q": name}) for name in names
    ]
    assert [answer.context["cl"].result_count for answer in found] == [1, 0]
