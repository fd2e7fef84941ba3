"""How people come in: by an invitation, or by asking for access."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.exceptions import Missing
from partnerships.forms.accounts import AccessRequestForm, InvitationForm
from partnerships.forms.refusals import accepted
from partnerships.models import Invitation, User
from partnerships.selectors import lookup
from partnerships.services import links, members
from partnerships.views.errors import refusals

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@sensitive_post_parameters("password", "again")
@never_cache
@refusals
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link reads the mail of the invited address; an account that exists is signed in to first."""
    try:
        invited = members.read_invitation(token)
    except Missing:
        return _used(request, token)
    existing = User.objects.filter(email=invited.email).first()
    if existing is None:
        return _open_account(request, token, invited)
    if request.user == existing and request.method == "POST":
        _accept(token, name=existing.name, password="")  # nosec B106
        messages.success(request, _("The invitation is accepted."))
        return redirect("account")
    page = {"invited": invited, "existing": existing, "token": token}
    return render(request, "partnerships/accounts/invitation_known.html", page)


def _open_account(request: HttpRequest, token: str, invited: Invitation) -> HttpResponse:
    form = InvitationForm(request.POST or None, email=invited.email, initial={"name": invited.name})
    if request.method == "POST" and form.is_valid():
        user = _accept(token, name=form.cleaned_data["name"], password=form.cleaned_data["password"])
        record_authentication(request, user, method="password", email=user.email)
        login(request, user, backend=_BACKEND)
        messages.success(request, _("Welcome. Your account is open."))
        return redirect("account")
    page = {"invited": invited, "form": form, "token": token}
    return render(request, "partnerships/accounts/invitation.html", page)


@transaction.atomic
def _accept(token: str, *, name: str, password: str) -> User:
    """The invitation came by mail, so that the address is proved to allauth, too."""
    user = members.accept_invitation(token=token, name=name, password=password, on=timezone.localdate())
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def _used(request: HttpRequest, token: str) -> HttpResponse:
    """A second click by the one who accepted is no mistake; for all others the page says what to do."""
    own = Invitation.objects.filter(pk=links.read(links.INVITATION, token), accepted_by__isnull=False).first()
    if own is not None and request.user == own.accepted_by:
        return redirect("account")
    return render(request, "partnerships/accounts/invitation_closed.html", {"used": own is not None}, status=410)


@never_cache
@refusals
@require_http_methods(["GET", "HEAD", "POST"])
def request_access(request: HttpRequest) -> HttpResponse:
    """Ask to represent a community. The answer is the same for everybody, so that it tells nothing of anybody."""
    form = AccessRequestForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not ratelimit.consume(request, action="request_access"):
            return ratelimit.respond_429(request)
        if form.is_valid() and accepted(form, lambda: _request(request, form), proof_file="proof"):
            return redirect("access_requested")
    return render(request, "partnerships/accounts/request.html", {"form": form})


def _request(request: HttpRequest, form: AccessRequestForm) -> None:
    said = form.cleaned_data
    if not ratelimit.consume(request, action="request_access_for", key=said["email"].lower()):
        return
    members.request_access(**said, jurisdiction=lookup.only(said["community"]), language=get_language() or "")


@never_cache
@require_safe
def access_requested(request: HttpRequest) -> HttpResponse:
    return render(request, "partnerships/accounts/requested.html")
