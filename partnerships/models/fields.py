"""Column types of the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import functions
from django.utils.translation import gettext_lazy as _

from partnerships.rules.dates import PartialDate

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable
    from django_countries.fields import Country
    from django_countries.fields import CountryField as UntypedCountryField

    class CountryField(UntypedCountryField):
        """The library's field with the types of its attribute, which its own stub leaves to be text."""

        _pyi_private_set_type: Country | str | Combinable  # type: ignore[assignment]
        _pyi_private_get_type: Country  # type: ignore[assignment]
else:
    from django_countries.fields import CountryField

__all__ = ["ByteOrderedField", "CountryField", "PartialDateField", "partial_date_is_well_formed"]


class ByteOrderedField(models.CharField):
    """Text that the database compares byte by byte, whatever the server's locale.

    Needed where order or ranges are part of the meaning: prefix look-up, partial dates, cursors.
    """

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class PartialDateField(ByteOrderedField):
    """A ``PartialDate``; an unknown one is ``None`` here and the empty string in the database.

    Never NULL, so that one index serves every order and every cursor.
    """

    description = _("A year, a month or a day")

    if TYPE_CHECKING:  # the types of the attribute, for mypy's Django plugin
        _pyi_private_set_type: PartialDate | str | Combinable | None  # type: ignore[assignment]
        _pyi_private_get_type: PartialDate | None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", None)
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> PartialDate | None:
        return PartialDate.parse(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        if value in (None, "") or isinstance(value, PartialDate):
            return value or None
        try:
            return PartialDate.parse(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def get_prep_value(self, value: Any) -> str:
        if isinstance(value, str):  # a bound in a comparison, such as "1950" or "1950~"
            return value
        return str(value) if value is not None else ""

    def run_validators(self, value: Any) -> None:
        """Nothing to add: a ``PartialDate`` is well formed, and the length of its text is given."""

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))


def partial_dates_in_order(name: str, first: str, last: str, said: Any) -> models.CheckConstraint:
    """The CHECK that refuses an end before its beginning, as far as the two are known: 2009-05 to 2009 is in order."""
    as_known = functions.Substr(first, 1, functions.Length(last))
    return models.CheckConstraint(
        condition=models.Q(**{first: ""}) | models.Q(**{last: ""}) | models.Q(**{f"{last}__gte": as_known}),
        name=name,
        violation_error_message=said,
    )


def partial_date_is_well_formed(name: str, field: str) -> models.CheckConstraint:
    """The CHECK that refuses anything but ``''``, ``1931``, ``1985-04`` and ``1992-06-29``."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__regex": r"^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$"}),
        name=name,
        violation_error_message=_("Write a year (1931), a month (1985-04) or a day (1992-06-29)."),
    )
