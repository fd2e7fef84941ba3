"""Rows that belong to a community: found by any of its names, and attached to it by look-up."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey, Q, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partnerships.forms.staff import PlaceField
from partnerships.models import Jurisdiction
from partnerships.selectors import duplicates


class PlaceSearch(admin.ModelAdmin):
    """``other_fields_searched`` are looked through for the text as it is."""

    search_fields = ("jurisdiction__folded",)
    search_help_text = _("Any name of the community, in any script.")
    other_fields_searched: tuple[str, ...] = ()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        text = search_term.strip()
        if not text:
            return queryset, False
        found = Q(jurisdiction__in=duplicates.places(text).order_by().values("pk"))
        for name in self.other_fields_searched:
            found |= Q(**{f"{name}__icontains": text})
        return queryset.filter(found), any("__" in name for name in self.other_fields_searched)


class PlaceForeignKeys(admin.ModelAdmin):
    """The community of a row is looked up, never chosen from a list of all."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        if db_field.related_model is Jurisdiction:
            return PlaceField(required=not db_field.blank)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
