"""``/follow/``: by mail, without an account. No page here knows a session or sets a cookie.

None asks for the token against forged requests either: that protects people who are signed in, and here nobody is.
Whoever may confirm, change or end something is whoever holds the signed link of a letter. A link alone changes nothing
when it is opened, because mail scanners open links; mail programs end letters with a POST of their own (RFC 8058).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.exceptions import Missing
from partnerships.forms.refusals import accepted
from partnerships.forms.subscriptions import FollowForm, LettersForm
from partnerships.models import Subscription
from partnerships.services import links, subscriptions
from partnerships.views.errors import refusals

View = Callable[..., HttpResponseBase]


def _by_mail(view: View) -> View:
    """What the pages have in common."""
    answered = refusals(require_http_methods(["GET", "HEAD", "POST"])(view))
    return csrf_exempt(never_cache(sensitive_post_parameters()(answered)))


@_by_mail
def follow(request: HttpRequest, subject_type: str, subject_id: str) -> HttpResponse:
    """Ask to follow: the answer is the same for every address, so that it tells nothing of any."""
    subject = subscriptions.followed(subject_type, subject_id)
    form = FollowForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not ratelimit.consume(request, action="follow"):
            return ratelimit.respond_429(request)
        if form.is_valid() and accepted(form, lambda: _ask(request, form, subject_type, subject_id)):
            return redirect("follow-sent")
    return _page(request, "follow", subject=subject, form=form)


def _ask(request: HttpRequest, form: FollowForm, subject_type: str, subject_id: str) -> None:
    said = form.cleaned_data
    if not ratelimit.consume(request, action="follow_for", key=said["email"].lower()):
        return
    subscriptions.ask(subject_type=subject_type, subject_id=subject_id, now=timezone.now(), **said)


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return _page(request, "sent", days=subscriptions.DAYS_TO_CONFIRM)


@_by_mail
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    try:
        row = subscriptions.asked(token, now=timezone.now())
        if request.method == "POST":
            subscriptions.confirm(token=token, now=timezone.now())
            return redirect("follow-letters", links.sign(links.FOLLOW, row.pk))
    except Missing:
        return _page(request, "expired", status=410)
    return _page(request, "confirm", subject=subscriptions.subject_of(row))


@_by_mail
def letters(request: HttpRequest, token: str) -> HttpResponse:
    """How often and in which language, and the way out."""
    row = subscriptions.read(token)
    if row is None:
        return _page(request, "expired", status=410)
    form = LettersForm(request.POST if request.method == "POST" else None, initial=_now(row))
    if request.method == "POST" and form.is_valid():
        if accepted(form, lambda: subscriptions.change(token=token, **form.cleaned_data)):
            return redirect("follow-letters", token)
    return _page(request, "letters", subject=subscriptions.subject_of(row), form=form, token=token)


@_by_mail
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """One click in a mail program, or one on the page that the letter leads to; twice is no mistake."""
    if request.method == "POST":
        subscriptions.stop(token=token, everything=request.POST.get("all") == "1")
        return _page(request, "stopped")
    row = subscriptions.read(token)
    return _page(request, "stop" if row else "stopped", subject=row and subscriptions.subject_of(row), token=token)


def _now(row: Subscription) -> dict[str, str]:
    return {"frequency": row.frequency, "language": row.language}


def _page(request: HttpRequest, name: str, status: int = 200, **values: Any) -> HttpResponse:
    return render(request, f"partnerships/follow/{name}.html", values, status=status)
