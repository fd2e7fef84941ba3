"""The steps of a filing: each can be opened at any time, saves what it holds, and goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from partnerships.choices import Severity
from partnerships.exceptions import WrongState
from partnerships.forms.filing import ReasonsForm, TermsForm
from partnerships.forms.refusals import accepted
from partnerships.models import Filing, Jurisdiction
from partnerships.rules.findings import ONE_SIDED, Finding
from partnerships.services import filings
from partnerships.views.filings import filing_of, parties_of
from partnerships.views.sessions import actor, kept, personal

STEPS: dict[str, Promise] = {
    "parties": gettext_lazy("Communities"),
    "terms": gettext_lazy("Act and dates"),
    "signatories": gettext_lazy("Who signed"),
    "documents": gettext_lazy("Documents"),
    "reasons": gettext_lazy("Reasons and story"),
    "check": gettext_lazy("Check and hand in"),
}


@dataclass(frozen=True)
class Draft:
    """The filing of a step with what every step shows of it."""

    filing: Filing
    parties: list[Jurisdiction]
    findings: tuple[Finding, ...]

    @property
    def filled(self) -> frozenset[str]:
        """The steps that hold something."""
        filing = self.filing
        found = {
            "parties": len(self.parties) > 1,
            "terms": filing.signed_on is not None,
            "signatories": filing.signatories.exists(),
            "documents": filing.documents.exists(),
            "reasons": bool(filing.reasons or filing.themes or filing.story),
        }
        return frozenset(step for step, there in found.items() if there)

    def stepper(self, current: str) -> list[dict[str, Any]]:
        """A step is marked as a problem once something was entered there and something is still in the way."""
        filled = self.filled
        wrong = {finding.step for finding in self.findings if finding.severity == Severity.BLOCKING}
        return [
            {
                "label": label,
                "url": reverse(f"filing_{step}", args=[self.filing.pk]),
                "state": "current" if step == current else _state(step in filled, step in wrong),
            }
            for step, label in STEPS.items()
        ]


def _state(filled: bool, wrong: bool) -> str:
    if not filled:
        return "todo"
    return "problem" if wrong else "done"


@method_decorator(personal, name="dispatch")
class Step(View):
    """One step: a page with a form. Whatever is refused stays on the page as it was typed."""

    name: ClassVar[str]
    http_method_names = ["get", "head", "post"]  # noqa: RUF012 - as its base class has it

    def form(self, draft: Draft, typed: QueryDict | None, *, later: bool = False) -> Any:
        raise NotImplementedError

    def save(self, draft: Draft, form: Any) -> None:
        raise NotImplementedError

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft = self.draft(pk)
        return self.page(draft, self.form(draft, kept(request)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft = self.draft(pk)
        form = self.form(draft, request.POST, later=self.later)
        if form.is_valid() and accepted(form, lambda: self.save(draft, form)):
            return self.onward(draft)
        return self.page(draft, form)

    @property
    def later(self) -> bool:
        return self.request.POST.get("then") == "later"

    def draft(self, pk: int) -> Draft:
        filing = filing_of(self.request, pk, "filing.edit")
        if not filing.is_editable:
            state = filing.get_state_display().lower()
            raise WrongState(_("This filing can no longer be changed: it is %(state)s.") % {"state": state})
        return Draft(filing, parties_of(filing), filings.check(filing, on=timezone.localdate()))

    def page(self, draft: Draft, form: Any, **more: Any) -> HttpResponse:
        values = {
            "filing": draft.filing,
            "parties": draft.parties,
            "steps": draft.stepper(self.name),
            "step": STEPS[self.name],
            "form": form,
            "nav": "file",
            **more,
        }
        return render(self.request, f"partnerships/filing/{self.name}.html", values)

    def onward(self, draft: Draft) -> HttpResponse:
        if self.later:
            messages.success(self.request, _("Saved. You can go on whenever you like."))
            return redirect("filing", draft.filing.pk)
        order = list(STEPS)
        return redirect(f"filing_{order[order.index(self.name) + 1]}", draft.filing.pk)

    def again(self, draft: Draft) -> HttpResponse:
        return redirect(f"filing_{self.name}", draft.filing.pk)


class TermsStep(Step):
    name = "terms"

    def form(self, draft: Draft, typed: QueryDict | None, *, later: bool = False) -> TermsForm:
        return TermsForm(typed, filing=draft.filing, parties=draft.parties, later=later)

    def save(self, draft: Draft, form: forms.Form) -> None:
        filings.save_terms(filing_id=draft.filing.pk, by=actor(self.request), values=form.cleaned_data)

    def onward(self, draft: Draft) -> HttpResponse:
        act = self.request.POST.get("act")
        if (act in ONE_SIDED) != (draft.filing.act in ONE_SIDED) and not self.later:
            messages.info(self.request, _("Saved. With another act, this step asks other things: look at it again."))
            return self.again(draft)
        return super().onward(draft)


class ReasonsStep(Step):
    name = "reasons"

    def form(self, draft: Draft, typed: QueryDict | None, *, later: bool = False) -> ReasonsForm:
        return ReasonsForm(typed, filing=draft.filing)

    def save(self, draft: Draft, form: forms.Form) -> None:
        filings.save_terms(filing_id=draft.filing.pk, by=actor(self.request), values=form.cleaned_data)
