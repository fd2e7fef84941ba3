from __future__ import annotations

from functools import partial

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "programs"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Programs")

    def ready(self) -> None:
        from partnerships.services import letters
        from partnerships.services import reminders as duties
        from partnerships.services.roles import keep_groups
        from programs.choices import ParticipationState
        from programs.rules.roles import DRAWERS
        from programs.services import reminders, retention

        letters.WORDS["state"] = ParticipationState
        duties.join(*reminders.DUTIES, retention.DUTY)
        post_migrate.connect(
            partial(keep_groups, drawers=DRAWERS), sender=self, weak=False, dispatch_uid="programs roles"
        )
