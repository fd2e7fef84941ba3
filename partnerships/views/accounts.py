"""The account pages of somebody who is signed in: what is mine, who I am, what is still active."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.forms.accounts import ProfileForm
from partnerships.forms.refusals import accepted
from partnerships.selectors import accounts as selector
from partnerships.selectors import status
from partnerships.services import accounts, affiliations
from partnerships.views.sessions import actor, kept, person, personal


@personal
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """``/account/``: my communities, what is under way, what is on record."""
    user, today = person(request), timezone.localdate()
    lines = selector.filings(user, today)
    page = {
        "communities": selector.communities(user, today),
        "open_filings": [(line, status.words(line.state)) for line in lines if line.state in status.OPEN],
        "closed_filings": [line for line in lines if line.state not in status.OPEN],
        "account_nav": "overview",
        "nav": "account",
    }
    return render(request, "partnerships/accounts/overview.html", page)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    user = person(request)
    typed = request.POST if request.method == "POST" else kept(request)
    form = ProfileForm(typed, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        by, said = actor(request), form.cleaned_data
        if accepted(form, lambda: accounts.change_profile(by=by, **said)):
            messages.success(request, _("Saved."))
            return redirect("account")
    return render(request, "partnerships/accounts/profile.html", {"form": form, "nav": "account"})


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """One click: yes, this affiliation is still active."""
    if request.method == "POST":
        affiliations.confirm(number=number, by=actor(request), on=timezone.localdate())
        messages.success(request, _("Thank you. %(number)s is confirmed as active today.") % {"number": number})
    return redirect("account")
