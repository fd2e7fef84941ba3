"""The page on which staff look at two communities side by side and merge the one into the other."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.admin.base import actor, may, show_refusal
from partnerships.exceptions import RegistryError
from partnerships.forms.merges import MergeForm, PairForm
from partnerships.models import Jurisdiction, Merge
from partnerships.selectors import merges as selector
from partnerships.services import merges

_VERB = "jurisdiction.merge"


def page(door: admin.ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """First which two (``?gone=…&kept=…``), then both side by side with what would happen, then done."""
    if not may(request, _VERB):
        raise PermissionDenied
    known = {name: key for name in ("gone", "kept") if (key := request.GET.get(name, "")).isdecimal()}
    pair = PairForm(request.GET) if len(known) == 2 else PairForm(initial=known)
    if not pair.is_valid():
        return _shown(door, request, pair=pair, title=_("Merge two communities"))
    gone, kept = pair.cleaned_data["gone"], pair.cleaned_data["kept"]
    form = MergeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _merge(request, gone, kept, form.cleaned_data["reason"])
        except RegistryError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Merged. The old address leads to the new one; it can be undone here."))
            return HttpResponseRedirect(reverse("admin:partnerships_merge_change", args=[made.pk]))
    title = _("Merge %(gone)s into %(kept)s") % {"gone": gone.full_name, "kept": kept.full_name}
    return _shown(door, request, pair=None, form=form, preview=selector.preview(gone, kept), title=title)


def _merge(request: HttpRequest, gone: Jurisdiction, kept: Jurisdiction, reason: str) -> Merge:
    return merges.merge(gone_id=gone.pk, kept_id=kept.pk, by=actor(request), on=timezone.localdate(), reason=reason)


def _shown(door: admin.ModelAdmin[Any], request: HttpRequest, **values: Any) -> HttpResponse:
    shown = [form for form in (values.get("pair"), values.get("form")) if form is not None]
    media = door.media
    for form in shown:
        media = media + form.media
    context = {**door.admin_site.each_context(request), "opts": door.opts, "media": media, **values}
    return TemplateResponse(request, "admin/partnerships/merge.html", context)
