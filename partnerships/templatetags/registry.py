"""How facts are printed: dates, places, badges, addresses. No tag reads the database."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext as _
from django_countries import countries

from partnerships import choices
from partnerships.rules.dates import PartialDate
from partnerships.selectors import languages

register = template.Library()


# --- The registry and its addresses


@register.simple_tag
def registry_name() -> str:
    return str(settings.REGISTRY_NAME)


@register.simple_tag(takes_context=True)
def canonical_url(context: Context, path: str = "") -> str:
    """The absolute address of a path of ours; without one, of this page without its query."""
    request = context.get("request")
    return f"{settings.SITE_URL}{path or (request.path if request else '/')}"


@register.simple_tag(takes_context=True)
def in_other_languages(context: Context) -> list[dict[str, Any]]:
    """This page in each language of the registry: code, name and offer in its own words, address, whether it is this.

    Only the beginning of an address says its language (``i18n_patterns``), so that none has to be resolved.
    """
    request = context.get("request")
    if request is None or len(settings.LANGUAGES) < 2:
        return []
    here = get_language() or settings.LANGUAGE_CODE
    path, whole = (at.removeprefix(_prefix(here)) for at in (request.path, request.get_full_path()))
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"],
            "offer": _offer(code),
            "path": f"{_prefix(code)}{whole}",
            "url": f"{settings.SITE_URL}{_prefix(code)}{path}",
            "current": code == here,
        }
        for code, _name in settings.LANGUAGES
    ]


def _prefix(code: str) -> str:
    return "" if code == settings.LANGUAGE_CODE else f"/{code}"


@register.filter
def in_this_language(path: str) -> str:
    """The address of a page of ours, in the language of this one."""
    return f"{_prefix(get_language() or settings.LANGUAGE_CODE)}{path}"


@cache
def _offer(code: str) -> str:
    with override(code):
        # Translators: say the name of your own language instead of English.
        return _("Read this page in English")


# --- Dates


def _parsed(value: Any) -> PartialDate | None:
    """``None`` for what is no date: printing never fails on a value, it prints nothing."""
    if not value or isinstance(value, PartialDate):
        return value or None
    if isinstance(value, datetime):
        return PartialDate.of(timezone.localtime(value).date() if timezone.is_aware(value) else value.date())
    if isinstance(value, date):
        return PartialDate.of(value)
    try:
        return PartialDate.parse(str(value))
    except ValueError:
        return None


@register.filter
def partial_date(value: PartialDate | date | str | None) -> str:
    """A date as far as it is known, in the reader's language: 1931, April 1985, 29 June 1992."""
    known = _parsed(value)
    if known is None:
        return ""
    if known.precision == "year":
        return str(known.year)
    if known.precision == "month":
        return date_format(known.earliest, "YEAR_MONTH_FORMAT")
    # English alone has two habits; the one that names the month after the day is read rightly by both.
    return date_format(known.earliest, "j F Y" if (get_language() or "en").startswith("en") else "DATE_FORMAT")


@register.filter
def fact_value(value: str, fact: str) -> str:
    """What a source says of a fact, in words: a date, a standing, a kind."""
    words = {"standing": choices.Standing, "kind": choices.AffiliationKind}.get(fact)
    if words is not None:
        return str(words(value).label) if value in words.values else value
    return partial_date(value) or value


@register.simple_tag
def when(value: PartialDate | date | str | None, unknown: str = "") -> str:
    """The same as a ``<time>`` element; ``unknown`` is printed where there is no date."""
    known = _parsed(value)
    if known is None:
        return unknown
    return format_html('<time datetime="{}">{}</time>', str(known), partial_date(known))


# --- Places and languages


@register.filter
def country_name(code: str) -> str:
    """The name of a country in the reader's language; the code itself where it is unknown."""
    return countries.name(str(code)) or str(code)


@register.simple_tag
def flag(code: str) -> str:
    """A small flag beside a country's name, which says what it shows: decoration for those who do not see it."""
    if not countries.alpha2(str(code)):
        return ""
    return format_html(
        '<img class="flag" src="{}" alt="" width="16" height="11" loading="lazy">',
        static(f"flags/{str(code).lower()}.gif"),
    )


@register.filter
def language_name(code: str) -> str:
    """The name of a language in the reader's; the code itself where nobody knows it."""
    return languages.name(code, get_language() or settings.LANGUAGE_CODE)


# --- Words for stored values


@register.filter
def label_of(value: str, noun: str) -> str:
    """What people read for a stored value: ``{{ row.act|label_of:"Act" }}``; the value itself where it is unknown."""
    return str(dict(getattr(choices, noun).choices).get(value, value))


@register.filter
def short_hash(value: str) -> str:
    """The beginning of a SHA-256, enough to compare by eye."""
    return value[:12]


# --- Icons and badges


@register.simple_tag
def icon(name: str, turns: bool = False) -> SafeString:
    """A picture beside words; ``turns`` where it points along the line and has to mirror with the script."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        " icon--turns" if turns else "",
        static("img/icons.svg"),
        name,
    )


Badge = dict[str, str]
#: Stored value -> (tone, icon). The words come from the choices themselves, so that they are written once.
KINDS = {"sister": ("info", "sister"), "friendship": ("clay", "friendship")}
STANDINGS = {
    "in_force": ("positive", "check"),
    "suspended": ("caution", "pause"),
    "emeritus": ("neutral", "archive"),
    "ended": ("neutral", "ended"),
    "annulled": ("negative", "annulled"),
}
LIGHTS = {
    "green": ("positive", "light-green"),
    "yellow": ("caution", "light-yellow"),
    "red": ("negative", "light-red"),
    "grey": ("neutral", "light-grey"),
}
STATES = {
    "draft": ("neutral", "edit"),
    "submitted": ("info", "waits"),
    "in_review": ("info", "person"),
    "returned": ("caution", "edit"),
    "registered": ("positive", "check"),
    "rejected": ("negative", "cross"),
    "withdrawn": ("neutral", "ended"),
    "annulled": ("negative", "annulled"),
}
EVIDENCE = {
    "signed_copy": ("positive", "document"),
    "resolution": ("info", "document"),
    "declared": ("neutral", "info"),
    "imported": ("neutral", "download"),
}


def _badge(value: str, noun: str, looks: dict[str, tuple[str, str]]) -> Badge:
    tone, picture = looks.get(value, ("neutral", "info"))
    return {"label": label_of(value, noun), "tone": tone, "icon": picture}


@register.inclusion_tag("components/badge.html")
def kind_badge(kind: str) -> Badge:
    return _badge(kind, "AffiliationKind", KINDS)


@register.inclusion_tag("components/badge.html")
def standing_badge(standing: str) -> Badge:
    return _badge(standing, "Standing", STANDINGS)


@register.inclusion_tag("components/badge.html")
def light_badge(light: str) -> Badge:
    return _badge(light, "Light", LIGHTS)


@register.inclusion_tag("components/badge.html")
def state_badge(state: str) -> Badge:
    return _badge(state, "FilingState", STATES)


@register.inclusion_tag("components/badge.html")
def evidence_badge(evidence: str) -> Badge:
    return _badge(evidence, "EvidenceGrade", EVIDENCE)


@register.inclusion_tag("components/badge.html")
def recognition_badge(recognised: bool) -> Badge:
    """Never "invalid": a relationship that is not recognised is still one (domain 2.3)."""
    if recognised:
        return {"label": _("Recognised"), "tone": "positive", "icon": "check-circle"}
    return {"label": _("Not currently recognised"), "tone": "neutral", "icon": "ended"}


@register.inclusion_tag("components/badge.html")
def fictional_badge() -> Badge:
    return {"label": _("Fictional example"), "tone": "caution", "icon": "info"}


@register.inclusion_tag("components/badge.html")
def charter_badge(charter: str) -> Badge:
    return _badge(charter, "Charter", {"charter": ("info", "star"), "tie": ("info", "star")})


# --- A wide table


@register.simple_block_tag
def table_region(content: str, label: str) -> SafeString:
    """Lets a table that is wider than the window scroll by itself, by keyboard too."""
    return format_html('<div class="table-region" role="region" aria-label="{}" tabindex="0">{}</div>', label, content)
