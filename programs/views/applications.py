"""An application as its people see it: where it stands, what is asked, taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.exceptions import Missing, NotAllowed, RegistryError
from partnerships.forms.filing import WithdrawForm
from partnerships.forms.refusals import accepted
from partnerships.services import access
from partnerships.views.sessions import actor, kept, personal
from programs.choices import EDITABLE_STATES, ParticipationState
from programs.kinds import kind_of
from programs.models import Participation
from programs.rules import transitions
from programs.selectors import applications as selector
from programs.services import attachments, participations, people, rights
from programs.views.findings import in_words

View = Callable[..., HttpResponseBase]
_FOUND = ("cycle__program", "jurisdiction", "affiliation__first", "affiliation__second", "category", "band")
SUBMITTER = "submitter"
#: While a participation is in one of these, what takes place in it may be added and changed.
GOING_ON = (ParticipationState.FINALIST, ParticipationState.ACCEPTED)


def going_back(view: View) -> View:
    """What an operation refuses is said on the page of the application, or on that of the calls."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (NotAllowed, Missing):
            raise
        except RegistryError as refused:
            messages.error(request, refused.message)
            return redirect("application", kwargs["application"]) if "application" in kwargs else redirect("calls")

    return answered


def application_of(request: HttpRequest, pk: int, verb: str = "participation.view") -> Participation:
    """The application, for those who speak for its community; for everybody else there is none.

    Staff have pages of their own, which record who looked at what.
    """
    participation = get_object_or_404(Participation.objects.select_related(*_FOUND), pk=pk)
    related = rights.relations(actor(request), participation) & {SUBMITTER}
    if not related:
        raise Missing(_("There is no such application."))
    access.require(actor(request), verb, related)
    return participation


@personal
@require_safe
def show(request: HttpRequest, application: int) -> HttpResponse:
    """Where it stands, what is asked, what happened."""
    participation = application_of(request, application)
    kind = kind_of(participation.cycle.program.kind)
    editable = participation.state in EDITABLE_STATES
    running = participation.state in (ParticipationState.ACCEPTED, ParticipationState.COMPLETED)
    page = {
        **about(participation),
        "words": selector.words(participation.state),
        "events": selector.history(participation),
        "findings": in_words(participations.check(participation, at=timezone.now()), participation) if editable else [],
        "editable": editable,
        "decided": participation.comment and not editable,
        "can_withdraw": "withdraw" in transitions.allowed(transitions.PARTICIPATION, participation.state),
        "report_due": selector.report_due(participation),
        "can_report": running and bool(kind.measures),
        "results": participation.results.filter(withdrawn_at__isnull=True) if running else (),
        "deliverables": participation.deliverables.select_related("attachment") if running else (),
        "goes_on": () if editable else _goes_on(participation),
        "account_nav": "calls",
    }
    return render(request, "programs/apply/show.html", page)


def _goes_on(participation: Participation) -> list[tuple[str, str]]:
    """What can still be added and changed after it was handed in: the words of each link, and where it leads."""
    kind, state = kind_of(participation.cycle.program.kind), participation.state
    there = {
        "people": (_("People and consents"), bool(kind.person_roles) and state in people.OPEN_LATER),
        "activities": (_("What takes place"), bool(kind.activity_kinds) and state in GOING_ON),
        "files": (_("Files"), bool(attachments.roles(participation))),
    }
    return [
        (words, reverse(f"application_{step}", args=[participation.pk])) for step, (words, may) in there.items() if may
    ]


def about(participation: Participation) -> dict[str, Any]:
    """What every page about an application prints."""
    return {
        "participation": participation,
        "cycle": participation.cycle,
        "program": participation.cycle.program,
        "kind": kind_of(participation.cycle.program.kind),
        "nav": "account",
    }


@personal
@going_back
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, application: int) -> HttpResponse:
    participation = application_of(request, application, "participation.withdraw")
    transitions.after(transitions.PARTICIPATION, participation.state, "withdraw")
    form = WithdrawForm(request.POST if request.method == "POST" else kept(request))
    if request.method == "POST" and form.is_valid():
        said, by = form.cleaned_data["comment"], actor(request)
        if accepted(form, lambda: participations.withdraw(participation_id=application, by=by, comment=said)):
            messages.success(request, _("The application was withdrawn."))
            return redirect("application", application)
    return render(request, "programs/apply/withdraw.html", {**about(participation), "form": form})
