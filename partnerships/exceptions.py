"""What an operation may answer instead of doing its work.

One family with a machine code; every door (form, admin, API, command) translates it once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol


class Finding(Protocol):
    """What a refusal needs to know of a finding; the rules make them (``rules.findings``)."""

    @property
    def code(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def step(self) -> str: ...
    def text(self, translate: Callable[[str], str] = ...) -> str: ...


class RegistryError(Exception):
    """An operation was refused; ``message`` can be shown to the person who asked."""

    code = "refused"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(RegistryError):
    """The actor may not do this."""

    code = "not-allowed"


class WrongState(RegistryError):
    """The subject is in a state from which this is not possible, often because somebody was first."""

    code = "wrong-state"


class Changed(RegistryError):
    """The subject is not what it was when the actor last looked."""

    code = "changed"


class KeyReused(RegistryError):
    """A key that stands for one request was given with another one."""

    code = "key-reused"


class Missing(RegistryError):
    """There is no such thing, or the actor may not know of it."""

    code = "missing"


class Invalid(RegistryError):
    """What was typed cannot be accepted; ``errors`` maps a field name to its messages."""

    code = "invalid"

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        super().__init__(" ".join(message for messages in errors.values() for message in messages))
        self.errors = {field: list(messages) for field, messages in errors.items()}


class Unmet(RegistryError):
    """Recognition rules still stand in the way; ``findings`` are those that block."""

    code = "unmet"

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(" ".join(finding.text() for finding in findings))
        self.findings = tuple(findings)


class ActDoesNotFit(RegistryError):
    """An act that the affiliation's kind and standing do not admit."""

    code = "act"


class Immutable(RegistryError):
    """An attempt to change what the record keeps for good."""

    code = "immutable"
