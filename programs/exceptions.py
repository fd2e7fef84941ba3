"""What an operation of the programs may answer beside the refusals of the register."""

from __future__ import annotations

from partnerships.exceptions import RegistryError


class CallNotOpen(RegistryError):
    """The call takes no applications at this instant; the words say from when or since when."""

    code = "call-not-open"


class QuotaFull(RegistryError):
    """No more entries of this kind are taken; the words say of which and how many there may be."""

    code = "quota-full"


class OverBudget(RegistryError):
    """The money asked for is more than the cap of the pair or what is left of the budget."""

    code = "over-budget"
