"""``/account/judging/``: where somebody judges, what waits, and the sheet on which points are given."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.exceptions import Missing
from partnerships.forms.refusals import accepted
from partnerships.views.sessions import actor, kept, person, personal
from programs.choices import AttachmentRole
from programs.forms.judging import ScoreForm, field_of
from programs.kinds import kind_of
from programs.models import Attachment, Entry, Juror, Participation
from programs.selectors import scores as selector
from programs.services import scoring
from programs.templatetags.programs import entered

#: What a juror looks at; signed forms of consent name people and are nobody's to judge by.
SHOWN = (AttachmentRole.WORK, AttachmentRole.PLAN, AttachmentRole.PHOTOGRAPH, AttachmentRole.OTHER)


@personal
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    benches = selector.benches(person(request), timezone.localdate())
    return render(request, "programs/judging/index.html", {"benches": benches, **_NAV})


@personal
@require_safe
def waiting(request: HttpRequest, cycle: int) -> HttpResponse:
    """What the juror may judge, those without points first on each page."""
    juror, after = _juror(request, cycle), request.GET.get("after", "")
    works = selector.page(juror, timezone.localdate(), after=int(after) if after.isdecimal() and len(after) < 18 else 0)
    shown = works[: selector.PAGE]
    page = {
        "cycle": juror.cycle,
        "waiting": [work for work in shown if not work.judged],
        "judged": [work for work in shown if work.judged],
        "next_url": f"?after={shown[-1].entry or shown[-1].participation}" if len(works) > selector.PAGE else "",
        "after": after,
    }
    return render(request, "programs/judging/cycle.html", page | _NAV)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, cycle: int, participation: int, entry: int | None = None) -> HttpResponse:
    """One application or work, and this juror's own points for it."""
    juror = _juror(request, cycle)
    found = _found(juror, participation, entry)
    typed = request.POST if request.method == "POST" else kept(request)
    own = selector.own(juror, participation, entry)
    form = ScoreForm(typed, criteria=list(juror.cycle.criteria.all()), own=own)
    if request.method == "POST" and form.is_valid() and _given(request, form, participation, entry):
        messages.success(request, _("Your points are kept. You can change them until it is decided."))
        return redirect("judging_cycle", cycle)
    return render(request, "programs/judging/sheet.html", {**_sheet(juror, found), "form": form, "own": own})


def _given(request: HttpRequest, form: ScoreForm, participation: int, entry: int | None) -> bool:
    by, points, said = actor(request), form.points(), form.cleaned_data["comment"]
    names = {f"points.{criterion.pk}": field_of(criterion.pk) for criterion in form.criteria}
    return accepted(
        form,
        lambda: scoring.give(participation_id=participation, entry_id=entry, points=points, comment=said, by=by),
        **names,
    )


@personal
@require_safe
def attachment(request: HttpRequest, cycle: int, pk: int) -> HttpResponseBase:
    """A file of what the juror judges: saved, never shown in the page's own origin, because others wrote it."""
    juror = _juror(request, cycle)
    kept_file = get_object_or_404(Attachment, pk=pk, participation__cycle=cycle, role__in=SHOWN)
    _found(juror, kept_file.participation_id, kept_file.entry_id)
    try:
        opened = kept_file.file.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("This file cannot be read now.")) from error
    answer = FileResponse(opened, as_attachment=True, filename=f"{cycle}-{pk}", content_type=kept_file.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


_NAV = {"nav": "account", "account_nav": "judging"}


def _juror(request: HttpRequest, cycle: int) -> Juror:
    juror = selector.juror_of(person(request), cycle)
    if juror is None:
        raise Missing(_("You judge nothing here."))
    return juror


def _found(juror: Juror, participation: int, entry: int | None) -> Participation | Entry:
    found = selector.find(juror, timezone.localdate(), participation, entry)
    if found is None:
        raise Missing(_("This is not yours to judge, or it is decided already."))
    return found


def _sheet(juror: Juror, found: Participation | Entry) -> dict[str, Any]:
    """What a juror sees: of a work no person; of an application the community and what it wrote."""
    entry = found if isinstance(found, Entry) else None
    participation = found.participation if isinstance(found, Entry) else found
    kind = kind_of(juror.cycle.program.kind)
    # Jurors read everything that the community wrote; what is not public is about the work, never about its people.
    written = [] if entry else entered(kind.fields, participation.detail)
    files = Attachment.objects.filter(participation=participation, entry=entry, role__in=SHOWN)
    return {
        "cycle": juror.cycle,
        "participation": participation,
        "entry": entry,
        "written": [one for one in written if one.text],
        "files": list(files[:50]),
        **_NAV,
    }
