"""The sentence that says what a list shows, and the chips that take a filter away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from partnerships.choices import AffiliationKind, Standing, Theme
from partnerships.rules.dates import PartialDate
from partnerships.selectors.browse import ANY, Criteria
from partnerships.selectors.tallies import country_name, subdivision_name
from partnerships.templatetags.registry import partial_date


def summary(criteria: Criteria, counts: Mapping[str, int], community: str = "") -> str:
    """``38 sister and 4 friendship affiliations between Japan and California, in force.``"""
    said = _amount(counts)
    if places := _places(criteria, community):
        # Translators: such as “38 sister affiliations” and “of Japan”, in the order of your language.
        said = _("%(amount)s %(places)s") % {"amount": said, "places": places}
    for more in _details(criteria):
        said = _("%(said)s, %(more)s") % {"said": said, "more": more}
    sentence = _("%(sentence)s.") % {"sentence": said}
    if not criteria.standings:
        sentence += " " + _("Ended ones are left out.")
    return sentence


#: Countries whose English names take an article in a sentence.
_WITH_ARTICLE = frozenset("AE BS CF CG CD DO FK FO GB GM IM KM KY MH MP MV NL PH SB SC TC TF UM US VG VI".split())


def in_sentence(code: str) -> str:
    """The name of a country as it stands within a sentence: Japan, the United States of America."""
    english = (get_language() or "en").startswith("en")
    return f"the {country_name(code)}" if english and code in _WITH_ARTICLE else country_name(code)


def _amount(counts: Mapping[str, int]) -> str:
    sister, friendship = (counts.get(kind, 0) for kind in (AffiliationKind.SISTER, AffiliationKind.FRIENDSHIP))
    if sister and friendship:
        amounts = {"sister": _figure(sister), "friendship": _figure(friendship)}
        return _("%(sister)s sister and %(friendship)s friendship affiliations") % amounts
    if sister:
        text = ngettext("%(count)s sister affiliation", "%(count)s sister affiliations", sister)
        return text % {"count": _figure(sister)}
    if friendship:
        text = ngettext("%(count)s friendship affiliation", "%(count)s friendship affiliations", friendship)
        return text % {"count": _figure(friendship)}
    return _("No affiliations")


def _figure(number: int) -> str:
    return str(number_format(number, force_grouping=True))


def _places(criteria: Criteria, community: str) -> str:
    names = [community] if community else []
    names += [in_sentence(code) for code in criteria.other_countries]
    names += [subdivision_name(code) for code in criteria.subdivisions]
    if len(names) == 1:
        return _("of %(place)s") % {"place": names[0]}
    if names:
        return _("between %(places)s") % {"places": get_text_list(names, _("and"))}
    return ""


def _details(criteria: Criteria) -> list[str]:
    return [
        *([_standings(criteria)] if criteria.standings else []),
        *([_recognised(criteria)] if criteria.recognised is not None else []),
        *([_themes(criteria)] if criteria.themes else []),
        *([_programs(criteria)] if criteria.programs else []),
        *(
            [_since(criteria.since_after, criteria.since_before)]
            if criteria.since_after or criteria.since_before
            else []
        ),
        *([_("with “%(words)s” in a name") % {"words": criteria.q}] if criteria.q else []),
        *([_as_of(criteria.as_of)] if criteria.as_of else []),
    ]


def _standings(criteria: Criteria) -> str:
    if ANY in criteria.standings:
        return _("whatever their standing")
    return get_text_list([str(Standing(value).label).lower() for value in criteria.standings], _("or"))


def _recognised(criteria: Criteria) -> str:
    if criteria.as_of:
        return _("recognised on that day") if criteria.recognised else _("not recognised on that day")
    return _("recognised today") if criteria.recognised else _("not currently recognised")


def _as_of(day: date) -> str:
    return _("as of %(day)s") % {"day": partial_date(day)}


def _themes(criteria: Criteria) -> str:
    themes = get_text_list([str(Theme(value).label).lower() for value in criteria.themes], _("or"))
    return _("with the theme %(themes)s") % {"themes": themes}


def _programs(criteria: Criteria) -> str:
    """By the names in their addresses: the register knows no other."""
    return _("in the program %(names)s") % {"names": get_text_list(list(criteria.programs), _("or"))}


def _since(after: PartialDate | None, before: PartialDate | None) -> str:
    first, last = partial_date(after), partial_date(before)
    if after and before:
        return _("since a date from %(first)s to %(last)s") % {"first": first, "last": last}
    if after:
        return _("since %(first)s or later") % {"first": first}
    return _("since %(last)s or earlier") % {"last": last}


def filters_in_use(criteria: Criteria) -> list[tuple[str, str]]:
    """Each parameter that narrows the list and what it says in words; places of the address are among them."""
    found = [("country", country_name(code)) for code in criteria.countries]
    found += [("subdivision", subdivision_name(code)) for code in criteria.subdivisions]
    found += [("kind", str(AffiliationKind(value).label)) for value in criteria.kinds]
    if criteria.standings:
        found.append(("standing", _standings(criteria)))
    if criteria.recognised is not None:
        found.append(("recognised", _recognised(criteria)))
    found += [("theme", str(Theme(value).label)) for value in criteria.themes]
    found += [("program", slug) for slug in criteria.programs]
    if criteria.since_after:
        found.append(("since_after", _since(criteria.since_after, None)))
    if criteria.since_before:
        found.append(("since_before", _since(None, criteria.since_before)))
    if criteria.q:
        found.append(("q", f"“{criteria.q}”"))
    if criteria.as_of:
        found.append(("as_of", _as_of(criteria.as_of)))
    return found
