"""``/file/``: for whom, and what the agreement does; the answer is a draft."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from partnerships.choices import Act
from partnerships.forms.filing import StartForm
from partnerships.models import Jurisdiction
from partnerships.selectors import accounts
from partnerships.services import parties
from partnerships.views.sessions import actor, kept, person, personal


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """``?community=&affiliation=&act=`` where a button of the overview has said them already."""
    today = timezone.localdate()
    communities = [row.jurisdiction for row in accounts.representations(person(request), today)]
    typed = request.POST if request.method == "POST" else kept(request)
    about = _about(typed or request.GET, communities)
    form = StartForm(typed, communities=communities, fixed=about is not None, initial=_initial(request.GET, about))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        number = said["affiliation"] if about else ""
        filing = parties.start(
            by=actor(request), act=said["act"], kind=said["kind"], jurisdiction_id=said["community"], affiliation=number
        )
        return redirect("filing_terms" if about else "filing_parties", filing.pk)
    page = {
        "form": form,
        "communities": communities,
        "about": about,
        "act": form["act"].value(),
        "drafts": accounts.drafts(person(request), today),
        "nav": "file",
    }
    return render(request, "partnerships/filing/start.html", page)


def _about(said: QueryDict, communities: list[Jurisdiction]) -> accounts.OpenAffiliation | None:
    """The open affiliation that was named, where it is one of the communities' own."""
    number, community = said.get("affiliation", "")[:24], said.get("community", "")
    own = next((row for row in communities if str(row.pk) == community), None)
    return accounts.affiliation(number, own.pk, timezone.localdate()) if number and own else None


def _initial(said: QueryDict, about: accounts.OpenAffiliation | None) -> dict[str, Any]:
    found = {name: said[name] for name in ("community", "act") if said.get(name)}
    if found.get("act") not in Act.values:
        found.pop("act", None)
    return {**found, "kind": about.row.kind, "affiliation": about.row.number} if about else found
