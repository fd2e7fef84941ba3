"""What an operation refused, said at the fields where it was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django import forms

from partnerships.exceptions import Invalid, WrongState


def accepted(form: forms.Form, operation: Callable[[], object], **names: str) -> bool:
    """Whether the operation took what the form holds; ``names`` maps its words for fields to those of the form."""
    try:
        operation()
    except Invalid as invalid:
        place(form, invalid.errors, names)
        return False
    return True


def taken(form: forms.Form, operation: Callable[[], object]) -> bool:
    """The same where the state of things may stand in the way, too: that is said above the form, nothing is lost."""
    try:
        return accepted(form, operation)
    except WrongState as refused:
        form.add_error(None, refused.message)
        return False


def place(form: forms.Form, errors: Mapping[str, Sequence[str]], names: Mapping[str, str] | None = None) -> None:
    for name, messages in errors.items():
        field = (names or {}).get(name, name)
        for message in messages:
            form.add_error(field if field in form.fields else None, message)
