"""Form fields made from the typed details of a kind: one generator for cycles, applications, people and activities.

A field only carries what was typed; what it has to be is said once, in ``programs.rules.details``, which the operations
ask. The field asks it too, so that an error stands at its place before anything is saved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from programs.rules import details
from programs.rules.details import Detail


def fields_of(specs: Sequence[Detail], *, prefix: str = "", required: bool = False) -> dict[str, forms.Field]:
    """A form field for each detail, by its name with ``prefix`` before it.

    Drafts may be incomplete, so nothing is required unless ``required`` says that it is asked for good.
    """
    return {f"{prefix}{spec.name}": _field(spec, required=required) for spec in specs}


def _field(spec: Detail, *, required: bool) -> forms.Field:
    field = _MAKERS.get(spec.type, _text)(spec)
    field.label, field.help_text = _(spec.label), _(spec.help) if spec.help else ""
    field.required = required and spec.required
    field.validators = [*field.validators, _check(spec)]
    return field


def _check(spec: Detail) -> Callable[[Any], None]:
    """The rule of the detail as a validator."""

    def check(value: Any) -> None:
        _kept, problems = details.clean([spec], {spec.name: value})
        if spec.name in problems:
            problem = problems[spec.name]
            raise ValidationError(gettext(problem.message) % problem.params, code="detail")

    return check


def _text(spec: Detail) -> forms.Field:
    return forms.CharField(max_length=None)


def _long(spec: Detail) -> forms.Field:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 5, "cols": 60}))


def _number(spec: Detail) -> forms.Field:
    return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "numeric"}))


def _decimal(spec: Detail) -> forms.Field:
    return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "decimal"}))


def _boolean(spec: Detail) -> forms.Field:
    return forms.BooleanField()


def _date(spec: Detail) -> forms.Field:
    return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}))


def _choice(spec: Detail) -> forms.Field:
    words = [(code, _(label)) for code, label in spec.choices]
    return forms.ChoiceField(choices=[("", _("Choose…")), *words])


def _choices(spec: Detail) -> forms.Field:
    words = [(code, _(label)) for code, label in spec.choices]
    return forms.MultipleChoiceField(choices=words, widget=forms.CheckboxSelectMultiple)


def _lines(spec: Detail) -> forms.Field:
    return LinesField()


def _country(spec: Detail) -> forms.Field:
    return forms.ChoiceField(choices=lambda: [("", _("Choose…")), *countries])


def _countries(spec: Detail) -> forms.Field:
    return forms.MultipleChoiceField(choices=lambda: list(countries), widget=forms.SelectMultiple(attrs={"size": 8}))


class LinesField(forms.CharField):
    """Several texts, one on each line; kept ones are shown that way again."""

    widget = forms.Textarea(attrs={"rows": 4, "cols": 60})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, (list, tuple)) else value


_MAKERS: dict[str, Callable[[Detail], forms.Field]] = {
    "text": _text,
    "url": _text,
    "month_day": _text,
    "long": _long,
    "integer": _number,
    "decimal": _decimal,
    "boolean": _boolean,
    "date": _date,
    "choice": _choice,
    "choices": _choices,
    "lines": _lines,
    "country": _country,
    "countries": _countries,
}
