"""Amounts of money as people type them: some money, in whole hundredths."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from partnerships.rules.wording import gettext_noop

MOST = Decimal("999999999999.99")
NOT_MONEY = gettext_noop("Write an amount above zero with at most two decimals, such as 2500.00.")


def amount(value: object) -> Decimal:
    """The amount as it is kept; raises ``ValueError``, whose words can be shown."""
    try:
        found = Decimal(str(value).strip())
    except InvalidOperation as error:
        raise ValueError(NOT_MONEY) from error
    if not found.is_finite() or not Decimal(0) < found <= MOST or found != round(found, 2):
        raise ValueError(NOT_MONEY)
    return found.quantize(Decimal("0.01"))
