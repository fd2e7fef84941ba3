"""Documents: shown to staff beside the facts, and to the public only where staff let them be."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from PIL import Image, UnidentifiedImageError

from partnerships.admin.deeds import Deed, DeedsAdmin
from partnerships.models import Document
from partnerships.services import documents

#: A larger TIFF is offered as a file only: to unpack it would take the memory of other people's requests.
MOST_PIXELS_SHOWN = 60_000_000
_WIDTH_SHOWN = 1600

SHOW = Deed(
    name="show",
    verb="document.publish",
    label=gettext_lazy("Show to the public"),
    done=gettext_lazy("The public sees this document once the agreement is registered."),
    do=lambda record, by, on, typed: documents.publish(document_id=record.pk, by=by, public=True),
    fits=lambda record: not record.public,
)
HIDE = Deed(
    name="hide",
    verb="document.publish",
    label=gettext_lazy("Keep from the public"),
    done=gettext_lazy("The public no longer sees this document; its hash stays in the register."),
    do=lambda record, by, on, typed: documents.publish(document_id=record.pk, by=by, public=False),
    fits=lambda record: record.public,
)

_INSIDE_OUR_PAGES: Callable[..., Any] = csp_replace(
    {
        # The browser's own viewer of PDFs writes its style into the page that it makes of the file.
        "default-src": [NONE],
        "img-src": [SELF],
        "object-src": [SELF],
        "style-src": ["'unsafe-inline'"],
        "frame-ancestors": [SELF],
    }
)


@admin.register(Document)
class DocumentAdmin(DeedsAdmin):
    deeds = (SHOW, HIDE)
    list_display = ("original_name", "role", "language", "media_type", "filing", "public", "uploaded_at")
    list_filter = ("role", "public", "media_type")
    list_select_related = ("filing",)
    search_fields = ("original_name", "sha256", "filing__agreement__number")
    search_help_text = gettext_lazy("Name of the file, SHA-256, or number of the agreement.")
    date_hierarchy = "uploaded_at"
    fields = (
        "view_file",
        "role",
        "language",
        "public",
        "media_type",
        "size",
        "pages",
        "sha256",
        "review_page",
        "uploaded_by",
        "uploaded_at",
    )

    def get_urls(self) -> list[URLPattern]:
        def wrapped(view: Callable[..., Any]) -> Any:
            return _INSIDE_OUR_PAGES(xframe_options_sameorigin(self.admin_site.admin_view(view)))

        return [
            path("<int:pk>/file/", wrapped(self.file_view), name="partnerships_document_file"),
            path("<int:pk>/picture/", wrapped(self.picture_view), name="partnerships_document_picture"),
            *super().get_urls(),
        ]

    def _document(self, request: HttpRequest, pk: int) -> Document:
        document = self.get_object(request, str(pk))
        if document is None:
            raise Http404
        if not self.has_view_permission(request, document):
            raise PermissionDenied
        return document

    def file_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """The file as it was filed; its media type was told from its content when it came in."""
        document = self._document(request, pk)
        answer = FileResponse(
            document.file.open("rb"), filename=document.original_name, content_type=document.media_type
        )
        answer["Cache-Control"] = "private, no-store"
        return answer

    def picture_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The first page of a TIFF as a PNG, because hardly any browser shows TIFF."""
        document = self._document(request, pk)
        try:
            with document.file.open("rb") as file, Image.open(file, formats=["TIFF"]) as scan:
                if scan.width * scan.height > MOST_PIXELS_SHOWN:
                    return HttpResponse(
                        _("This scan is too large to show here. Download it."), content_type="text/plain"
                    )
                page = scan.convert("RGB")
        except (UnidentifiedImageError, OSError, ValueError) as error:
            raise Http404 from error
        page.thumbnail((_WIDTH_SHOWN, _WIDTH_SHOWN * 3))
        buffer = io.BytesIO()
        page.save(buffer, "PNG")
        answer = HttpResponse(buffer.getvalue(), content_type="image/png")
        answer["Cache-Control"] = "private, no-store"
        return answer

    @admin.display(description=gettext_lazy("file"))
    def view_file(self, row: Document) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:partnerships_document_file", args=[row.pk]), row.original_name
        )

    @admin.display(description=gettext_lazy("filing"))
    def review_page(self, row: Document) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:partnerships_filing_change", args=[row.filing_id]), row.filing
        )
