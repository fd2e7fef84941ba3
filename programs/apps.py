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
        _offer()


def _offer() -> None:
    """What the register's own pages show of programs, without knowing them."""
    from partnerships.selectors import feeds, open_data, searchers, sitemap, subscriptions, taking_part
    from partnerships.selectors import sections as of_pages
    from partnerships.services import belongings
    from partnerships.transfer import calendars
    from partnerships.transfer.example import offered
    from partnerships.transfer.open_data import spec
    from programs.models import Activity, Juror, Participation
    from programs.selectors import found, published, sections
    from programs.transfer import calendar, tables
    from programs.transfer.example.load import load

    belongings.offer(Participation, "jurisdiction_id", sections.follows)
    belongings.offer(Activity, "host_id", lambda gone: Activity.objects.filter(host=gone))
    belongings.offer(Juror, "community_id", lambda gone: Juror.objects.filter(community=gone))
    calendars.offer("programs", calendar.of_place)
    feeds.offer("programs", sections.subjects)
    subscriptions.offer("programs", sections.followed)
    offered.offer("programs", load)
    spec.offer(*tables.OPEN_TABLES)
    open_data.mention("programs", published.communities)
    searchers.add("program", found.entries)
    taking_part.offer("programs", sections.affiliations_in)
    of_pages.offer(sections.COMMUNITY)
    of_pages.offer(sections.AFFILIATION)
    sitemap.offer(sitemap.Pages("programs", "program", sections.program_pages, lambda one: (one.slug,)))
    sitemap.offer(sitemap.Pages("cycles", "cycle", sections.cycle_pages, lambda one: (one.program.slug, one.slug)))
    sitemap.offer(
        sitemap.Pages(
            "participations",
            "participation",
            sections.participation_pages,
            lambda one: (one.cycle.program.slug, one.cycle.slug, one.pk),
        )
    )
