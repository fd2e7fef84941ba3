"""People: accounts, who speaks for a community, invitations, requests for access."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import ManyToManyField
from django.http import FileResponse, Http404, HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import RecordedAdmin
from partnerships.admin.deeds import Deed, DeedsAdmin
from partnerships.admin.places import PlaceSearch
from partnerships.choices import NoticeKind, RequestState, Role
from partnerships.forms.staff import GrantForm, LastDayForm, RefusalForm, RepresentativeForm, StaffForm
from partnerships.models import AccessRequest, Invitation, Notice, Representation, User
from partnerships.services import delivery, members
from partnerships.services.access import Actor


@admin.register(User)
class UserAdmin(RecordedAdmin):
    """Accounts come from invitations; only the operator changes what they may do."""

    fields = ("email", "name", "language", "is_active", "is_staff", "groups", "date_joined", "last_login")
    readonly_fields = ("date_joined", "last_login")
    list_display = ("name_or_email", "email", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "groups")
    search_fields = ("email", "name")
    ordering = ("email",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Nobody locks themselves out."""
        own = ("is_active", "is_staff") if obj == request.user else ()
        return (*self.readonly_fields, *own)

    def formfield_for_manytomany(self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["queryset"] = Group.objects.filter(name__in=Role.values)
            kwargs["widget"] = forms.CheckboxSelectMultiple
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field is not None and db_field.name == "groups":
            field.label, field.help_text = _("Roles"), ""
        return field

    @admin.display(description=_("name"), ordering="name")
    def name_or_email(self, row: User) -> str:
        return row.get_full_name()


END = Deed(
    name="end",
    verb="representation.grant",
    label=_("End"),
    done=_("This person no longer files for the community after that day. What was filed stays."),
    form=LastDayForm,
    do=lambda record, by, on, typed: members.end_representation(
        representation_id=record.pk, by=by, last_day=typed["to_date"]
    ),
    fits=lambda record: record.to_date is None,
)


@admin.register(Representation)
class RepresentationAdmin(PlaceSearch, DeedsAdmin):
    deeds = (END,)
    list_display = ("user", "jurisdiction", "capacity", "from_date", "to_date", "granted_by")
    list_filter = ("capacity", ("to_date", admin.EmptyFieldListFilter))
    list_select_related = ("user", "jurisdiction", "granted_by")
    other_fields_searched = ("user__email", "user__name")


def _send_again(record: Invitation, by: Actor, on: date, typed: object) -> object:
    letter = Notice.objects.get(
        kind=NoticeKind.INVITATION, subject_type=Invitation._meta.model_name, subject_id=record.pk
    )
    return delivery.resend(notice_id=letter.pk, by=by)


INVITE = Deed(
    name="representative",
    verb="representation.grant",
    label=_("Invite a representative"),
    done=_("The invitation is on its way."),
    help=_("The person gets a letter with a link, opens an account, and may file for the community."),
    form=RepresentativeForm,
    do=lambda record, by, on, typed: members.invite_representative(by=by, **typed),
)
INVITE_STAFF = Deed(
    name="staff",
    verb="staff.invite",
    label=_("Invite a member of staff"),
    done=_("The invitation is on its way."),
    form=StaffForm,
    do=lambda record, by, on, typed: members.invite_staff(by=by, **typed),
)
SEND_AGAIN = Deed(
    name="resend",
    verb="notice.resend",
    label=_("Send the letter again"),
    done=_("The letter is on its way again, with the same link."),
    do=_send_again,
    fits=lambda record: record.is_open,
)


class OpenFilter(admin.SimpleListFilter):
    title = _("accepted")
    parameter_name = "accepted"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("Not yet")), ("yes", _("Yes"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(accepted_at__isnull=self.value() == "no") if self.value() else queryset


@admin.register(Invitation)
class InvitationAdmin(PlaceSearch, DeedsAdmin):
    deeds = (SEND_AGAIN,)
    new_deeds = (INVITE, INVITE_STAFF)
    list_display = ("email", "name", "jurisdiction", "capacity", "role", "created_at", "expires_at", "accepted_at")
    list_filter = (OpenFilter, "role")
    list_select_related = ("jurisdiction",)
    ordering = ("-id",)
    other_fields_searched = ("email", "name")


GRANT = Deed(
    name="grant",
    verb="representation.grant",
    label=_("Grant"),
    done=_("Granted: the person was sent an invitation."),
    help=_("Check first that this person acts for the community: by the proof, or by a call to its office."),
    form=GrantForm,
    initial=lambda record: {"jurisdiction": record.jurisdiction_id},
    do=lambda record, by, on, typed: members.grant_access(request_id=record.pk, by=by, **typed),
    fits=lambda record: record.state == RequestState.WAITING,
)
REFUSE = Deed(
    name="refuse",
    verb="representation.grant",
    label=_("Refuse"),
    done=_("Refused: the person was told why."),
    form=RefusalForm,
    do=lambda record, by, on, typed: members.refuse_access(request_id=record.pk, by=by, **typed),
    fits=lambda record: record.state == RequestState.WAITING,
    dangerous=True,
)


@admin.register(AccessRequest)
class AccessRequestAdmin(DeedsAdmin):
    deeds = (GRANT, REFUSE)
    list_display = ("name", "email", "community", "capacity", "state", "created_at", "decided_by")
    list_filter = ("state", "capacity")
    list_select_related = ("decided_by", "jurisdiction")
    search_fields = ("name", "email", "community")
    fieldsets = (
        (None, {"fields": ("name", "email", "community", "jurisdiction", "capacity", "statement", "proof")}),
        (_("Decision"), {"fields": ("state", "decided_by", "decided_at", "decision")}),
    )

    def get_urls(self) -> list[URLPattern]:
        proof = self.admin_site.admin_view(self.proof_view)
        return [path("<int:pk>/proof/", proof, name="partnerships_accessrequest_proof"), *super().get_urls()]

    def proof_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """What the person sent: never shown by the browser, because a stranger uploaded it and nobody checked it."""
        record = self.get_object(request, str(pk))
        if record is None or not record.proof_file or not self.has_view_permission(request, record):
            raise Http404
        name = str(record.proof_file).rsplit("/", 1)[-1]
        return FileResponse(
            record.proof_file.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream"
        )

    @admin.display(description=_("proof of capacity"))
    def proof(self, row: AccessRequest) -> str:
        if not row.proof_file:
            return "–"
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:partnerships_accessrequest_proof", args=[row.pk]),
            str(row.proof_file).rsplit("/", 1)[-1],
        )
