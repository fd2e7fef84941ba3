"""``/account/calls/``: what may be answered and what not, and where one's applications stand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partnerships.exceptions import Unmet
from partnerships.views.sessions import actor, person, personal
from programs.choices import EDITABLE_STATES, ParticipationState
from programs.selectors import applications
from programs.selectors import calls as selector
from programs.services import participations
from programs.templatetags.programs import finding_text
from programs.views.applications import going_back

UNDER_WAY = (*EDITABLE_STATES, ParticipationState.SUBMITTED, ParticipationState.FINALIST, ParticipationState.ACCEPTED)


@personal
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    own = selector.communities(person(request), timezone.localdate(now))
    calls = selector.of_member(own, now) if own else []
    lines = applications.of_communities(own)
    page = {
        "communities": own,
        "calls": [call for call in calls if call.open and call.eligible],
        "coming": [call for call in calls if not call.open],
        "others": [call for call in calls if call.open and not call.eligible],
        "under_way": [line for line in lines if line.participation.state in UNDER_WAY],
        "earlier": [line for line in lines if line.participation.state not in UNDER_WAY],
        "today": timezone.localdate(now),
        "nav": "account",
        "account_nav": "calls",
    }
    return render(request, "programs/apply/calls.html", page)


@personal
@going_back
@require_POST
def start(request: HttpRequest, cycle: int) -> HttpResponse:
    """Begin an application; the answer is a draft, open at its first step."""
    community = request.POST.get("community", "")
    chosen = int(community[:18]) if community.isdecimal() else 0
    try:
        made = participations.start(cycle_id=cycle, jurisdiction_id=chosen, by=actor(request), at=timezone.now())
    except Unmet as unmet:
        messages.error(request, " ".join(finding_text(finding) for finding in unmet.findings))  # type: ignore[arg-type]
        return redirect("calls")
    return redirect("application_about", made.pk)
