"""``/seeking/``: communities that look for a partner, and why some of them may fit each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from partnerships.choices import JurisdictionKind, Theme
from partnerships.filters.seeking import SeekingFilter
from partnerships.selectors import jurisdictions, partner_candidates, seeking
from partnerships.selectors.keyset import BadCursor
from partnerships.selectors.seeking import SeekingCriteria, SeekingRow
from partnerships.transfer import addresses
from partnerships.views import exports
from partnerships.views.caching import Stamp, context, public_page
from partnerships.views.listing import address_with, asked_format, refused

SIZE_WORDS = {
    "village": gettext_lazy("Under 10,000 people"),
    "town": gettext_lazy("10,000 to 50,000 people"),
    "city": gettext_lazy("50,000 to 250,000 people"),
    "large": gettext_lazy("250,000 to 1 million people"),
    "metropolis": gettext_lazy("1 million people or more"),
}
COLUMNS = (
    "id",
    "name",
    "country",
    "subdivision",
    "kind",
    "population",
    "countries",
    "themes",
    "industries",
    "text",
    "since",
    "until",
    "fictional",
    "url",
)


def _choices(words: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [("", gettext_lazy("All")), *words]


class Panel(forms.Form):
    """What can be chosen; what was sent is judged by the filter."""

    use_required_attribute = False
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=lambda: _choices(countries))
    wants = forms.ChoiceField(label=gettext_lazy("Looks for a partner in"), choices=lambda: _choices(countries))
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), choices=_choices(Theme.choices))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=_choices(JurisdictionKind.choices))
    size = forms.ChoiceField(label=gettext_lazy("Size"), choices=_choices(SIZE_WORDS.items()))


@public_page
def board(request: HttpRequest, stamp: Stamp) -> HttpResponseBase:
    asked = SeekingFilter(request.GET)
    try:
        wanted = asked_format(request, ("csv", "json"))
    except ValueError as error:
        return refused(request, str(error))
    if asked.problems:
        return refused(request, " ".join(f"{name}: {' '.join(said)}" for name, said in asked.problems.items()))
    if wanted:
        return exports.table(_lines(asked.criteria, stamp, wanted), COLUMNS, "seeking-partners", wanted)
    try:
        found = seeking.page(asked.criteria, on=stamp.day, cursor=request.GET.get("cursor", ""))
    except BadCursor:
        return refused(request, _("The page number in the address is not one of this list."))
    values = context(
        stamp,
        page=found,
        filtered=asked.criteria != SeekingCriteria(),
        panel=Panel(request.GET.dict(), auto_id="filter-%s"),
        previous_url=address_with(request.GET, cursor=found.previous) if found.previous else "",
        next_url=address_with(request.GET, cursor=found.next) if found.next else "",
        csv_url=address_with(request.GET, format="csv"),
        json_url=address_with(request.GET, format="json"),
    )
    return render(request, "partnerships/public/seeking.html", values)


def _lines(criteria: SeekingCriteria, stamp: Stamp, kind: str) -> Iterator[dict[str, Any]]:
    return (_line(row, kind) for row in seeking.stream(criteria, on=stamp.day))


def _line(row: SeekingRow, kind: str) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in ("population", "industries", "text", "since", "until")}
    party = {name: getattr(row.party, name) for name in ("id", "name", "country", "subdivision", "kind", "fictional")}
    lists: dict[str, Any] = {"countries": row.countries, "themes": row.themes}
    if kind == "csv":
        lists = {name: " ".join(codes) for name, codes in lists.items()}
    return {**party, **values, **lists, "url": addresses.page(f"seeking/{row.party.id}/")}


@public_page
def wish(request: HttpRequest, stamp: Stamp, key: str) -> HttpResponseBase:
    """What one community looks for, and others of the board that may fit it."""
    found = seeking.find(int(key), on=stamp.day)
    if found is None:
        known = jurisdictions.find(int(key), on=stamp.day)
        if isinstance(known, jurisdictions.Moved):
            return redirect("seeking-one", known.id, permanent=True)
        raise Http404
    values = context(stamp, row=found, suggestions=partner_candidates.suggestions(found, on=stamp.day))
    return render(request, "partnerships/public/seeking_one.html", values)
