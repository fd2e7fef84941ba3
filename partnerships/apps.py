from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Register of partnerships")

    def ready(self) -> None:
        from partnerships import tasks  # noqa: F401 - connects the receiver that wakes the worker
        from partnerships.services.roles import keep_groups

        post_migrate.connect(keep_groups, sender=self)
