"""Why two communities may fit each other, in words with the facts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import template
from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from partnerships.choices import Geography, Theme
from partnerships.rules import matching_partners as rule
from partnerships.selectors import languages

register = template.Library()

#: Names of partners that are written out.
_NAMED = 5


def _country(code: Any) -> str:
    return str(countries.name(code) or code)


def _language(code: Any) -> str:
    return languages.name(str(code), get_language() or settings.LANGUAGE_CODE)


def _theme(code: Any) -> str:
    return str(Theme(code).label)


def _geography(code: Any) -> str:
    return str(Geography(code).label)


#: The sentence of each reason, and how one of its facts is written.
WORDS: dict[str, tuple[Any, Callable[[Any], str]]] = {
    rule.WANTS_YOU: (_("Looks for a partner in your country: %(facts)s"), _country),
    rule.WANTED: (_("In a country that you look for: %(facts)s"), _country),
    rule.SIZE: (_("Similar size: %(facts)s people"), intcomma),
    rule.THEMES: (_("Shared themes: %(facts)s"), _theme),
    rule.GEOGRAPHY: (_("Similar geography: %(facts)s"), _geography),
    rule.DIASPORA: (_("People who came from the one country live in the other community: %(facts)s"), _country),
    rule.LANGUAGE: (_("Shared languages: %(facts)s"), _language),
    rule.SHARED_PARTNERS: (_("Partners in common: %(facts)s"), str),
    rule.NEW_COUNTRY: (_("Your first partner in this country: %(facts)s"), _country),
}


@register.filter
def reason_words(reason: rule.Reason) -> str:
    """The reason as a sentence."""
    sentence, written = WORDS[reason.code]
    facts = [written(fact) for fact in reason.facts]
    more = ", …" if len(facts) > _NAMED and reason.code == rule.SHARED_PARTNERS else ""
    shown = facts[:_NAMED] if more else facts
    return str(sentence) % {"facts": (" – " if reason.code == rule.SIZE else ", ").join(shown) + more}
