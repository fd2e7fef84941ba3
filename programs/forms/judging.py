"""The sheet of a juror: points for each criterion, and words for the panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.forms.fields import StoryField
from programs.models import Criterion
from programs.selectors.scores import Own


def field_of(criterion: int) -> str:
    return f"points_{criterion}"


class ScoreForm(forms.Form):
    comment = StoryField(
        label=gettext_lazy("Words for the panel"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Read by the programs office only, never by the applicants or other jurors."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, criteria: Sequence[Criterion], own: Own) -> None:
        initial: dict[str, Any] = {field_of(pk): points.normalize() for pk, points in own.points.items()}
        super().__init__(data, initial={**initial, "comment": own.comment})
        self.criteria = criteria
        for criterion in criteria:
            self.fields[field_of(criterion.pk)] = forms.DecimalField(
                label=criterion.name,
                min_value=Decimal(0),
                max_value=Decimal(criterion.most),
                max_digits=6,
                decimal_places=2,
                help_text=" ".join(filter(None, (criterion.help, _points(criterion)))),
            )
        self.order_fields([field_of(criterion.pk) for criterion in criteria])

    def points(self) -> dict[int, Decimal]:
        return {criterion.pk: self.cleaned_data[field_of(criterion.pk)] for criterion in self.criteria}


def _points(criterion: Criterion) -> str:
    words = _("0 to %(most)s points, counted with the weight %(weight)s.")
    return words % {"most": criterion.most, "weight": f"{criterion.weight.normalize():f}"}
