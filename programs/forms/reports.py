"""What a community reports: figures with where they come from, and what it promised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.forms.fields import DocumentField, LineField, PartialDateField, StoryField
from partnerships.rules.dates import PartialDate
from programs.kinds import Measure

_PROVENANCE = ("on", "method", "source", "source_url")


class ReportForm(forms.Form):
    """A field for each measure; those that are left empty are not reported."""

    on = PartialDateField(label=gettext_lazy("As of"), past=True)
    source = LineField(
        label=gettext_lazy("Where the figures come from"),
        max_length=300,
        help_text=gettext_lazy("Such as: list of those who came, count at the door, report of the school."),
    )
    method = LineField(label=gettext_lazy("How they were found"), max_length=500, required=False)
    source_url = forms.URLField(
        label=gettext_lazy("Web page with the figures"), required=False, max_length=200, assume_scheme="https"
    )
    complete = forms.BooleanField(
        label=gettext_lazy("The report is complete: do not remind us any more"), required=False, initial=True
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, measures: Sequence[Measure], reported: bool) -> None:
        super().__init__(data, initial={"on": PartialDate.of(timezone.localdate())})
        self.measures = dict(enumerate(measures))
        for place, measure in self.measures.items():
            named = _(measure.name) + (f" ({_(measure.group)})" if measure.group else "")
            self.fields[f"value_{place}"] = forms.DecimalField(
                label=f"{named}, {_(measure.unit)}", required=False, min_value=0, max_digits=18, decimal_places=2
            )
            self.fields[f"approximate_{place}"] = forms.BooleanField(label=_("This is an estimate"), required=False)
        if reported:
            del self.fields["complete"]
        figures = [name for place in self.measures for name in (f"value_{place}", f"approximate_{place}")]
        self.order_fields([*figures, *self.base_fields])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not self.figures():
            self.add_error("value_0", _("Write at least one figure."))
        return said

    def figures(self) -> list[tuple[str, Measure, Decimal, bool]]:
        """What was filled in: the name of its field, the measure, the value, whether it is an estimate."""
        said = self.cleaned_data
        return [
            (f"value_{place}", measure, said[f"value_{place}"], said[f"approximate_{place}"])
            for place, measure in self.measures.items()
            if said.get(f"value_{place}") is not None
        ]

    def provenance(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in _PROVENANCE}


class DeliverForm(forms.Form):
    """What was done in words, as an address, as a file; the file is private until the programs office publishes it."""

    note = StoryField(
        label=gettext_lazy("What was done"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )
    url = forms.URLField(
        label=gettext_lazy("Where it can be seen"), required=False, max_length=200, assume_scheme="https"
    )
    file = DocumentField(label=gettext_lazy("File"), required=False)

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        most = settings.DOCUMENT_MAX_BYTES // 1024**2
        self.fields["file"].help_text = _(
            "PDF, JPEG, PNG or TIFF, up to %(most)s MB. It is seen by you and the programs office."
        ) % {"most": most}

    def said(self) -> dict[str, Any]:
        """As ``deliverables.deliver`` takes it."""
        said = self.cleaned_data
        return {"note": said["note"], "url": said["url"], "upload": said["file"]}
