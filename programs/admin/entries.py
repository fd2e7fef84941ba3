"""Works of a competition and the files of applications: chosen by the programs office, shown to those who may see."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import actor
from partnerships.admin.deeds import Deed, DeedsAdmin
from partnerships.exceptions import Missing, NotAllowed
from programs.choices import AttachmentRole
from programs.forms.staff import NoteForm, WhyNoteForm
from programs.models import Attachment, Entry
from programs.rules import entries as moves
from programs.services import attachments, entries


def _decision(move: str, label: Any, done: Any, do: Any, **more: Any) -> Deed:
    """A move of the table as a deed."""
    return Deed(
        name=move.replace("_", "-"),
        verb="entry.decide",
        label=label,
        done=done,
        form=WhyNoteForm if moves.MOVES[move].comment_required else NoteForm,
        do=lambda record, by, on, typed: do(entry_id=record.pk, by=by, comment=typed["comment"]),
        fits=lambda record: record.state in moves.MOVES[move].from_states,
        **more,
    )


@admin.register(Entry)
class EntryAdmin(DeedsAdmin):
    """Jurors and officers choose by the work; who made it is on the page of the people."""

    deeds = (
        _decision("forward", _("Forward"), _("Chosen in the local round."), entries.forward),
        _decision("shortlist", _("Name a finalist"), _("Among the finalists now."), entries.shortlist),
        _decision("not_selected", _("Not selected"), _("It goes no further."), entries.not_selected, dangerous=True),
        _decision("reconsider", _("Reconsider"), _("It stands as entered again."), entries.reconsider),
    )
    list_display = ("number", "category", "age_group", "participation", "state", "entered_at")
    list_filter = ("state", "cycle", "category__name", "age_group__name")
    list_select_related = ("category", "age_group", "participation__jurisdiction", "participation__cycle")
    search_fields = ("title",)
    ordering = ("category", "age_group", "pk")
    fields = ("cycle", "participation", "category", "age_group", "title", "statement", "url", "works", "state")
    readonly_fields = ("works",)

    @admin.display(description=_("work"), ordering="pk")
    def number(self, row: Entry) -> str:
        return f"#{row.pk}"

    @admin.display(description=_("files"))
    def works(self, row: Entry) -> str:
        found = row.attachments.exclude(role=AttachmentRole.CONSENT_FORM)
        rows = ((file_address(one), one.get_role_display(), one.media_type) for one in found)
        return format_html_join(", ", '<a href="{}">{} ({})</a>', rows) or "–"


SHOW = Deed(
    name="show",
    verb="attachment.publish",
    label=_("Show to the public"),
    done=_("The public gets a copy without hidden details once the application is public and consent allows it."),
    do=lambda record, by, on, typed: attachments.publish(attachment_id=record.pk, public=True, by=by),
    fits=lambda record: not record.public and record.role != AttachmentRole.CONSENT_FORM,
)
HIDE = Deed(
    name="hide",
    verb="attachment.publish",
    label=_("Keep from the public"),
    done=_("The public no longer sees this file."),
    do=lambda record, by, on, typed: attachments.publish(attachment_id=record.pk, public=False, by=by),
    fits=lambda record: record.public,
)


@admin.register(Attachment)
class AttachmentAdmin(DeedsAdmin):
    """The name that somebody's computer gave a file may be a child's: lists show what it is instead."""

    deeds = (SHOW, HIDE)
    list_display = ("number", "role", "participation", "entry", "media_type", "public", "uploaded_at")
    list_filter = ("role", "public", "participation__cycle")
    list_select_related = ("participation__jurisdiction", "participation__cycle", "entry__category")
    search_fields = ("sha256",)
    ordering = ("-pk",)
    fields = ("view_file", "role", "participation", "entry", "media_type", "size", "pages", "sha256", "public")
    readonly_fields = ("view_file",)

    def get_urls(self) -> list[URLPattern]:
        shown = self.admin_site.admin_view(self.file_view)
        return [path("<int:pk>/file/", shown, name="programs_attachment_file"), *super().get_urls()]

    def file_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """The file as it was handed in; that it was looked at is recorded."""
        try:
            attachment = attachments.look(attachment_id=pk, by=actor(request))
        except NotAllowed as refused:
            raise PermissionDenied from refused
        except Missing as missing:
            raise Http404 from missing
        answer = FileResponse(
            attachment.file.open("rb"), filename=attachment.original_name, content_type=attachment.media_type
        )
        answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox"
        return answer

    @admin.display(description=_("file"), ordering="pk")
    def number(self, row: Attachment) -> str:
        return f"#{row.pk}"

    @admin.display(description=_("content"))
    def view_file(self, row: Attachment) -> str:
        return format_html('<a href="{}">{}</a>', file_address(row), _("Open; that is recorded"))


def file_address(attachment: Attachment) -> str:
    return reverse("admin:programs_attachment_file", args=[attachment.pk])
