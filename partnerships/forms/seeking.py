"""What a community looks for, and a letter to one that looks for a partner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_countries import countries

from partnerships.choices import Geography, Theme
from partnerships.forms.fields import LanguagesField, LineField, StoryField
from partnerships.rules.wishes import MONTHS, USUAL_MONTHS, WishText


class CountriesField(forms.MultipleChoiceField):
    """Some countries out of all of them, in a list where several can be chosen."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.SelectMultiple(attrs={"size": "8"})
        super().__init__(choices=lambda: list(countries), required=False, widget=widget, **kwargs)


class MonthsField(forms.TypedChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Show it for"), coerce=int, choices=_months, initial=USUAL_MONTHS, **kwargs)


def _months() -> list[tuple[int, str]]:
    return [
        (months, ngettext("%(months)s month", "%(months)s months", months) % {"months": months}) for months in MONTHS
    ]


class WishForm(forms.Form):
    text = StoryField(
        label=_("What you look for"),
        required=False,
        max_length=4000,
        help_text=_("Everybody can read it. Do not name private persons."),
    )
    countries = CountriesField(label=_("Countries"), help_text=_("Choose none if any country is welcome."))
    themes = forms.MultipleChoiceField(
        label=_("Themes"), choices=Theme, required=False, widget=forms.CheckboxSelectMultiple
    )
    industries = LineField(label=_("Industries"), required=False, max_length=300)
    traits = forms.MultipleChoiceField(
        label=_("What your land is like"), choices=Geography, required=False, widget=forms.CheckboxSelectMultiple
    )
    diaspora = CountriesField(label=_("Where people of your community come from"))
    languages = LanguagesField(label=_("Languages of your community"), required=False)
    months = MonthsField()

    def said(self) -> tuple[WishText, int]:
        """The wish, and for how many months it is to stand."""
        values = dict(self.cleaned_data)
        months = values.pop("months")
        return WishText(**values), months


class InterestForm(forms.Form):
    community = forms.TypedChoiceField(label=_("Your community"), coerce=int)
    message = StoryField(
        label=_("Message"),
        max_length=2000,
        help_text=_("It is sent to the representatives of the community, with your name and e-mail address."),
    )

    def __init__(self, *args: Any, communities: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].choices = list(communities)  # type: ignore[attr-defined]
        if len(communities) == 1:
            self.initial.setdefault("community", communities[0][0])
