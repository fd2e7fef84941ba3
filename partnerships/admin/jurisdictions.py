"""Communities: found by any name, corrected in the open."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import model_to_dict
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from partnerships.admin import merging
from partnerships.admin.base import LookInline
from partnerships.admin.deeds import Deed, DeedsAdmin
from partnerships.forms.staff import CorrectionForm, NameForm
from partnerships.models import Jurisdiction, JurisdictionName
from partnerships.selectors import duplicates, lookup
from partnerships.services import jurisdictions
from partnerships.services.access import Actor


def _correct(record: Jurisdiction, by: Actor, on: date, typed: dict[str, Any]) -> Jurisdiction:
    values = {name: value for name, value in typed.items() if name != "reason"}
    return jurisdictions.correct(jurisdiction_id=record.pk, by=by, values=values, reason=typed["reason"])


CORRECT = Deed(
    name="correct",
    verb="jurisdiction.correct",
    label=_("Correct"),
    done=_("The community was corrected."),
    help=_("Of a community on record the register tells what was, what is, and why."),
    form=CorrectionForm,
    initial=lambda record: model_to_dict(record, CorrectionForm.base_fields),
    do=_correct,
    fits=lambda record: record.successor_id is None,
)
ADD_NAME = Deed(
    name="name",
    verb="jurisdiction.correct",
    label=_("Add a name"),
    done=_("The name was added; the community is found by it from now on."),
    form=NameForm,
    do=lambda record, by, on, typed: jurisdictions.add_name(jurisdiction_id=record.pk, by=by, **typed),
    fits=lambda record: record.successor_id is None,
)


#: Communities on record that the gazetteer does not offer again.
_MOST_LEFT_OUT = 100
_ON_RECORD = ("provisional", "fictional", "open_count", "parent", "successor", "merge", "created_at")


class CountryOnRecord(admin.SimpleListFilter):
    """Only countries of which there is something; all the world would be a wall of links."""

    title = _("country")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        codes = Jurisdiction.objects.order_by("country").values_list("country", flat=True).distinct()
        return sorted(((str(code), countries.name(str(code))) for code in codes), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        code = self.value() or ""
        return queryset.filter(country=code) if countries.name(code) else queryset


class NameInline(LookInline):
    model = JurisdictionName
    fields = ("name", "language", "kind")


class Places(AutocompleteJsonView):
    """The look-up of a community for staff, by any of its names; answers with name and place."""

    def process_request(self, request: HttpRequest) -> tuple[Any, ...]:
        self.model_admin = admin.site.get_model_admin(Jurisdiction)
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        return request.GET.get("term", ""), self.model_admin, None, "pk"

    def get_queryset(self) -> QuerySet[Jurisdiction]:
        return duplicates.places(self.term)

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        note = f" – {_('provisional')}" if obj.provisional else ""
        own = f" ({obj.native_name})" if obj.native_name and obj.native_name != obj.name else ""
        return {"id": str(obj.pk), "text": f"{obj.full_name}{own}{note}"}


class AnyPlaces(Places):
    """After the communities on record, places of the gazetteer; choosing one of them proposes it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        answer = super().get(request, *args, **kwargs)
        said = json.loads(answer.content)
        if not said["pagination"]["more"]:
            leave = list(self.get_queryset()[:_MOST_LEFT_OUT]) if self.term.strip() else []
            said["results"] += [_offered(choice) for choice in lookup.places(self.term, leave=leave)]
        return JsonResponse(said)


def _offered(choice: lookup.Choice) -> dict[str, str]:
    note = "" if choice.on_record else f" – {_('not on record yet')}"
    return {"id": choice.value, "text": f"{choice.label} – {choice.detail}{note}"}


@admin.register(Jurisdiction)
class JurisdictionAdmin(DeedsAdmin):
    deeds = (CORRECT, ADD_NAME)
    inlines = (NameInline,)
    list_display = ("name", "native_name", "kind", "country", "subdivision_name", "open_count", "provisional")
    list_filter = ("provisional", "kind", "fictional", CountryOnRecord)
    list_select_related = ("parent",)
    search_fields = ("folded",)
    search_help_text = _("Any name in any script; accents do not matter.")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    "native_name",
                    "kind",
                    "local_term",
                    "country",
                    "subdivision",
                    "subdivision_name",
                )
            },
        ),
        (
            _("On record"),
            {"fields": _ON_RECORD},
        ),
        (
            _("Where and how many"),
            {
                "fields": (
                    "latitude",
                    "longitude",
                    "population",
                    "population_year",
                    "population_source",
                    "geonames_id",
                    "wikidata_id",
                    "website",
                )
            },
        ),
    )

    @admin.display(description=_("merge"))
    def merge(self, row: Jurisdiction) -> str:
        if row.successor_id is not None or row.provisional:
            return "–"
        address = f"{reverse('admin:partnerships_jurisdiction_merge')}?gone={row.pk}"
        return format_html('<a href="{}">{}</a>', address, _("Merge into another community"))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return (queryset.filter(duplicates.named(search_term)) if search_term.strip() else queryset), False

    def get_urls(self) -> list[URLPattern]:
        look_up = self.admin_site.admin_view(Places.as_view(admin_site=self.admin_site))
        any_place = self.admin_site.admin_view(AnyPlaces.as_view(admin_site=self.admin_site))
        merge = self.admin_site.admin_view(partial(merging.page, self))
        return [
            path("places/", look_up, name="partnerships_jurisdiction_places"),
            path("places/any/", any_place, name="partnerships_jurisdiction_any_place"),
            path("merge/", merge, name="partnerships_jurisdiction_merge"),
            *super().get_urls(),
        ]
