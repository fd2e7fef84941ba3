"""Membership, organisations and how to reach them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import RecordedAdmin, RecordedInline, actor
from partnerships.admin.deeds import Deed, DeedsAdmin
from partnerships.admin.places import PlaceForeignKeys, PlaceSearch
from partnerships.forms.staff import PaidThroughForm, TermForm
from partnerships.models import Contact, MembershipTerm, Organisation
from partnerships.services import members

ENTER = Deed(
    name="enter",
    verb="membership.change",
    label=_("Enter a term"),
    done=_("The term is on record; recognition follows from it at once."),
    form=TermForm,
    do=lambda record, by, on, typed: members.set_term(
        jurisdiction_id=typed["jurisdiction"].pk,
        from_date=typed["from_date"],
        paid_through=typed["paid_through"],
        membership_class=typed["membership_class"],
        by=by,
        on=on,
    ),
)
CHANGE = Deed(
    name="extend",
    verb="membership.change",
    label=_("Change the last day"),
    done=_("The term was changed; recognition follows from it at once."),
    form=PaidThroughForm,
    initial=lambda record: {"paid_through": record.paid_through, "membership_class": record.membership_class},
    do=lambda record, by, on, typed: members.set_term(
        jurisdiction_id=record.jurisdiction_id, from_date=record.from_date, by=by, on=on, **typed
    ),
)


@admin.register(MembershipTerm)
class MembershipTermAdmin(PlaceSearch, DeedsAdmin):
    deeds = (CHANGE,)
    new_deeds = (ENTER,)
    list_display = ("jurisdiction", "membership_class", "from_date", "paid_through")
    list_filter = ("membership_class",)
    list_select_related = ("jurisdiction",)
    date_hierarchy = "paid_through"


class ContactInline(RecordedInline):
    model = Contact
    fields = ("name", "office", "email", "phone", "public")


@admin.register(Organisation)
class OrganisationAdmin(PlaceForeignKeys, PlaceSearch, RecordedAdmin):
    inlines = (ContactInline,)
    fields = ("name", "kind", "jurisdiction", "website", "public")
    list_display = ("name", "kind", "jurisdiction", "public")
    list_filter = ("kind", "public")
    list_select_related = ("jurisdiction",)
    other_fields_searched = ("name", "contacts__name", "contacts__email")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        was_public = bool(form.initial.get("public"))
        members.tell_organisation(organisation=form.instance, by=actor(request), was_public=was_public)
