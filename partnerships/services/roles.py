"""The groups of staff, kept as the table of roles says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig
from django.apps import apps as all_apps
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import DEFAULT_DB_ALIAS

from partnerships.choices import Role
from partnerships.rules import roles


def keep_groups(
    sender: AppConfig,
    apps: Apps = all_apps,
    using: str = DEFAULT_DB_ALIAS,
    drawers: Mapping[str, roles.Drawer] = roles.DRAWERS,
    **kwargs: Any,
) -> None:
    """After each migration: one group a role, with exactly its permissions for the tables of this app.

    Django makes the permissions of an app after the same signal, perhaps later; so they are asked for first.
    """
    try:
        group_table, permission_table = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:  # migrated back to before there were accounts
        return
    create_permissions(sender, using=using, apps=apps, verbosity=0)
    known = {
        permission.codename: permission
        for permission in permission_table.objects.using(using).filter(content_type__app_label=sender.label)
    }
    for role in Role:
        group, _created = group_table.objects.using(using).get_or_create(name=role.value)
        others = group.permissions.exclude(content_type__app_label=sender.label)
        held = (known[name] for name in roles.permissions_of(role, drawers) if name in known)
        group.permissions.set([*others, *held])
