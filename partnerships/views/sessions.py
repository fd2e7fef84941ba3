"""Pages of people who are signed in: nobody else's, never stored, and nothing typed is lost when a session ends.

A form that arrives after the session has ended is kept in a new one; after signing in it stands as it was typed, to be
looked through and sent again. Nothing of it is saved before. Files cannot be kept. The same holds for a form from
before somebody signed in anew in another window, whose token is out of date.

Pages about people who may be children are marked ``forgets_typed``: what is typed there is kept nowhere but with what
it belongs to, and that is said plainly.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure
from django.views.decorators.cache import never_cache

from partnerships.models import User
from partnerships.services.access import Actor
from partnerships.views.errors import View, refusals

_KEPT = "typed"
#: Signs of one form that are kept for somebody who is not signed in: more than the longest form holds.
MOST_KEPT = 60_000


def personal(view: View) -> View:
    """A page for people with an account."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST" and _keep(request):
            messages.info(request, _("You were signed out in the meantime. Sign in again: what you typed is kept."))
        return redirect_to_login(request.get_full_path(), resolve_url("account_login"))

    answered.keeps_typed = True  # type: ignore[attr-defined]
    return never_cache(refusals(answered))


def forgets_typed(view: View) -> View:
    """A page whose forms hold what no session may keep: names and contacts of minors, their parents and guardians."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            _forget(request)
            return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
        return view(request, *args, **kwargs)

    answered.forgets_typed = True  # type: ignore[attr-defined]
    return never_cache(answered)


def _forget(request: HttpRequest) -> None:
    """Nothing of it is kept: the browser itself may still have the page as it was."""
    messages.warning(
        request,
        _(
            "Your session ended in the meantime. What you typed about people was not kept, to protect them: sign in "
            "and type it again. Your browser may still show it when you go back."
        ),
    )


def token_refused(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Django asks this where the token of a form is wrong. Our own pages with an old one get what was typed back.

    Only where the browser itself says that the form is one of ours: what other sites send is refused and forgotten.
    """
    page = request.resolver_match.func if request.resolver_match else None
    if getattr(page, "forgets_typed", False) and request.headers.get("Sec-Fetch-Site") == "same-origin":
        _forget(request)
        return redirect(request.get_full_path())
    if getattr(page, "keeps_typed", False) and request.headers.get("Sec-Fetch-Site") == "same-origin":
        _keep(request)
        return redirect(request.get_full_path())
    return csrf_failure(request, reason)


def person(request: HttpRequest) -> User:
    """Who is signed in; on pages for people with an account only."""
    if not isinstance(request.user, User):
        raise TypeError("This page is for people who are signed in.")
    return request.user


def actor(request: HttpRequest) -> Actor:
    return Actor.of(person(request))


def kept(request: HttpRequest) -> QueryDict | None:
    """What was typed into this page before the session ended; once, and said so."""
    found = request.session.get(_KEPT)
    if not found or found["path"] != request.path:
        return None
    del request.session[_KEPT]
    typed = QueryDict(mutable=True)
    for name, values in found["values"].items():
        typed.setlist(name, values)
    text = _("This is what you typed before your session ended. It is not saved yet: look it through and go on.")
    if found["files"]:
        text += " " + _("Choose the file again.")
    messages.warning(request, text)
    return typed


def _keep(request: HttpRequest) -> bool:
    """Whether it was short enough to be kept; if not, that is said."""
    values = {name: found for name, found in request.POST.lists() if name != "csrfmiddlewaretoken"}
    if sum(len(text) for found in values.values() for text in found) > MOST_KEPT:
        messages.error(request, _("Your session ended in the meantime, and what you sent was too long to be kept."))
        return False
    request.session[_KEPT] = {"path": request.path, "values": values, "files": bool(request.FILES)}
    return True
