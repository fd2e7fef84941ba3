"""A filing as its people see it: where it stands, taken back, shown to the partner, its files."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.choices import FilingState
from partnerships.forms.filing import AskForm, WithdrawForm
from partnerships.forms.refusals import accepted
from partnerships.models import Document, Filing, Jurisdiction
from partnerships.rules import transitions
from partnerships.selectors import status
from partnerships.services import access, filings, partners
from partnerships.views.findings import in_words
from partnerships.views.sessions import actor, kept, personal

_FOUND = ("agreement", "on_behalf_of", "submitted_by", "declared_by")
WAITING = (FilingState.SUBMITTED, FilingState.IN_REVIEW)


def filing_of(request: HttpRequest, pk: int, verb: str = "filing.view") -> Filing:
    """The filing, for those who may; for everybody else there is none."""
    filing = get_object_or_404(Filing.objects.select_related(*_FOUND), pk=pk)
    by = actor(request)
    access.require(by, verb, access.relations(by, filing))
    return filing


def parties_of(filing: Filing) -> list[Jurisdiction]:
    return [row.jurisdiction for row in filing.party_rows.select_related("jurisdiction").order_by("position")]


@personal
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands, what is asked, what happened."""
    filing = filing_of(request, pk)
    own = transitions.SUBMITTER in access.relations(actor(request), filing)
    moves = transitions.allowed_moves(filing.state) if own else ()
    undecided = filing.state in (FilingState.DRAFT, FilingState.RETURNED, *WAITING)
    page = {
        "filing": filing,
        "parties": parties_of(filing),
        "words": status.words(filing.state),
        "events": status.history(filing),
        "findings": in_words(filings.check(filing, on=timezone.localdate()), filing) if undecided else [],
        "signatories": filing.signatories.select_related("jurisdiction"),
        "documents": filing.documents.all(),
        "asked": filing.partner_requests.select_related("jurisdiction").order_by("-pk"),
        "can_withdraw": "withdraw" in moves,
        "can_continue": "submit" in moves,
        "can_ask": own and bool(_askable(filing)),
        "account_nav": "filing",
    }
    return render(request, "partnerships/filing/show.html", page)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    filing = filing_of(request, pk, "filing.withdraw")
    transitions.after(filing.state, "withdraw")
    form = WithdrawForm(request.POST if request.method == "POST" else kept(request))
    if request.method == "POST" and form.is_valid():
        said, by = form.cleaned_data["comment"], actor(request)
        if accepted(form, lambda: filings.withdraw(filing_id=pk, by=by, comment=said)):
            messages.success(request, _("The filing was withdrawn."))
            return redirect("filing", pk)
    page = {"filing": filing, "parties": parties_of(filing), "form": form}
    return render(request, "partnerships/filing/withdraw.html", page)


def _askable(filing: Filing) -> list[Jurisdiction]:
    """The other communities that have not been asked yet, or whose answer has come."""
    if filing.state not in WAITING:
        return []
    waiting = set(filing.partner_requests.filter(answer="").values_list("jurisdiction_id", flat=True))
    return [row for row in parties_of(filing) if row.pk not in {filing.on_behalf_of_id, *waiting}]


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another community to confirm: one letter, one answer."""
    filing = filing_of(request, pk, "filing.ask-partner")
    communities = _askable(filing)
    if not communities:
        messages.info(request, _("Nobody is left to be asked now."))
        return redirect("filing", pk)
    form = AskForm(request.POST if request.method == "POST" else kept(request), parties=communities)
    if request.method == "POST" and form.is_valid():
        said, by = form.cleaned_data, actor(request)
        values = {"jurisdiction_id": said["jurisdiction"], "email": said["email"], "language": said["language"]}
        if accepted(form, lambda: partners.ask(filing_id=pk, by=by, **values)):
            messages.success(request, _("The letter is on its way. You will hear when the answer comes."))
            return redirect("filing", pk)
    page = {"filing": filing, "parties": parties_of(filing), "form": form}
    return render(request, "partnerships/filing/ask.html", page)


@personal
@require_safe
def document(request: HttpRequest, pk: int, document_id: int) -> HttpResponseBase:
    """A file of a filing, for those who may see the filing."""
    filing = filing_of(request, pk)
    return as_attachment(get_object_or_404(filing.documents, pk=document_id))


def as_attachment(found: Document) -> FileResponse:
    """Saved, never shown in the page's own origin, because others wrote it; never kept by anybody in between."""
    try:
        opened = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("This file cannot be read now.")) from error
    answer = FileResponse(opened, as_attachment=True, filename=found.original_name, content_type=found.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
