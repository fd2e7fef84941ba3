"""The steps of an application: each can be opened at any time, saves what it holds, and goes on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

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
from partnerships.exceptions import Missing, Unmet, WrongState
from partnerships.forms.refusals import accepted
from partnerships.views.sessions import actor, kept, person, personal
from programs.choices import EDITABLE_STATES
from programs.forms.applications import AboutForm
from programs.kinds import Kind, kind_of
from programs.models import Participation
from programs.rules.findings import Finding
from programs.selectors import facts, ties
from programs.services import participations
from programs.views.applications import about, application_of, going_back
from programs.views.findings import in_words

STEPS: dict[str, Promise] = {
    "about": gettext_lazy("What it is about"),
    "people": gettext_lazy("People"),
    "entries": gettext_lazy("Works"),
    "activities": gettext_lazy("What takes place"),
    "files": gettext_lazy("Files"),
    "check": gettext_lazy("Check and hand in"),
}


@dataclass(frozen=True)
class Draft:
    """The application of a step with what every step shows of it."""

    participation: Participation
    kind: Kind
    findings: tuple[Finding, ...]

    @property
    def pk(self) -> int:
        return int(self.participation.pk)

    @cached_property
    def filled(self) -> frozenset[str]:
        """The steps that hold something; a question for each step that the kind has."""
        one = self.participation
        holds = {
            "about": lambda: bool(one.title),
            "people": one.people.exists,
            "entries": one.entries.exclude(state="withdrawn").exists,
            "activities": one.activities.exists,
            "files": one.attachments.exists,
        }
        return frozenset(step for step in self.kind.steps if step in holds and holds[step]())

    def stepper(self, current: str) -> list[dict[str, Any]]:
        """A step is marked as a problem once something was entered there and something is still in the way."""
        wrong = {finding.step for finding in self.findings if finding.severity == Severity.BLOCKING}
        return [
            {
                "label": STEPS[step],
                "url": reverse(f"application_{step}", args=[self.pk]),
                "state": "current" if step == current else _state(step in self.filled, step in wrong),
            }
            for step in self.kind.steps
        ]


def _editable(participation: Participation) -> bool:
    return participation.state in EDITABLE_STATES


def _state(filled: bool, wrong: bool) -> str:
    if not filled:
        return "todo"
    return "problem" if wrong else "done"


@method_decorator([personal, going_back], name="dispatch")
class Step(View):
    """One step: a page with a form. Whatever is refused stays on the page as it was typed."""

    name: ClassVar[str]
    #: In which states of an application it can be opened.
    states: ClassVar[tuple[str, ...]] = EDITABLE_STATES
    http_method_names = ["get", "head", "post"]  # noqa: RUF012 - as its base class has it

    def form(self, draft: Draft, typed: QueryDict | None, *, later: bool = False) -> Any:
        raise NotImplementedError

    def save(self, draft: Draft, form: Any) -> None:
        raise NotImplementedError

    def get(self, request: HttpRequest, application: int) -> HttpResponse:
        draft = self.draft(application)
        return self.page(draft, self.form(draft, kept(request)))

    def post(self, request: HttpRequest, application: int) -> HttpResponse:
        draft = self.draft(application)
        form = self.form(draft, request.POST, later=self.later)
        if form.is_valid() and accepted(form, lambda: self.save(draft, form), **getattr(form, "names", {})):
            return self.onward(draft)
        return self.page(draft, form)

    @property
    def later(self) -> bool:
        return self.request.POST.get("then") == "later"

    def draft(self, pk: int) -> Draft:
        participation = application_of(self.request, pk, "participation.edit")
        kind = kind_of(participation.cycle.program.kind)
        if not self.offered(participation, kind):
            raise Missing(_("This application has no such step."))
        if participation.state not in self.states:
            state = participation.get_state_display().lower()
            raise WrongState(_("This application can no longer be changed: it is %(state)s.") % {"state": state})
        found = participations.check(participation, at=timezone.now()) if _editable(participation) else ()
        return Draft(participation, kind, tuple(found))

    def offered(self, participation: Participation, kind: Kind) -> bool:
        """Whether applications of this kind have the step."""
        return self.name in kind.steps

    def page(self, draft: Draft, form: Any, **more: Any) -> HttpResponse:
        values = {
            **about(draft.participation),
            "steps": draft.stepper(self.name) if _editable(draft.participation) else (),
            "step": STEPS[self.name],
            "step_name": self.name,
            "form": form,
            **more,
        }
        return render(self.request, f"programs/apply/{self.name}.html", values)

    def onward(self, draft: Draft) -> HttpResponse:
        if self.later:
            messages.success(self.request, _("Saved. You can go on whenever you like."))
        if self.later or not _editable(draft.participation):
            return redirect("application", draft.pk)
        order = draft.kind.steps
        return redirect(f"application_{order[order.index(self.name) + 1]}", draft.pk)

    def again(self, draft: Draft) -> HttpResponse:
        return redirect(f"application_{self.name}", draft.pk)


class AboutStep(Step):
    name = "about"

    def form(self, draft: Draft, typed: QueryDict | None, *, later: bool = False) -> AboutForm:
        participation = draft.participation
        return AboutForm(
            typed,
            participation=participation,
            kind=draft.kind,
            ties=ties.choosable(participation, facts.call(participation.cycle), timezone.localdate()),
            categories=list(participation.cycle.categories.all()),
            later=later,
        )

    def save(self, draft: Draft, form: AboutForm) -> None:
        participations.save(participation_id=draft.pk, values=form.values(), by=actor(self.request))


class CheckStep(Step):
    """What the rules find, each with the step that solves it; and handing in."""

    name = "check"

    def get(self, request: HttpRequest, application: int) -> HttpResponse:
        draft = self.draft(application)
        found = in_words(draft.findings, draft.participation)
        blocked = [finding for finding in found if finding["severity"] == Severity.BLOCKING]
        return self.page(draft, None, findings=found, blocked=blocked)

    def post(self, request: HttpRequest, application: int) -> HttpResponse:
        if self.later:
            return self.onward(self.draft(application))
        application_of(request, application, "participation.submit")
        try:
            handed_in = participations.submit(participation_id=application, by=actor(request), at=timezone.now())
        except Unmet:
            messages.error(request, _("It cannot be handed in yet: see what is missing below."))
            return redirect("application_check", application)
        except WrongState as refused:
            return self.late(application, refused)
        said = _("It was handed in. A letter that says so is on its way to you.")
        if handed_in.state == "accepted":
            said = _("It was handed in, meets the rules, and is public from now on.")
        messages.success(request, said)
        return redirect("application", application)

    def late(self, pk: int, refused: WrongState) -> HttpResponse:
        """A second click on the button is no mistake."""
        handed_in = ("submitted", "accepted")
        if Participation.objects.filter(pk=pk, submitted_by=person(self.request), state__in=handed_in).exists():
            messages.success(self.request, _("It was handed in already."))
        else:
            messages.error(self.request, refused.message)
        return redirect("application", pk)
