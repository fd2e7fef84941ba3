"""The list below a field while one types the name of a community."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partnerships.selectors import lookup
from partnerships.views.sessions import person


@never_cache
@require_safe
def communities(request: HttpRequest) -> HttpResponse:
    """``?q=`` in any script, ``&country=`` an ISO 3166-1 code; for people who are signed in."""
    if not request.user.is_authenticated:
        return JsonResponse({"results": [], "error": "signed-out"}, status=403)
    country = request.GET.get("country", "").upper()[:2]
    found = lookup.find(request.GET.get("q", ""), by=person(request), country=country)
    results = [{"id": row.value, "value": row.value, "label": row.label, "detail": row.detail} for row in found]
    return JsonResponse({"results": results})
