"""``/partner/<token>/``: what the other community is asked, without an account, once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.exceptions import WrongState
from partnerships.forms.partners import AnswerForm
from partnerships.forms.refusals import accepted
from partnerships.services import partners
from partnerships.views.errors import refusals
from partnerships.views.filings import as_attachment, parties_of


@never_cache
@refusals
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    asked = partners.read(token)
    filing = asked.filing
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and not asked.answer and filing.state in partners.OPEN_TO_ANSWERS and form.is_valid():
        try:
            if accepted(form, lambda: partners.answer(token=token, **form.cleaned_data)):
                return redirect("partner", token)
        except WrongState:  # somebody else in the office was first: the page shows what they said
            return redirect("partner", token)
    page = {
        "asked": asked,
        "filing": filing,
        "open": filing.state in partners.OPEN_TO_ANSWERS,
        "parties": parties_of(filing),
        "signatories": filing.signatories.select_related("jurisdiction"),
        "documents": filing.documents.filter(public=True),
        "form": form,
        "token": token,
    }
    return render(request, "partnerships/partners/answer.html", page)


@never_cache
@refusals
@require_safe
def document(request: HttpRequest, token: str, document_id: int) -> HttpResponseBase:
    """A file that the filing will show to everybody, for those who are asked about it."""
    asked = partners.read(token)
    open_ones = (
        asked.filing.documents.filter(public=True)
        if asked.filing.state in partners.OPEN_TO_ANSWERS
        else asked.filing.documents.none()
    )
    return as_attachment(get_object_or_404(open_ones, pk=document_id))
