"""``/account/seeking/``: representatives publish, change, renew and end a search for a partner, and answer others'."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partnerships.forms.refusals import taken
from partnerships.forms.seeking import InterestForm, WishForm
from partnerships.models import Jurisdiction
from partnerships.selectors import accounts as account_selector
from partnerships.selectors import introductions as introduction_selector
from partnerships.selectors import seeking as selector
from partnerships.services import introductions, seeking
from partnerships.views.sessions import actor, kept, person, personal


def _own(request: HttpRequest, pk: int) -> Jurisdiction:
    """The community, of somebody who speaks for it."""
    rows = account_selector.representations(person(request), timezone.localdate()).filter(jurisdiction=pk)
    row = rows.first()
    if row is None:
        raise Http404
    return row.jurisdiction


def _initial(community: Jurisdiction) -> dict[str, Any]:
    """What the last wish said, and what is known of the community."""
    wish = getattr(community, "wish", None)
    said = {"countries": wish.countries, "industries": wish.industries, "text": wish.text} if wish else {}
    described = {name: getattr(community, name) for name in ("themes", "traits", "diaspora", "languages")}
    return {**said, **described}


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest, community: int) -> HttpResponse:
    own, today = _own(request, community), timezone.localdate()
    form = WishForm(request.POST if request.method == "POST" else kept(request), initial=_initial(own))
    if request.method == "POST" and form.is_valid():
        by, (said, months) = actor(request), form.said()
        publish = partial(seeking.publish, jurisdiction_id=own.pk, by=by, on=today)
        if taken(form, lambda: publish(said=said, months=months)):
            messages.success(request, _("Published: everybody sees it on the board."))
            return redirect("wish", own.pk)
    page = {
        "form": form,
        "community": own,
        "row": selector.find(own.pk, on=today),
        "introductions": introduction_selector.of(own.pk),
        "nav": "account",
    }
    return render(request, "partnerships/accounts/wish.html", page)


@personal
@require_POST
def renew(request: HttpRequest, community: int) -> HttpResponse:
    seeking.renew(jurisdiction_id=community, by=actor(request), on=timezone.localdate())
    messages.success(request, _("Renewed."))
    return redirect("wish", community)


@personal
@require_POST
def end(request: HttpRequest, community: int) -> HttpResponse:
    seeking.end(jurisdiction_id=_own(request, community).pk, by=actor(request), on=timezone.localdate())
    messages.success(request, _("Ended: it is no longer on the board."))
    return redirect("wish", community)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def interest(request: HttpRequest, seeker: int) -> HttpResponse:
    """A letter to the representatives of a community that looks for a partner."""
    today = timezone.localdate()
    row = selector.find(seeker, on=today)
    if row is None:
        raise Http404
    speaking = account_selector.representations(person(request), today).exclude(jurisdiction=seeker)
    communities = [(one.jurisdiction_id, one.jurisdiction.full_name) for one in speaking]
    form = InterestForm(request.POST if request.method == "POST" else kept(request), communities=communities)
    if request.method == "POST" and communities and form.is_valid():
        by, said = actor(request), form.cleaned_data
        send = partial(introductions.express, seeker_id=seeker, interested_id=said["community"], by=by, on=today)
        if taken(form, lambda: send(message=said["message"])):
            messages.success(request, _("Sent: their representatives can answer you now."))
            return redirect("wish", said["community"])
    page = {"form": form, "row": row, "communities": communities, "nav": "account"}
    return render(request, "partnerships/accounts/interest.html", page)
