"""Files of an application."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.forms.fields import DocumentField
from programs.choices import AttachmentRole


class FileForm(forms.Form):
    file = DocumentField(label=gettext_lazy("File"))
    role = forms.ChoiceField(label=gettext_lazy("What is it?"))

    def __init__(self, data: Any = None, files: Any = None, *, roles: Sequence[str]) -> None:
        super().__init__(data, files, initial={"role": roles[0] if roles else ""})
        self.fields["role"].choices = [(role, AttachmentRole(role).label) for role in roles]  # type: ignore[attr-defined]
        most = settings.DOCUMENT_MAX_BYTES // 1024**2
        self.fields["file"].help_text = _("PDF, JPEG, PNG or TIFF, up to %(most)s MB.") % {"most": most}
