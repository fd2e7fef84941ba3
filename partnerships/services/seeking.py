"""Communities that look for a partner: published, changed, renewed and ended by those who speak for them.

A wish stands on a public page and is a public fact: each step appends to the register (domain section 8).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_countries import countries as iso_countries

from partnerships.choices import Geography, NoticeKind, Theme, WishFacet
from partnerships.exceptions import Invalid, Missing, WrongState
from partnerships.models import Jurisdiction, Representation, User, Wish, WishAim
from partnerships.rules.freshness import add_months
from partnerships.rules.permissions import SUBMITTER
from partnerships.rules.territories import is_home
from partnerships.rules.wishes import MONTHS, REMINDER_DAYS, USUAL_MONTHS, WishText
from partnerships.selectors import affiliations, languages
from partnerships.selectors import seeking as selector
from partnerships.services import access, ledger, outbox, register, typed
from partnerships.services.access import Actor

#: Wishes that one run of the duty looks at; the next run goes on.
BATCH = 500


def relation(by: Actor, jurisdiction_id: int, on: date) -> frozenset[str]:
    return frozenset({SUBMITTER}) if access.represents(by, [jurisdiction_id], on) else frozenset()


@transaction.atomic
def publish(*, jurisdiction_id: int, by: Actor, on: date, said: WishText, months: int = USUAL_MONTHS) -> Wish:
    """Publish the wish of a community, or change the one that stands.

    Raises ``NotAllowed`` for others' communities and members out of good standing, ``Invalid`` at the fields.
    """
    access.require(by, "seeking.publish", relation(by, jurisdiction_id, on))
    if months not in MONTHS:
        raise Invalid({"months": [_("Choose from the list.")]})
    register.lock()
    community = _community(jurisdiction_id, on)
    wish = Wish.objects.select_for_update().filter(jurisdiction=community).first() or Wish(jurisdiction=community)
    stands = wish.pk is not None and selector.stands(wish, on)
    _check_lists(said)
    wish.countries, wish.activities = _once(said.countries), _once(said.themes)
    wish.industries, wish.text = said.industries.strip(), said.text.strip()
    wish.since = wish.since if stands else on
    wish.until, wish.closed_on = add_months(on, months), None
    if not (wish.countries or wish.activities or wish.industries or wish.text):
        raise Invalid({"text": [_("Say what you look for.")]})
    typed.check(wish, leave=("jurisdiction",))
    wish.save()
    _describe(community, said)
    _keep_aims(wish)
    _tell(wish, "seeking.changed" if stands else "seeking.published", by, said)
    return wish


@transaction.atomic
def renew(*, jurisdiction_id: int, by: Actor, on: date, months: int = USUAL_MONTHS) -> Wish:
    """Let a wish stand for so many months from today; one that is over already is published anew by the form."""
    access.require(by, "seeking.publish", relation(by, jurisdiction_id, on))
    if months not in MONTHS:
        raise Invalid({"months": [_("Choose from the list.")]})
    register.lock()
    _community(jurisdiction_id, on)
    wish = _standing(jurisdiction_id, on)
    wish.until = max(wish.until, add_months(on, months))
    wish.save(update_fields=["until"])
    _tell(wish, "seeking.renewed", by)
    return wish


@transaction.atomic
def end(*, jurisdiction_id: int, by: Actor, on: date, reason: str = "") -> Wish:
    """Take a wish from the board: by those who speak for the community, or by staff with a reason."""
    related = relation(by, jurisdiction_id, on)
    access.require(by, "seeking.end", related)
    missing = "" if related else _("Write the reason: it is published.")
    reason = typed.words(reason, field="reason", missing=missing, most=500)
    register.lock()
    wish = _standing(jurisdiction_id, on)
    _close(wish, by, on, reason)
    return wish


def _standing(jurisdiction_id: int, on: date) -> Wish:
    wish = Wish.objects.select_for_update().filter(jurisdiction=jurisdiction_id).first()
    if wish is None:
        raise Missing(_("This community does not look for a partner."))
    if not selector.stands(wish, on):
        raise WrongState(_("This search has ended already. Publish it anew."))
    return wish


def _community(pk: int, on: date) -> Jurisdiction:
    """A community whose wish the public may see, locked; members in good standing where there is membership."""
    found = Jurisdiction.objects.select_for_update().filter(pk=pk, successor__isnull=True).first()
    if found is None:
        raise Missing(_("There is no such community."))
    if found.provisional:
        raise WrongState(_("The registry has not accepted this community yet."))
    if is_home(found.country.code, settings.REGISTRY_HOME_COUNTRY):
        terms = affiliations.membership_terms([pk])[pk]
        if not affiliations.in_good_standing(terms, on):
            raise WrongState(_("This is for members in good standing."))
    return found


def _once(values: Collection[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _check_lists(said: WishText) -> None:
    known: dict[str, Collection[str]] = {
        "countries": dict(iso_countries),
        "diaspora": dict(iso_countries),
        "themes": Theme.values,
        "traits": Geography.values,
    }
    errors = {
        name: [_("Choose from the list.")]
        for name, words in known.items()
        if len(getattr(said, name)) > typed.MOST_LIST_ITEMS or not set(getattr(said, name)) <= set(words)
    }
    if len(said.languages) > typed.MOST_LIST_ITEMS or not all(map(languages.is_known, said.languages)):
        errors["languages"] = [_("Choose from the list.")]
    if errors:
        raise Invalid(errors)


def _describe(community: Jurisdiction, said: WishText) -> None:
    """The profile by which communities are matched is the community's own; its wish brings it up to date."""
    community.themes, community.traits = _once(said.themes), _once(said.traits)
    community.diaspora, community.languages = _once(said.diaspora), _once(said.languages)
    community.save(update_fields=["themes", "traits", "diaspora", "languages"])


def _keep_aims(wish: Wish) -> None:
    named = [(WishFacet.COUNTRY.value, code) for code in wish.countries]
    named += [(WishFacet.THEME.value, code) for code in wish.activities]
    wish.aims.all().delete()
    WishAim.objects.bulk_create([WishAim(wish=wish, facet=facet, code=code) for facet, code in named])


def _tell(wish: Wish, event: str, by: Actor, said: WishText | None = None, reason: str = "") -> None:
    payload: dict[str, Any] = {"id": wish.jurisdiction_id, "since": str(wish.since), "until": str(wish.until)}
    if said is not None:
        kept = asdict(replace(said, industries=wish.industries, text=wish.text))
        payload |= {name: value if isinstance(value, str) else _once(value) for name, value in kept.items()}
    if reason:
        payload["reason"] = reason
    ledger.record(subject=wish, act=event, by=by, now=wish.until, note=reason)
    register.append(event=event, subject=f"jurisdictions/{wish.jurisdiction_id}", payload=payload)


def _close(wish: Wish, by: Actor, on: date, reason: str) -> None:
    wish.closed_on = on
    wish.save(update_fields=["closed_on"])
    _tell(wish, "seeking.ended", by, reason=reason)


def speakers(jurisdiction_id: int, on: date) -> list[User]:
    """Who is written to for a community."""
    active = Representation.objects.active(on).filter(jurisdiction=jurisdiction_id, user__is_active=True)
    return [row.user for row in active.select_related("user").order_by("pk")]


def remind(now: datetime) -> dict[str, int]:
    """Remind, once before each end, the representatives of communities whose wish ends within a month."""
    today, debts = timezone.localdate(now), []
    month = (today, today + timedelta(days=REMINDER_DAYS))
    due = Wish.objects.filter(closed_on__isnull=True, until__range=month).select_related("jurisdiction")
    wishes = {wish.jurisdiction_id: wish for wish in due.order_by("until", "pk")}
    speaking = Representation.objects.active(today).filter(jurisdiction__in=wishes, user__is_active=True)
    for row in speaking.select_related("user").order_by("pk"):
        wish = wishes[row.jurisdiction_id]
        debts.append(
            outbox.Debt(
                key=f"{NoticeKind.WISH_EXPIRES}:{wish.pk}:{wish.until}",
                to=row.user,
                about=wish,
                context={"community": wish.jurisdiction.name, "jurisdiction": wish.jurisdiction_id, **_last_day(wish)},
            )
        )
    return {"told": outbox.enqueue_many(NoticeKind.WISH_EXPIRES, debts)}


def _last_day(wish: Wish) -> dict[str, str]:
    return {"expires": wish.until.isoformat()}


def expire(now: datetime) -> dict[str, int]:
    """Close the wishes whose last day is over; the board has left them out since."""
    today = timezone.localdate(now)
    over = Wish.objects.filter(closed_on__isnull=True, until__lt=today).order_by("until", "pk")
    closed = sum(_expire(pk, today) for pk in list(over.values_list("pk", flat=True)[:BATCH]))
    return {"ended": closed}


@transaction.atomic
def _expire(pk: int, today: date) -> bool:
    """Whether it is closed by this; somebody may have renewed it, or another run been first."""
    register.lock()
    wish = Wish.objects.select_for_update().filter(pk=pk, closed_on__isnull=True, until__lt=today).first()
    if wish is None:
        return False
    _close(wish, Actor.system("run_due"), today, "")
    return True
