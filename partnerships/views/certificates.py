"""Certificates of agreements and affiliations, and the page that says what has become of one."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override

from partnerships.filters.fields import clipped
from partnerships.rules import certificates as rules
from partnerships.rules import numbers
from partnerships.selectors import certificates as selector
from partnerships.selectors import rows
from partnerships.selectors.certificates import Certificate, Subject, Verified
from partnerships.selectors.edition import edition
from partnerships.transfer import certificates
from partnerships.views.caching import Stamp, context, public_page
from partnerships.views.exports import absolute

_ONE_DAY = 24 * 60 * 60


@public_page
def agreement(request: HttpRequest, stamp: Stamp, number: str) -> HttpResponseBase:
    return _certificate(request, stamp, number, of_agreement=True)


@public_page
def affiliation(request: HttpRequest, stamp: Stamp, number: str) -> HttpResponseBase:
    return _certificate(request, stamp, number, of_agreement=False)


@public_page
def choose(request: HttpRequest, stamp: Stamp) -> HttpResponseBase:
    """Leads from the form to the page of the code that was typed in it."""
    text = request.GET.get("code", "").strip()
    known = rules.read(text, prefix=settings.REGISTRY_PREFIX)
    if known is not None:
        return redirect("verify", known.text)
    return _verdict(request, stamp, Verified(rules.UNKNOWN if text else "", ""), clipped(text))


@public_page
def verify(request: HttpRequest, stamp: Stamp, text: str) -> HttpResponseBase:
    known = rules.read(text, prefix=settings.REGISTRY_PREFIX)
    if known is not None and known.text != text:
        return redirect("verify", known.text, permanent=True)
    return _verdict(request, stamp, selector.verified(text, on=stamp.day), clipped(text))


def _verdict(request: HttpRequest, stamp: Stamp, found: Verified, given: str, status: int = 0) -> HttpResponse:
    values = context(stamp, nav="register", found=found, given=given, subject=found.subject)
    if found.subject is not None:
        values["recognised"] = [(one.row, rows.worded(one.answer)) for one in found.subject.recognised]
        name = "agreement" if _is_agreement(found.subject.number) else "affiliation"
        values["address"] = reverse(name, args=[found.subject.successor or found.subject.number])
    code = status or (404 if found.state == rules.UNKNOWN else 200)
    return render(request, "partnerships/public/verify.html", values, status=code)


def _certificate(request: HttpRequest, stamp: Stamp, number: str, *, of_agreement: bool) -> HttpResponseBase:
    known = numbers.parse(number)
    if known is None or known.is_agreement != of_agreement:
        raise Http404
    name = "agreement-certificate" if of_agreement else "affiliation-certificate"
    if number != str(known):
        return redirect(name, str(known), permanent=True)
    # Neither the query nor who asks has a say, so that one copy serves everybody.
    state = (stamp.hash, str(stamp.day), number, get_language() or "", edition())
    key = "certificate:" + hashlib.sha256("\n".join(state).encode()).hexdigest()
    made: bytes | None = cache.get(key)
    if made is None:
        found = selector.certificate(number, on=stamp.day)
        if found is None:
            raise Http404
        if isinstance(found, Subject):
            return redirect(name, found.successor) if found.successor else _none_of_it(request, stamp, found)
        made = _made(found)
        cache.set(key, made, _ONE_DAY)
    headers = {"Content-Disposition": f'inline; filename="{number}.pdf"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(made, content_type=certificates.MEDIA_TYPE, headers=headers)


def _made(found: Certificate) -> bytes:
    reader = get_language() or settings.LANGUAGE_CODE
    with override(settings.LANGUAGE_CODE):
        address = absolute(reverse("verify", args=[found.code]))
    return certificates.pdf(found, address=address, language=certificates.second_language(found, reader))


def _none_of_it(request: HttpRequest, stamp: Stamp, subject: Subject) -> HttpResponse:
    """What was annulled has no certificate any more: the page says since when and why."""
    return _verdict(request, stamp, Verified(rules.ANNULLED, "", subject), "", status=410)


def _is_agreement(number: str) -> bool:
    known = numbers.parse(number)
    return known is not None and known.is_agreement
