"""Deeds: what staff do to one record through an operation, each with a button, a page and its words.

A deed is a row of plain data. The button shows where the table of permissions opens the verb and the record admits
it; the page asks what the operation needs; the operation itself checks everything again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.admin.base import ReadOnlyAdmin, actor, may, show_refusal
from partnerships.exceptions import RegistryError
from partnerships.services.access import Actor

Do = Callable[[Any, Actor, date, dict[str, Any]], object]


@dataclass(frozen=True)
class Deed:
    """``do`` takes the record (``None`` where a new one is made), the actor, today and what the form holds.

    ``fits`` says whether the record admits the deed now; ``initial`` fills the form from it; ``help`` says what
    follows from the deed; ``submit`` names its button where the label is no verb. ``make`` makes the form where it
    depends on the record.
    """

    name: str
    verb: str
    label: Any
    done: Any
    do: Do
    form: type[forms.BaseForm] = forms.Form
    help: Any = ""
    fits: Callable[[Any], bool] = lambda record: True
    initial: Callable[[Any], Mapping[str, Any]] = field(default=lambda record: {})
    dangerous: bool = False
    submit: Any = ""
    template: str = "admin/partnerships/deed.html"
    make: Callable[..., forms.BaseForm] | None = None


class DeedsAdmin(ReadOnlyAdmin):
    """A record to look at, with the buttons of its deeds."""

    deeds: Sequence[Deed] = ()
    #: What makes a new record; the first one answers the stock address for adding.
    new_deeds: Sequence[Deed] = ()
    change_form_template = "admin/partnerships/record.html"
    change_list_template = "admin/partnerships/list.html"

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path(
                f"<int:pk>/{deed.name}/",
                self.admin_site.admin_view(partial(self.deed_view, deed=deed)),
                name=f"{name}_{deed.name}",
            )
            for deed in self.deeds
        ]
        own += [
            path(
                f"{deed.name}/",
                self.admin_site.admin_view(partial(self.deed_view, deed=deed, pk=None)),
                name=f"{name}_{deed.name}",
            )
            for deed in self.new_deeds
        ]
        return own + super().get_urls()

    def deed_url(self, deed: Deed, record: models.Model | None = None) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{deed.name}"
        return reverse(name, args=[record.pk] if record else [])

    def has_add_permission(self, request: HttpRequest) -> bool:
        return any(may(request, deed.verb) for deed in self.new_deeds)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        for deed in self.new_deeds:
            if may(request, deed.verb):
                return HttpResponseRedirect(self.deed_url(deed))
        raise PermissionDenied

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        buttons = [
            {"label": deed.label, "url": self.deed_url(deed)} for deed in self.new_deeds if may(request, deed.verb)
        ]
        return super().changelist_view(request, {**(extra_context or {}), "new_deeds": buttons})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        record = self.get_object(request, object_id)
        buttons = [
            {"label": deed.label, "url": self.deed_url(deed, record), "dangerous": deed.dangerous}
            for deed in self.deeds
            if record is not None and may(request, deed.verb) and deed.fits(record)
        ]
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "deeds": buttons})

    def deed_view(self, request: HttpRequest, pk: int | None, deed: Deed) -> HttpResponse:
        record = None if pk is None else self.get_object(request, str(pk))
        if pk is not None and record is None:
            raise Http404
        if not may(request, deed.verb) or not self.has_view_permission(request, record):
            raise PermissionDenied
        typed = (request.POST if request.method == "POST" else None, request.FILES or None)
        initial = dict(deed.initial(record))
        form = deed.make(record, *typed, initial=initial) if deed.make else deed.form(*typed, initial=initial)
        if request.method == "POST" and form.is_valid():
            try:
                made = deed.do(record, actor(request), timezone.localdate(), form.cleaned_data)
            except RegistryError as error:
                show_refusal(form, error)
            else:
                messages.success(request, deed.done)
                return HttpResponseRedirect(self.after_deed(record, made))
        return self._deed_page(request, deed, record, form)

    def after_deed(self, record: models.Model | None, made: object) -> str:
        """Where to go on: the record, or the list where the record is new or of another table."""
        here = record or (made if isinstance(made, self.model) else None)
        if here is None:
            return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[here.pk])

    def _deed_page(self, request: HttpRequest, deed: Deed, record: Any, form: forms.BaseForm) -> HttpResponse:
        title = _("%(deed)s: %(record)s") % {"deed": deed.label, "record": record} if record else str(deed.label)
        back = self.after_deed(record, None)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "deed": deed,
            "record": record,
            "record_url": back,
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, deed.template, context)
