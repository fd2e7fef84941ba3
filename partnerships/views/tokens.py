"""``/account/tokens/``: what programs show instead of a password."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partnerships.choices import TokenScope
from partnerships.exceptions import Invalid
from partnerships.forms.refusals import place
from partnerships.forms.tokens import TokenForm
from partnerships.selectors import tokens as selector
from partnerships.services import tokens
from partnerships.views.sessions import actor, kept, person, personal


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """The tokens of whoever is signed in, and a form for a new one. Its text is on the answer to the form and nowhere
    else: sending the form again is refused, because the name is taken."""
    user, now = person(request), timezone.now()
    typed = request.POST if request.method == "POST" else kept(request)
    scopes = tokens.scopes_of(user)
    form, made, text = TokenForm(typed, scopes=scopes), None, ""
    if request.method == "POST" and form.is_valid():
        try:
            made, text = tokens.create(by=actor(request), now=now, **form.cleaned_data)
            form = TokenForm(scopes=scopes)
        except Invalid as invalid:
            place(form, invalid.errors)
    page = {
        "form": form,
        "made": made,
        "text": text,
        "tokens": selector.of(user, now),
        "needs_second_factor": user.is_staff and TokenScope.STAFF not in scopes,
        "account_nav": "tokens",
        "nav": "account",
    }
    return render(request, "partnerships/accounts/tokens.html", page)


@personal
@require_POST
def revoke(request: HttpRequest, token: int) -> HttpResponse:
    gone = tokens.revoke(token_id=token, by=actor(request), now=timezone.now())
    messages.success(request, _("%(name)s is revoked: nobody can use it any more.") % {"name": gone.name})
    return redirect("tokens")
