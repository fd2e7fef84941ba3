"""What staff are asked for when they set up programs and decide applications: one small form a deed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.fields import LineField, PartialDateField, StoryField
from partnerships.forms.staff import PlaceField, ReasonField
from programs.choices import BackerRole, BandMeasure, QuotaPer
from programs.forms.rows import RowsForm
from programs.kinds import all_kinds
from programs.models import Cycle, Program

_TEXT = forms.Textarea(attrs={"rows": 6, "cols": 80})


def _kinds() -> list[tuple[str, Any]]:
    return sorted(((code, _(kind.name)) for code, kind in all_kinds().items()), key=lambda pair: str(pair[1]))


class ProgramForm(forms.Form):
    """The facts of a program."""

    name = LineField(label=_("Name"), max_length=120, letters=True)
    slug = forms.SlugField(
        label=_("Name in addresses"),
        max_length=40,
        help_text=_("Small letters, digits and hyphens, such as sister-schools. It stays once the program is public."),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=_kinds, help_text=_("What applications consist of and how they are decided.")
    )
    summary = LineField(label=_("What it is, in one sentence"), max_length=300)
    description = StoryField(label=_("Description"), required=False, max_length=10_000, widget=_TEXT)
    since = PartialDateField(label=_("Since"), required=False)
    ended = PartialDateField(label=_("Ended"), required=False)
    website = forms.URLField(label=_("Web site"), required=False, assume_scheme="https")


class NewCycleForm(forms.Form):
    """Where a cycle begins; its rules follow on its own page."""

    program = forms.ModelChoiceField(label=_("Program"), queryset=Program.objects.order_by("name"))
    name = LineField(label=_("Name"), max_length=120, help_text=_("Such as “Showcase 2027”."))
    slug = forms.SlugField(
        label=_("Name in addresses"), max_length=24, help_text=_("Small letters, digits and hyphens, such as 2027.")
    )


class CategoryRow(forms.Form):
    name = LineField(label=_("Name"), max_length=120)
    code = forms.SlugField(
        label=_("Code"), max_length=30, required=False, help_text=_("Left empty, it is made of the name.")
    )


class CategoriesForm(RowsForm):
    row = CategoryRow
    label = _("Category")


class BandRowForm(forms.Form):
    name = LineField(label=_("Name"), max_length=80)
    measure = forms.ChoiceField(label=_("Of"), choices=BandMeasure)
    low = forms.IntegerField(label=_("From"), min_value=0, max_value=10**12)
    high = forms.IntegerField(
        label=_("Up to, not included"), min_value=1, max_value=10**12, required=False, help_text=_("Empty: no end.")
    )


class BandsForm(RowsForm):
    row = BandRowForm
    label = _("Band")


class QuotaRowForm(forms.Form):
    most = forms.IntegerField(label=_("At most"), min_value=1, max_value=10**6)
    per = forms.MultipleChoiceField(
        label=_("Entries for each"), choices=QuotaPer, required=False, widget=forms.CheckboxSelectMultiple
    )


class QuotasForm(RowsForm):
    row = QuotaRowForm
    label = _("Quota")


class CriterionRowForm(forms.Form):
    name = LineField(label=_("Criterion"), max_length=120)
    help = LineField(label=_("What to look at"), max_length=500, required=False)
    weight = forms.DecimalField(label=_("Weight"), min_value=0.001, max_digits=6, decimal_places=3, initial=1)
    most = forms.IntegerField(label=_("Most points"), min_value=1, max_value=1000, initial=10)


class CriteriaForm(RowsForm):
    row = CriterionRowForm
    label = _("Criterion")


class BackerRowForm(forms.Form):
    name = LineField(label=_("Organisation"))
    role = forms.ChoiceField(label=_("Role"), choices=BackerRole)
    website = forms.URLField(label=_("Web site"), required=False, assume_scheme="https")
    category = LineField(
        label=_("Code of the category"), required=False, max_length=30, help_text=_("Where one category is sponsored.")
    )


class BackersForm(RowsForm):
    row = BackerRowForm
    label = _("Organisation")


class OutcomeForm(forms.Form):
    outcome = StoryField(label=_("Outcome, in words"), required=False, max_length=10_000, widget=_TEXT)


class WordsForm(forms.Form):
    """A decision in favour; words are welcome and not needed."""

    comment = forms.CharField(
        label=_("Words to the applicants"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
    )


class WhyForm(forms.Form):
    """A decision that has to be explained."""

    comment = ReasonField(help_text=_("The applicants read it."))


class NoteForm(forms.Form):
    """A choice between works; the note stays inside."""

    comment = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text=_("It stays in the ledger. Name nobody."),
    )


class WhyNoteForm(forms.Form):
    comment = ReasonField(help_text=_("It stays in the ledger. Name nobody."))


class EraseForm(forms.Form):
    reason = ReasonField(help_text=_("It stays in the ledger. Name nobody."))


class EnterForm(forms.Form):
    """A participation that staff enter for a community."""

    cycle = forms.ModelChoiceField(label=_("Cycle"), queryset=Cycle.objects.none())
    jurisdiction = PlaceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Cycle.objects.public().select_related("program").order_by("program__name", "-slug")
        self.fields["cycle"].queryset = known  # type: ignore[attr-defined]
