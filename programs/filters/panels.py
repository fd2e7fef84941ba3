"""The filter forms that public pages show; what was sent is judged by the filter itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from programs.choices import PUBLIC_STATES, ActivityState, ParticipationState

Choices = Iterable[tuple[str, Any]]


class Panel(forms.Form):
    """``offered``: what can be chosen, by field; a field with fewer than two choices is left out."""

    use_required_attribute = False

    def __init__(
        self, data: Mapping[str, Any], *, problems: Mapping[str, Iterable[str]], offered: Mapping[str, Choices]
    ) -> None:
        super().__init__(data, auto_id="filter-%s")
        for name, choices in offered.items():
            field: Any = self.fields[name]
            listed = list(choices)
            if len(listed) < 2:
                del self.fields[name]
            else:
                field.choices = [*field.choices, *listed]
        self.full_clean()
        self.errors.clear()
        for name, messages in problems.items():
            if name in self.fields:
                self.add_error(name, list(messages))


def _select(label: Any, empty: Any, choices: Choices = ()) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", empty), *choices], required=False)


def in_words(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Countries by their names in the language of the page."""
    return sorted(((code, str(countries.name(code) or code)) for code in codes), key=lambda one: one[1])


class ParticipantPanel(Panel):
    country = _select(_("Country"), _("All countries"))
    subdivision = forms.CharField(label=_("State or province"), required=False, max_length=40)
    category = _select(_("Category"), _("All categories"))
    state = _select(
        _("State"), _("All of them"), [(str(code), ParticipationState(code).label) for code in PUBLIC_STATES]
    )
    sort = _select(_("Order"), _("By name"), [("-id", _("Newest first")), ("id", _("Oldest first"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subdivision"].widget.attrs["placeholder"] = "US-NY"


class HappeningPanel(Panel):
    country = _select(_("Country"), _("All countries"))
    year = _select(_("Year"), _("All years"))
    kind = _select(_("Kind"), _("All kinds"))
    state = _select(_("State"), _("All of them"), ActivityState.choices)
    sort = _select(_("Order"), _("By day"), [("-starts", _("Latest first"))])
