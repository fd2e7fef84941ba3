"""What staff are asked for after a decision: money, promises, prizes, figures, jurors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.fields import DocumentField, LineField, PartialDateField, StoryField
from partnerships.forms.staff import PlaceField, ReasonField
from partnerships.models import User
from programs.forms.rows import RowsForm
from programs.models import Cycle


class AmountField(forms.DecimalField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Amount"))
        super().__init__(max_digits=14, decimal_places=2, help_text=_("In the currency of the cycle."), **kwargs)


class AwardForm(forms.Form):
    amount = AmountField()
    comment = StoryField(label=_("Words to the applicant"), required=False, max_length=4000)


class LowerForm(forms.Form):
    amount = AmountField(label=_("The award from now on"))
    reason = ReasonField(help_text=_("It is published."))


class PublicWhyForm(forms.Form):
    reason = ReasonField(help_text=_("It is published."))


class TrancheRow(forms.Form):
    amount = AmountField()


class TranchesForm(RowsForm):
    """``promised``: the deliverables of the application, as pairs of number and title."""

    label = _("Tranche")

    def __init__(self, *args: Any, promised: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        class Row(TrancheRow):
            deliverable = forms.TypedChoiceField(
                label=_("Deliverable"),
                choices=[("", _("None: it is paid at once")), *promised],
                required=False,
                coerce=int,
                empty_value=None,
                help_text=_("It is paid when that was accepted."),
            )

        self.row = Row
        super().__init__(*args, **kwargs)


class PayForm(forms.Form):
    reference = LineField(label=_("Reference of the payment"), max_length=120)
    paid_on = forms.DateField(label=_("Paid on"), widget=forms.DateInput(attrs={"type": "date"}))


class PromiseForm(forms.Form):
    title = LineField(label=_("What is promised"), max_length=200)
    text = StoryField(label=_("Description"), required=False, max_length=3000)
    due_on = forms.DateField(label=_("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    public = forms.BooleanField(label=_("Public"), required=False, initial=True)


class DeliverForm(forms.Form):
    note = StoryField(label=_("What was done"), required=False, max_length=3000)
    url = forms.URLField(label=_("Where it can be seen"), required=False, assume_scheme="https")
    file = DocumentField(label=_("File"), required=False)


class CommentForm(forms.Form):
    comment = ReasonField(label=_("What is missing"))


class PrizeForm(forms.Form):
    title = LineField(label=_("Title of the prize"), max_length=120)
    place = forms.IntegerField(label=_("Place"), min_value=1, max_value=999, initial=1)
    entry = forms.TypedChoiceField(label=_("Work"), coerce=int, empty_value=None)
    overall = forms.BooleanField(
        label=_("Of the whole competition, not of a category and band"), required=False, initial=False
    )
    reason = ReasonField(help_text=_("It is published."))

    def __init__(self, *args: Any, works: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """``works``: those of the application, as pairs of number and words; none where applications compete."""
        super().__init__(*args, **kwargs)
        if works:
            self.fields["entry"].choices = [("", _("Choose…")), *works]  # type: ignore[attr-defined]
        else:
            del self.fields["entry"]


class FigureForm(forms.Form):
    """A figure with everything that says whose it is."""

    measure = LineField(label=_("What is counted"), max_length=120)
    group = LineField(label=_("Of whom"), max_length=120, required=False)
    value = forms.DecimalField(label=_("Value"), max_digits=18, decimal_places=2, min_value=0)
    unit = LineField(label=_("Unit"), max_length=40)
    approximate = forms.BooleanField(label=_("Approximate"), required=False)
    on = PartialDateField(label=_("As of"))
    claimed_by = LineField(label=_("Claimed by"), max_length=200)
    method = LineField(label=_("How it was found"), max_length=500, required=False)
    source = LineField(label=_("Source"), max_length=300)
    source_url = forms.URLField(label=_("Address of the source"), required=False, assume_scheme="https")


class CycleFigureForm(FigureForm):
    cycle = forms.ModelChoiceField(label=_("Cycle"), queryset=Cycle.objects.order_by("name"))


class HowForm(forms.Form):
    how = LineField(label=_("How it was checked"), max_length=500, help_text=_("It is published."))


class JurorForm(forms.Form):
    cycle = forms.ModelChoiceField(label=_("Cycle"), queryset=Cycle.objects.select_related("program").order_by("name"))
    email = forms.EmailField(label=_("E-mail address of the account"))
    community = PlaceField(label=_("Own community, which they do not judge"), required=False)

    def clean_email(self) -> User:
        found = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("There is no open account with this address."))
        return found
