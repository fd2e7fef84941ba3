"""The steps of an application that hold lists: what is there, and a form for one more or for one of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import Promise

from partnerships.exceptions import Missing, RegistryError
from partnerships.forms.refusals import accepted
from partnerships.views.sessions import kept
from programs.views.steps import Draft, Step

#: Keys of rows as they come in addresses and buttons; longer ones are of no row.
MOST_DIGITS = 18


class ListStep(Step):
    """``<step>/`` adds, ``<step>/<item>/`` changes. "Continue" saves what was typed, and goes on where nothing was."""

    saved: ClassVar[str | Promise]
    removed: ClassVar[str | Promise]

    def items(self, draft: Draft) -> list[Any]:
        raise NotImplementedError

    def row_form(self, draft: Draft, typed: QueryDict | None, item: Any | None) -> Any:
        raise NotImplementedError

    def save_row(self, draft: Draft, form: Any, item: Any | None) -> None:
        raise NotImplementedError

    def remove(self, draft: Draft, pk: int) -> None:
        raise NotImplementedError

    def get(self, request: HttpRequest, application: int, item: int | None = None) -> HttpResponse:
        draft = self.draft(application)
        items = self.items(draft)
        chosen = self.chosen(items, item)
        return self.listed(draft, items, chosen, self.row_form(draft, kept(request), chosen))

    def post(self, request: HttpRequest, application: int, item: int | None = None) -> HttpResponse:
        draft, do = self.draft(application), request.POST.get("do", "")
        if do.startswith("remove-") and do[7:].isdecimal():
            self.remove(draft, int(do[7:][:MOST_DIGITS]))
            messages.success(request, str(self.removed))
            return self.again(draft)
        items = self.items(draft)
        chosen = self.chosen(items, item)
        form = self.row_form(draft, request.POST, chosen)
        if do != "add" and not form.has_changed():
            return self.onward(draft)
        if form.is_valid() and self.kept_row(draft, form, chosen):
            messages.success(request, str(self.saved))
            return self.again(draft) if do == "add" else self.onward(draft)
        return self.listed(draft, items, chosen, form)

    def kept_row(self, draft: Draft, form: Any, chosen: Any | None) -> bool:
        """Whether the operation took it; what it refuses as a whole stands above the form, with what was typed."""
        try:
            return accepted(form, lambda: self.save_row(draft, form, chosen), **getattr(form, "names", {}))
        except Missing:
            raise
        except RegistryError as refused:
            form.add_error(None, refused.message)
            return False

    def chosen(self, items: list[Any], pk: int | None) -> Any | None:
        if pk is None:
            return None
        found = next((row for row in items if row.pk == pk), None)
        if found is None:
            raise Missing("There is no such row.")
        return found

    def listed(self, draft: Draft, items: list[Any], chosen: Any | None, form: Any) -> HttpResponse:
        return self.page(draft, form, items=items, chosen=chosen)
