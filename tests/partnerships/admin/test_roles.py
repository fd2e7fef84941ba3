"""The groups of staff: made by every migration, with what the tables of roles and permissions say."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import Group

from partnerships.choices import Role
from partnerships.models import User
from partnerships.rules import roles
from partnerships.rules.permissions import PERMISSIONS
from partnerships.services.roles import keep_groups
from programs.rules.roles import DRAWERS as PROGRAM_DRAWERS

pytestmark = pytest.mark.django_db


def _held(role: str, app: str = "partnerships") -> set[str]:
    held = Group.objects.get(name=role).permissions.filter(content_type__app_label=app)
    return set(held.values_list("codename", flat=True))


@pytest.mark.parametrize("role", Role.values)
def test_each_role_is_a_group_with_its_permissions(role: str) -> None:
    assert _held(role) == roles.permissions_of(role)
    assert _held(role)


@pytest.mark.parametrize("role", Role.values)
def test_each_app_keeps_its_own_drawers(role: str) -> None:
    """Whichever app was migrated last, nobody loses what the other one opens."""
    keep_groups(apps.get_app_config("partnerships"))
    assert _held(role, "programs") == roles.permissions_of(role, PROGRAM_DRAWERS)
    keep_groups(apps.get_app_config("programs"), drawers=PROGRAM_DRAWERS)
    assert _held(role) == roles.permissions_of(role)


@pytest.mark.django_db(transaction=True)
def test_the_groups_are_there_after_the_tables_were_emptied() -> None:
    assert set(Group.objects.values_list("name", flat=True)) >= set(Role.values)


def test_a_permission_added_by_hand_is_gone_after_the_next_migration() -> None:
    auditor, clerk = Group.objects.get(name=Role.AUDITOR), Group.objects.get(name=Role.CLERK)
    auditor.permissions.add(*clerk.permissions.all())
    keep_groups(apps.get_app_config("partnerships"))
    assert _held(Role.AUDITOR) == roles.permissions_of(Role.AUDITOR)


def test_the_auditor_sees_every_table_and_changes_none() -> None:
    assert _held(Role.AUDITOR) == {f"view_{table}" for table in roles.DRAWERS}


def test_nobody_may_remove_anything() -> None:
    assert not [name for role in Role.values for name in _held(role) if name.startswith("delete_")]


def test_every_table_of_the_admin_is_one_of_ours() -> None:
    ours = {model._meta.model_name for model in apps.get_app_config("partnerships").get_models()}
    assert set(roles.DRAWERS) <= ours
    assert {drawer.add for drawer in roles.DRAWERS.values()} - {""} <= set(PERMISSIONS)


def test_permissions_come_from_the_group(clerk: User, auditor: User) -> None:
    assert clerk.has_perm("partnerships.add_filing")
    assert not auditor.has_perm("partnerships.add_filing")
    assert auditor.has_perm("partnerships.view_ledgerentry")
