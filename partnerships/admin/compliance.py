"""The compliance lens: laws that restrict partner countries, what each touches on a day, and drafts of letters."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django_countries import countries

from partnerships.admin.base import RecordedAdmin, actor, may, what_changed
from partnerships.forms.compliance import ComplianceRuleForm, LensForm
from partnerships.models import ComplianceLetter, ComplianceRule
from partnerships.selectors import compliance as selector
from partnerships.services import compliance


@admin.register(ComplianceRule)
class ComplianceRuleAdmin(RecordedAdmin):
    form: type[forms.ModelForm[Any]] = ComplianceRuleForm
    change_list_template = "admin/partnerships/compliance_list.html"
    fields = ("subdivision", "countries", "from_date", "to_date", "citation", "summary")
    list_display = ("subdivision", "country_names", "from_date", "to_date", "citation")
    search_fields = ("subdivision", "citation", "summary")

    @admin.display(description=_("countries"))
    def country_names(self, row: ComplianceRule) -> str:
        return ", ".join(countries.name(code) or code for code in row.countries)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        compliance.save(obj, by=actor(request), on=timezone.localdate(), changed=what_changed(form))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("lens/", view(self.lens), name="partnerships_compliancerule_lens"),
            path("<int:pk>/letters/", view(partial(_draft, self)), name="partnerships_compliancerule_letters"),
            *super().get_urls(),
        ]

    def lens(self, request: HttpRequest) -> HttpResponse:
        """Which affiliations each rule touches on a day, and what is different from another day."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = LensForm(request.GET or None)
        asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
        day: date = asked.get("on") or timezone.localdate()
        other: date | None = asked.get("against")
        views = [
            {"view": view, "changes": selector.changes(view.rule, on=day, against=other) if other else None}
            for view in selector.lens(on=day)
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _now("Compliance lens"),
            "form": form if form.is_bound else LensForm(initial={"on": day}),
            "day": day,
            "other": other,
            "rules": views,
            "may_draft": may(request, "compliance.draft"),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/partnerships/compliance_lens.html", context)


@require_POST
def _draft_post(request: HttpRequest, pk: int) -> HttpResponse:
    made = compliance.draft_letters(rule_id=pk, by=actor(request), on=timezone.localdate())
    said = ngettext("%(count)s draft was written.", "%(count)s drafts were written.", len(made))
    messages.success(request, said % {"count": len(made)})
    address = reverse("admin:partnerships_complianceletter_changelist")
    return HttpResponseRedirect(f"{address}?rule__id__exact={pk}")


def _draft(door: ComplianceRuleAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    if not may(request, "compliance.draft"):
        raise PermissionDenied
    if door.get_object(request, str(pk)) is None:
        raise Http404
    return _draft_post(request, pk)


@admin.register(ComplianceLetter)
class ComplianceLetterAdmin(RecordedAdmin):
    """Drafts: edited here, taken as text, sent by staff themselves or not at all."""

    fields = ("rule", "affiliation", "text", "drafted_on", "drafted_by", "download")
    readonly_fields = ("rule", "affiliation", "drafted_on", "drafted_by", "download")
    list_display = ("affiliation", "rule", "drafted_on", "drafted_by", "download")
    list_filter = ("rule",)
    list_select_related = ("rule", "affiliation")
    search_fields = ("affiliation__number", "text")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        text = self.admin_site.admin_view(self.text)
        return [path("<int:pk>/text/", text, name="partnerships_complianceletter_text"), *super().get_urls()]

    def text(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        letter = ComplianceLetter.objects.select_related("affiliation").filter(pk=pk).first()
        if letter is None:
            raise Http404
        name = f'attachment; filename="letter-{letter.affiliation.number}.txt"'
        return HttpResponse(
            letter.text, content_type="text/plain; charset=utf-8", headers={"Content-Disposition": name}
        )

    @admin.display(description=_("as text"))
    def download(self, row: ComplianceLetter) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:partnerships_complianceletter_text", args=[row.pk]), _now("Download")
        )
