"""Times as the clock of a place shows them; which instant that is follows from the time zone beside them."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.rules import instants


class WallClockField(forms.CharField):
    """Day and time without a zone; the cleaned value is a naive ``datetime`` or ``None``."""

    default_error_messages = {"clock": _("Write a day and a time, such as 2026-04-01 23:59.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
        kwargs.setdefault("help_text", _("As the clock there shows it, such as 2026-04-01 23:59."))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            found = datetime.fromisoformat(text.strip())
        except ValueError as error:
            raise ValidationError(self.error_messages["clock"], code="clock") from error
        if found.tzinfo is not None or not 1900 <= found.year <= 9000:
            raise ValidationError(self.error_messages["clock"], code="clock")
        return found


@cache
def zones() -> list[tuple[str, str]]:
    """The time zones of places, by continent and city, and UTC."""
    named = sorted(name for name in instants.names() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in named)]


class ZoneField(forms.ChoiceField):
    """A time zone by its name; a list to choose from, where typing the beginning of a city finds it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Time zone"))
        super().__init__(choices=zones, **kwargs)


def instant_of(form: forms.Form, name: str, zone_name: str) -> datetime | None:
    """The instant of a wall clock field while its form is cleaned; where there is none, the error is at the field."""
    shown, zone = form.cleaned_data.get(name), form.cleaned_data.get(zone_name)
    if shown is None or not zone:
        return None
    try:
        return instants.instant(shown, zone)
    except ValueError as error:
        form.add_error(name, gettext(str(error)))
        return None


def shown_at(moment: datetime | None, zone: str) -> datetime | None:
    """What the clocks of the zone show at an instant, to fill a wall clock field with."""
    return moment.astimezone(instants.zone(zone)).replace(tzinfo=None) if moment and zone else None
