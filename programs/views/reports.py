"""What comes after the decision: results reported, and what was promised delivered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnerships.exceptions import Missing, WrongState
from partnerships.forms.refusals import accepted
from partnerships.views.sessions import actor, kept, personal
from programs.choices import DeliverableState, ParticipationState
from programs.forms.reports import DeliverForm, ReportForm
from programs.kinds import kind_of
from programs.services import deliverables, reports
from programs.views.applications import about, application_of, going_back

RUNNING = (ParticipationState.ACCEPTED, ParticipationState.COMPLETED)


@personal
@going_back
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, application: int) -> HttpResponse:
    """The figures of a kind, each with where it comes from."""
    participation = application_of(request, application)
    kind = kind_of(participation.cycle.program.kind)
    if not kind.measures:
        raise Missing(_("Nothing is counted here."))
    if participation.state not in RUNNING:
        raise WrongState(_("Results are reported once the application was accepted."))
    typed = request.POST if request.method == "POST" else kept(request)
    measures = kind.measures_of(participation.detail)
    form = ReportForm(typed, measures=measures, reported=participation.reported_at is not None)
    if request.method == "POST" and form.is_valid():
        said = {
            "figures": [reports.Figure(*row) for row in form.figures()],
            "provenance": form.provenance(),
            "complete": form.cleaned_data.get("complete", False),
        }
        by, now = actor(request), timezone.now()
        if accepted(form, lambda: reports.hand_in(participation_id=application, by=by, at=now, **said)):
            messages.success(request, _("Thank you. The results were recorded as claimed by your community."))
            return redirect("application", application)
    return render(request, "programs/apply/report.html", {**about(participation), "form": form})


@personal
@going_back
@require_http_methods(["GET", "HEAD", "POST"])
def deliver(request: HttpRequest, application: int, deliverable: int) -> HttpResponse:
    """Hand in one thing that was promised."""
    participation = application_of(request, application)
    promised = get_object_or_404(participation.deliverables.select_related("attachment"), pk=deliverable)
    if promised.state != DeliverableState.PROMISED:
        raise WrongState(_("This was delivered already."))
    sent = (request.POST, request.FILES) if request.method == "POST" else (kept(request), None)
    form = DeliverForm(*sent, initial={"note": promised.note, "url": promised.url})
    if request.method == "POST" and form.is_valid():
        by, today, said = actor(request), timezone.localdate(), form.said()
        if accepted(form, lambda: deliverables.deliver(deliverable_id=deliverable, by=by, on=today, **said)):
            messages.success(request, _("It was delivered. The programs office looks at it."))
            return redirect("application", application)
    page = {
        **about(participation),
        "deliverable": promised,
        "file": promised.kept_file,
        "form": form,
    }
    return render(request, "programs/apply/deliver.html", page)
