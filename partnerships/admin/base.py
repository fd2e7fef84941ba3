"""What the pages of staff have in common: who acts, what nobody does by hand, and plain rows that leave a trace."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from partnerships.exceptions import Invalid, RegistryError
from partnerships.rules import permissions
from partnerships.services import ledger
from partnerships.services.access import Actor


def actor(request: HttpRequest) -> Actor:
    """Who acts in this request, read once a request."""
    known: Actor | None = getattr(request, "registry_actor", None)
    if known is None:
        user = request.user
        known = Actor.of(user._wrapped if isinstance(user, SimpleLazyObject) and user.pk else user)  # type: ignore
        request.registry_actor = known  # type: ignore[attr-defined]
    return known


def may(request: HttpRequest, verb: str) -> bool:
    """Whether the table of permissions opens the verb to the roles of whoever asks."""
    return permissions.allows(verb, actor(request).roles)


def show_refusal(form: forms.BaseForm, error: RegistryError) -> None:
    """Put the words of a refused operation where they belong: at the field, else above the form."""
    found = error.errors if isinstance(error, Invalid) else {"": [error.message]}
    for name, said in found.items():
        form.add_error(name if name in form.fields else None, list(said))


def happened(title: Any, *, yes: Any, no: Any) -> type[admin.EmptyFieldListFilter]:
    """A filter by whether a day is on record, in words instead of "Empty" and "Not empty"."""

    class Happened(admin.EmptyFieldListFilter):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.title = title

        def choices(self, changelist: Any) -> Any:
            for choice, words in zip(super().choices(changelist), (None, no, yes), strict=True):
                yield choice if words is None else {**choice, "display": words}

    return Happened


class RegistryAdmin(admin.ModelAdmin):
    """Nothing of the register is removed; lists stay quick whatever their length."""

    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    empty_value_display = "–"

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The history of a record is its part of the ledger."""
        return self.history_of(self.opts.model_name or "", object_id)

    def history_of(self, subject_type: str, subject_id: str) -> HttpResponse:
        about = urlencode({"subject_type": subject_type, "subject_id": subject_id})
        return HttpResponseRedirect(f"{reverse('admin:partnerships_ledgerentry_changelist')}?{about}")

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ReadOnlyAdmin(RegistryAdmin):
    """To look at: what changes, changes through an operation with a page or a button of its own."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class RecordedAdmin(RegistryAdmin):
    """Plain rows without an operation of their own: saved by the stock form, each change told to the ledger."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        ledger.record(
            subject=obj,
            act=f"{obj._meta.model_name}.{'changed' if change else 'added'}",
            by=actor(request),
            now=obj,
            detail=what_changed(form),
        )

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        fresh = [(row, "added") for row in formset.new_objects]
        for row, verb in [*fresh, *((row, "changed") for row, _fields in formset.changed_objects)]:
            ledger.record(subject=row, act=f"{row._meta.model_name}.{verb}", by=actor(request), now=row)


class RecordedInline(admin.TabularInline):
    """Rows of a recorded page; they are not removed either."""

    extra = 0
    can_delete = False


def what_changed(form: Any) -> dict[str, dict[str, str]]:
    """What the form changed: was and now, by field, as the ledger keeps it."""
    return {
        name: {"was": _text(form.initial.get(name)), "now": _text(form.cleaned_data.get(name))}
        for name in form.changed_data
        if name in form.cleaned_data
    }


def _text(value: Any) -> str:
    """A value of a form as the ledger keeps it."""
    several = isinstance(value, (list, tuple, models.QuerySet))
    return (", ".join(map(str, value)) if several else str(value if value is not None else ""))[:500]


def with_each(
    request: HttpRequest, records: Iterable[Any], do: Callable[[Any], object], done: Callable[[int], str]
) -> None:
    """A bulk action: every record for itself, each refusal told with the record that it is about."""
    count = 0
    for record in records:
        try:
            do(record)
        except RegistryError as error:
            messages.error(request, f"{record}: {error.message}")
        else:
            count += 1
    if count:
        messages.success(request, done(count))


class LookInline(admin.TabularInline):
    """Rows that belong to a record, to look at for everybody who may look at the record."""

    extra = 0
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True
