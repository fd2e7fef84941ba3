"""What takes place: a title, a day, a time at the clocks of the place, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.forms.fields import CoordinateField, CountryField, LineField, PartialDateField, StoryField
from partnerships.rules.dates import PartialDate
from programs.choices import ActivityKind
from programs.forms.applications import DetailForm
from programs.forms.clocks import ZoneField, shown_at
from programs.kinds import Kind
from programs.models import Activity

#: What always has its hour.
TIMED = frozenset({ActivityKind.CONCERT})


class ClockField(forms.TimeField):
    """Hours and minutes, as 19:30 or 7:30 pm."""

    default_error_messages = {"invalid": gettext_lazy("Write a time such as 19:30.")}

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I %p", "%H.%M"]
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(input_formats=formats, widget=widget, **kwargs)


class ActivityForm(DetailForm):
    kind = forms.ChoiceField(label=gettext_lazy("What is it?"))
    title = LineField(label=gettext_lazy("Title"), letters=True)
    day = PartialDateField(label=gettext_lazy("Day, or first day"))
    begins = ClockField(label=gettext_lazy("Begins at"))
    last_day = PartialDateField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Only if it ends on another day.")
    )
    ends = ClockField(label=gettext_lazy("Ends at"), required=False)
    time_zone = ZoneField(label=gettext_lazy("Time zone of the place"))
    venue = LineField(label=gettext_lazy("Venue"), required=False)
    address = LineField(label=gettext_lazy("Address"), required=False, max_length=300)
    host_id = forms.TypedChoiceField(
        label=gettext_lazy("In which community"), coerce=int, empty_value=None, required=False
    )
    country = CountryField(
        required=False, help_text=gettext_lazy("Only if it takes place elsewhere than in the community above.")
    )
    latitude = CoordinateField(label=gettext_lazy("Latitude"), most=90)
    longitude = CoordinateField(label=gettext_lazy("Longitude"), most=180)
    url = forms.URLField(
        label=gettext_lazy("Stream or web page"), required=False, max_length=200, assume_scheme="https"
    )
    text = StoryField(label=gettext_lazy("Description"), required=False, max_length=5000)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        kind: Kind,
        activity: Activity | None,
        hosts: Sequence[tuple[int, str]],
        zone: str,
    ) -> None:
        super().__init__(
            data,
            details=kind.activity_fields,
            kept=activity.detail if activity else {},
            initial=_initial(activity, kind, hosts, zone),
        )
        self.fields["kind"].choices = [(code, ActivityKind(code).label) for code in kind.activity_kinds]  # type: ignore[attr-defined]
        self.fields["host_id"].choices = [("", _("Elsewhere")), *hosts]  # type: ignore[attr-defined]
        if len(kind.activity_kinds) == 1:
            self.fields["kind"].widget = forms.HiddenInput()
        self.timed = bool(TIMED & set(kind.activity_kinds))
        for name in ("begins", "time_zone"):
            self.fields[name].required = self.timed
        if not self.timed:
            self.fields["time_zone"].help_text = _("Needed where a time is given.")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        day, begins = said.get("day"), said.get("begins")
        if day and begins and day.precision != "day":
            self.add_error("day", _("Write the whole date where a time is given."))
        if begins and not said.get("time_zone") and "time_zone" not in self.errors:
            self.add_error("time_zone", _("Say in which time zone it begins."))
        if said.get("ends") and not begins and "begins" not in self.errors:
            self.add_error("begins", _("Say when it begins, too."))
        return said

    def values(self) -> dict[str, Any]:
        """As ``activities.save`` takes them."""
        said = self.columns()
        day, last = said.pop("day"), said.pop("last_day")
        begins, ends = said.pop("begins"), said.pop("ends")
        return {
            **said,
            "wall_start": _wall(day, begins),
            "wall_end": _wall(last or day, ends),
            "starts_on": day,
            "ends_on": last,
            "detail": self.detail(),
        }

    @property
    def names(self) -> dict[str, str]:
        said = {"wall_start": "begins", "wall_end": "ends", "starts_on": "day", "ends_on": "last_day"}
        return {**super().names, **said, "starts_at": "begins", "ends_at": "ends"}


def _wall(day: PartialDate | None, clock: time | None) -> datetime | None:
    return datetime.combine(day.earliest, clock) if day and clock else None


def _initial(activity: Activity | None, kind: Kind, hosts: Sequence[tuple[int, str]], zone: str) -> dict[str, Any]:
    if activity is None:
        host = hosts[0][0] if hosts else None
        return {"kind": kind.activity_kinds[0], "time_zone": zone, "host_id": host}
    names = ("kind", "title", "venue", "address", "host_id", "latitude", "longitude", "url", "text", "time_zone")
    starts, ends = (shown_at(moment, activity.time_zone) for moment in (activity.starts_at, activity.ends_at))
    return {
        **{name: getattr(activity, name) for name in names},
        "country": activity.country.code,
        "day": activity.starts_on,
        "last_day": activity.ends_on,
        "begins": starts.time() if starts else None,
        "ends": ends.time() if ends else None,
    }
