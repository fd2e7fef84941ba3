"""Amounts of money as people type them: some money, in whole hundredths."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from partnerships.rules.wording import gettext_noop

MOST = Decimal("999999999999.99")
NOT_MONEY = gettext_noop("Write an amount above zero with at most two decimals, such as 2500.00.")


@dataclass(frozen=True)
class Sum:
    """An amount of money in the currency of its cycle (ISO 4217), as refusals tell it; doors group it as they do."""

    value: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.value:,.{decimals(self.value)}f} {self.currency}"


def decimals(value: Decimal) -> int:
    """How many are written: none of a whole amount."""
    return 0 if value == value.to_integral_value() else 2


def amount(value: object) -> Decimal:
    """The amount as it is kept; raises ``ValueError``, whose words can be shown."""
    try:
        found = Decimal(str(value).strip())
    except InvalidOperation as error:
        raise ValueError(NOT_MONEY) from error
    if not found.is_finite() or not Decimal(0) < found <= MOST or found != round(found, 2):
        raise ValueError(NOT_MONEY)
    return found.quantize(Decimal("0.01"))
