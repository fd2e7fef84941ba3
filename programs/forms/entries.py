"""Works of students, one form a work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.forms.fields import DocumentField, LineField, StoryField
from programs.models import Category, Entry, Person


class EntryForm(forms.Form):
    person_id = forms.TypedChoiceField(label=gettext_lazy("Student"), coerce=int, empty_value=None)
    category = forms.ChoiceField(label=gettext_lazy("Category"))
    title = LineField(
        label=gettext_lazy("Title of the work"), letters=True, help_text=gettext_lazy("Leave the student's name out.")
    )
    statement = StoryField(label=gettext_lazy("What the student says of it"), required=False, max_length=3000)
    url = forms.URLField(
        label=gettext_lazy("Where it can be seen"), required=False, max_length=200, assume_scheme="https"
    )
    file = DocumentField(label=gettext_lazy("The work as a file"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        students: Sequence[Person],
        categories: Sequence[Category],
        entry: Entry | None,
    ) -> None:
        super().__init__(data, files, initial=_initial(entry) if entry else None)
        named = [(one.pk, f"{one.given_name} {one.family_name}".strip()) for one in students]
        self.fields["person_id"].choices = [("", _("Choose a student")), *named]  # type: ignore[attr-defined]
        known = [(one.code, one.name) for one in categories]
        self.fields["category"].choices = [("", _("Choose a category")), *known]  # type: ignore[attr-defined]
        most = settings.DOCUMENT_MAX_BYTES // 1024**2
        self.fields["file"].help_text = _("PDF, JPEG, PNG or TIFF, up to %(most)s MB.") % {"most": most}

    def values(self) -> dict[str, Any]:
        """As ``entries.save`` takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "file"}


def _initial(entry: Entry) -> dict[str, Any]:
    names = ("person_id", "title", "statement", "url")
    return {**{name: getattr(entry, name) for name in names}, "category": entry.category.code}
