"""The page of components, for staff: each part that pages are made of, in each of its states, on made-up facts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from partnerships.choices import AffiliationKind, Charter, EvidenceGrade, FilingState, Light, Standing
from partnerships.rules.dates import PartialDate
from partnerships.selectors.rows import AffiliationRow, PartyRow, Recognised
from partnerships.views import charts, worlds

COLOURS = (
    "paper surface sunken ink ink-soft line line-strong brand action accent accent-line link link-visited positive "
    "positive-soft caution caution-soft negative negative-soft neutral neutral-soft info info-soft clay clay-soft "
    "map-sea map-land map-1 map-2 map-3 map-4 map-5 map-tie map-dot"
).split()
SIZES = ("3xl", "2xl", "xl", "l", "m", "s", "xs")
SPACES = range(1, 9)
STEPS = ("done", "current", "problem", "todo")
TONES = ("info", "positive", "caution", "negative")


class SampleForm(forms.Form):
    """Every kind of control, some of them filled in wrongly."""

    name = forms.CharField(label=_("Name"), help_text=_("As it stands on the agreement."))
    when = forms.CharField(label=_("Signed on"))
    kind = forms.ChoiceField(label=_("Kind"), choices=AffiliationKind.choices)
    story = forms.CharField(label=_("Story"), widget=forms.Textarea, required=False)
    file = forms.FileField(label=_("Document"), required=False)
    public = forms.BooleanField(label=_("Public"), required=False)
    closed = forms.CharField(label=_("Number"), disabled=True, initial="SCI-000045", required=False)


@staff_member_required
def style(request: HttpRequest) -> HttpResponse:
    form = SampleForm({"when": "31 February 1985", "kind": "sister"})
    form.add_error("when", _("There is no such day."))
    row = _row(AffiliationKind.SISTER, Standing.IN_FORCE)
    values = {
        "colours": COLOURS,
        "sizes": SIZES,
        "spaces": SPACES,
        "tones": TONES,
        "kinds": AffiliationKind.values,
        "standings": Standing.values,
        "lights": Light.values,
        "charters": Charter.values,
        "grades": EvidenceGrade.values,
        "states": FilingState.values,
        "form": form,
        "rows": [row, _row(AffiliationKind.FRIENDSHIP, Standing.SUSPENDED, fictional=True)],
        "row": row,
        "world": worlds.shaded({"US": 40, "UA": 9, "JP": 3, "DE": 1}, worlds.ties_of([row])),
        "chart": charts.by_year(tuple((1990 + at, count) for at, count in enumerate((3, 8, 2, 0, 12))), "abcde"),
        "chips": [{"label": _("Japan"), "url": "?"}, {"label": _("Friendship"), "url": "?"}],
        "steps": [{"label": str(state), "url": "#", "state": state} for state in STEPS],
        "findings": ("blocking", "waivable", "advice"),
        "events": _events(),
        "facts": [{"label": _("Population"), "value": "283,313", "note": "2023"}, {"label": _("Term"), "value": "–"}],
    }
    return render(request, "partnerships/style.html", values)


def _events() -> list[dict[str, Any]]:
    days = (PartialDate.parse("1992-06-29"), PartialDate.parse("2022-07"), PartialDate.parse("2025"))
    return [
        {"when": day, "title": tone, "text": "", "tone": tone}
        for day, tone in zip(days, ("act", "milestone", "ending"), strict=True)
    ]


def _row(kind: str, standing: str, *, fictional: bool = False) -> AffiliationRow:
    home = _party(1, "Irondequoit", "", "US", ("US-NY", "New York"), (43.21, -77.57))
    abroad = _party(2, "Poltava", "Полтава", "UA", ("UA-53", "Poltavska oblast"), (49.59, 34.55))
    return AffiliationRow(
        id=1,
        number="SCI-000045",
        kind=kind,
        standing=standing,
        since=PartialDate.parse("1992-06-29"),
        ended=None,
        term_end=None,
        perpetual=True,
        parties=(home, abroad),
        recognised=Recognised(standing == Standing.IN_FORCE, date(1992, 6, 29)),
        light=Light.GREEN,
        charter=Charter.CHARTER,
        reasons=(),
        themes=(),
        last_confirmed_on=None,
        fictional=fictional,
    )


def _party(pk: int, name: str, native: str, country: str, within: tuple[str, str], at: tuple[float, float]) -> PartyRow:
    return PartyRow(
        id=pk,
        name=name,
        native_name=native,
        slug=name.lower(),
        kind="town",
        country=country,
        country_name=country,
        subdivision=within[0],
        subdivision_name=within[1],
        latitude=at[0],
        longitude=at[1],
        fictional=False,
    )
