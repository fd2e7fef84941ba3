"""The answer of the other community."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.choices import PartnerAnswer
from partnerships.forms.fields import LineField, StoryField

ANSWERS = [
    (PartnerAnswer.CONFIRMED, _("Yes, this is right")),
    (PartnerAnswer.CORRECTION, _("Something has to be corrected")),
    (PartnerAnswer.DECLINED, _("No, we did not agree to this")),
]


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(label=_("Is this right?"), choices=ANSWERS, widget=forms.RadioSelect)
    name = LineField(label=_("Your name and office"), letters=True)
    comment = StoryField(
        label=_("Comment"),
        required=False,
        max_length=4000,
        help_text=_("Needed if something is wrong: say what."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
