"""``/still-active/<token>/``: the yearly question, without an account. To open it changes nothing: mail scanners do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partnerships.exceptions import WrongState
from partnerships.forms.confirmations import CONTACT, StillActiveForm
from partnerships.forms.refusals import accepted
from partnerships.models import Confirmation
from partnerships.selectors import confirmations as selector
from partnerships.services import confirmations
from partnerships.views.errors import refusals


@never_cache
@refusals
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    asked, today = confirmations.read(token), timezone.localdate()
    closed = confirmations.closed(asked, today)
    form = None if closed else _form(request, asked)
    if form is not None and request.method == "POST" and form.is_valid():
        said = _said(form, request.POST.get("answer", ""))
        try:
            if accepted(
                form,
                lambda: confirmations.answer(token=token, on=today, **said),
                text="milestone",
                on="happened",
            ):
                return redirect("still_active", token)
        except WrongState:  # somebody else pressed the button of the same letter first: the page says so
            return redirect("still_active", token)
    page = {"asked": asked, "affiliation": asked.affiliation, "closed": closed, "form": form}
    return render(request, "partnerships/partners/still_active.html", page)


def _form(request: HttpRequest, asked: Confirmation) -> StillActiveForm:
    known = selector.contact_of(asked)
    initial = {field: getattr(known, field) for field in CONTACT} if known else {}
    return StillActiveForm(request.POST if request.method == "POST" else None, initial=initial)


def _said(form: StillActiveForm, answer: str) -> dict[str, Any]:
    """The contact is left out where nothing of it was changed."""
    typed = form.cleaned_data
    changed = set(form.changed_data) & set(CONTACT)
    return {
        "answer": answer,
        "happened": typed["happened"],
        "milestone": typed["milestone"],
        "contact": confirmations.Reached(**{field: typed[field] for field in CONTACT}) if changed else None,
        "request": typed["request"],
    }
