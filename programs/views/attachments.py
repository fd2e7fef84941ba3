"""Files of an application: the step that attaches them, and their download for those who may see it."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from partnerships.views.sessions import actor, personal
from programs.choices import EDITABLE_STATES
from programs.forms.attachments import FileForm
from programs.kinds import Kind
from programs.models import Attachment, Participation
from programs.services import attachments
from programs.views.applications import application_of
from programs.views.lists import ListStep
from programs.views.steps import Draft


class FilesStep(ListStep):
    """One file at a time. "Continue" attaches what was chosen, too."""

    name = "files"
    states = (*EDITABLE_STATES, *attachments.LATER_STATES)
    saved = gettext_lazy("The file was attached.")
    removed = gettext_lazy("The file was removed.")

    def offered(self, participation: Participation, kind: Kind) -> bool:
        return bool(attachments.roles(participation))

    def items(self, draft: Draft) -> list[Attachment]:
        return list(draft.participation.attachments.select_related("entry"))

    def row_form(self, draft: Draft, typed: QueryDict | None, item: Any | None) -> FileForm:
        files = self.request.FILES if typed is not None and self.request.method == "POST" else None
        return FileForm(typed, files, roles=attachments.roles(draft.participation))

    def save_row(self, draft: Draft, form: FileForm, item: Any | None) -> None:
        said = form.cleaned_data
        attachments.attach(participation_id=draft.pk, upload=said["file"], role=said["role"], by=actor(self.request))

    def remove(self, draft: Draft, pk: int) -> None:
        """Only of this application; one that is gone already stays gone."""
        if draft.participation.attachments.filter(pk=pk).exists():
            attachments.remove(attachment_id=pk, by=actor(self.request))


@personal
@require_safe
def download(request: HttpRequest, application: int, attachment: int) -> HttpResponseBase:
    """A file of an application, for those who may see it; a look by staff is recorded."""
    participation = application_of(request, application)
    get_object_or_404(participation.attachments, pk=attachment)
    return as_attachment(attachments.look(attachment_id=attachment, by=actor(request)))


def as_attachment(found: Attachment) -> FileResponse:
    """Saved, never shown in the page's own origin, because others wrote it; never kept by anybody in between."""
    try:
        opened = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("This file cannot be read now.")) from error
    answer = FileResponse(opened, as_attachment=True, filename=found.original_name, content_type=found.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
