"""Notices: what is owed, how often it was tried, what the mail server said; sent again or cancelled by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnerships.admin.base import actor, may, with_each
from partnerships.admin.deeds import Deed, DeedsAdmin
from partnerships.choices import NoticeKind, NoticeState
from partnerships.models import Notice, Subscription
from partnerships.services import delivery, subscriptions

SEND_AGAIN = Deed(
    name="resend",
    verb="notice.resend",
    label=_("Send again"),
    done=_("The message is owed from now on and goes out with the next delivery."),
    help=_("A message that still waits is only hurried. One that was delivered is sent a second time."),
    do=lambda record, by, on, typed: delivery.resend(notice_id=record.pk, by=by),
)
CANCEL = Deed(
    name="cancel",
    verb="notice.resend",
    label=_("Do not send"),
    done=_("The message is cancelled."),
    do=lambda record, by, on, typed: delivery.cancel(notice_id=record.pk, by=by),
    fits=lambda record: record.state in (NoticeState.OWED, NoticeState.SENDING),
    dangerous=True,
)
_FOLLOWING = (NoticeKind.FOLLOW_ASKED, NoticeKind.FOLLOW_NEWS)


class TroubleFilter(admin.SimpleListFilter):
    title = _("trouble")
    parameter_name = "trouble"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Tried in vain"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "yes":
            return queryset
        return queryset.filter(state__in=(NoticeState.OWED, NoticeState.SENDING)).exclude(last_error="")


@admin.register(Notice)
class NoticeAdmin(DeedsAdmin):
    deeds = (SEND_AGAIN, CANCEL)
    actions = ("send_again",)
    list_display = ("kind", "email", "state", "attempts", "created_at", "next_attempt_at", "delivered_at", "last_error")
    list_filter = ("state", TroubleFilter, "kind")
    search_fields = ("email",)
    search_help_text = _("E-mail address of the recipient.")
    date_hierarchy = "created_at"
    fieldsets = (
        (None, {"fields": ("kind", "email", "language", "subject_type", "subject_id")}),
        (
            _("Delivery"),
            {"fields": ("state", "attempts", "created_at", "next_attempt_at", "delivered_at", "last_error")},
        ),
        (_("What it says"), {"fields": ("context",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        """Who follows what is for those alone who may see the followers themselves."""
        found = super().get_queryset(request)
        return found if request.user.has_perm("partnerships.view_subscription") else found.exclude(kind__in=_FOLLOWING)

    def has_resend_permission(self, request: HttpRequest) -> bool:
        return may(request, "notice.resend")

    @admin.action(description=_("Send again"), permissions=["resend"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Notice]) -> None:
        by = actor(request)
        with_each(
            request,
            queryset.order_by("pk"),
            lambda notice: delivery.resend(notice_id=notice.pk, by=by),
            lambda count: (
                ngettext("%(count)s message is sent again.", "%(count)s messages are sent again.", count)
                % {"count": count}
            ),
        )


ERASE = Deed(
    name="erase",
    verb="subscription.erase",
    label=_("Erase this address"),
    done=_("The address is erased, with everything that it followed."),
    help=_("For somebody who asks you to. They can do so themselves with the link in every letter."),
    do=lambda record, by, on, typed: subscriptions.erase(subscription_id=record.pk, by=by),
    dangerous=True,
)


@admin.register(Subscription)
class SubscriptionAdmin(DeedsAdmin):
    deeds = (ERASE,)
    list_display = ("email", "subject_type", "subject_id", "frequency", "language", "created_at", "confirmed_at")
    list_filter = ("subject_type", "frequency", ("confirmed_at", admin.EmptyFieldListFilter))
    search_fields = ("email", "subject_id")

    def after_deed(self, record: models.Model | None, made: object) -> str:
        """The list: what was erased has no page."""
        return super().after_deed(None, None)
