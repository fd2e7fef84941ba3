"""The review page: everything about one filing, and a button for each thing that may be done now.

Each button is a POST that calls one operation. What the operation refuses is said above, and what was typed stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from partnerships.admin.base import actor, show_refusal
from partnerships.choices import FilingState
from partnerships.exceptions import Invalid, RegistryError, Unmet
from partnerships.forms.staff import AskPartnerForm
from partnerships.models import Filing
from partnerships.rules import permissions, transitions
from partnerships.selectors import queue
from partnerships.selectors import review as selector
from partnerships.services import access, filings, partners, review
from partnerships.services.access import Actor


@dataclass(frozen=True)
class Move:
    """How a move of the table of transitions looks as a button. ``asks``: what has to be written, where it has to."""

    label: Any
    done: Any
    do: Callable[[int, Actor, date, str], object]
    asks: Any = ""
    primary: bool = False
    dangerous: bool = False


MOVES: dict[str, Move] = {
    "take": Move(
        _("Take into review"),
        _("You have this filing in review."),
        lambda pk, by, on, said: review.take(filing_id=pk, by=by),
        primary=True,
    ),
    "register": Move(
        _("Register"),
        _("Registered. Everybody concerned is told."),
        lambda pk, by, on, said: review.register(filing_id=pk, by=by, on=on),
        primary=True,
    ),
    "return": Move(
        _("Return for changes"),
        _("Returned. The people who filed are told what to change."),
        lambda pk, by, on, said: review.return_(filing_id=pk, by=by, comment=said),
        asks=_("What has to be changed? The people who filed read it."),
    ),
    "reject": Move(
        _("Reject"),
        _("Rejected. The people who filed are told why."),
        lambda pk, by, on, said: review.reject(filing_id=pk, by=by, reason=said),
        asks=_("Why is it rejected? The people who filed read it."),
        dangerous=True,
    ),
    "release": Move(
        _("Put back into the queue"),
        _("The filing waits for a reviewer again."),
        lambda pk, by, on, said: review.release(filing_id=pk, by=by),
    ),
    "submit": Move(
        _("Hand in"),
        _("Handed in. A second person reviews it."),
        lambda pk, by, on, said: filings.submit(filing_id=pk, by=by, on=on),
        primary=True,
    ),
    "withdraw": Move(
        _("Withdraw"),
        _("Withdrawn. It stays on file and is not decided."),
        lambda pk, by, on, said: filings.withdraw(filing_id=pk, by=by),
        dangerous=True,
    ),
    "annul": Move(
        _("Annul"),
        _("Annulled. The agreement stays visible, with the reason."),
        lambda pk, by, on, said: review.annul(filing_id=pk, by=by, on=on, reason=said),
        asks=_("Why was the registration an error? It is published."),
        dangerous=True,
    ),
}


#: What a refusal is to a program that reads the page; anything else is 422.
STATUSES = {"not-allowed": 403, "missing": 404, "wrong-state": 409}


@dataclass(frozen=True)
class Button:
    """A move as it stands on the page; ``said`` and ``errors`` where it was just refused."""

    name: str
    move: Move
    url: str
    said: str = ""
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """What was just tried in vain: which step, what was typed there, and the words of the refusal."""

    step: str
    typed: dict[str, str]
    error: RegistryError

    @property
    def errors(self) -> tuple[str, ...]:
        if isinstance(self.error, Invalid):
            return tuple(message for said in self.error.errors.values() for message in said)
        if isinstance(self.error, Unmet):
            return tuple(finding.text(gettext) for finding in self.error.findings)
        return (str(self.error.message),)


class ReviewPages(admin.ModelAdmin):
    """The page of a filing and the addresses of its buttons."""

    def get_urls(self) -> list[URLPattern]:
        def step(address: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
            wrapped = self.admin_site.admin_view(require_POST(view))
            return path(f"<int:pk>/{address}", wrapped, name=f"partnerships_filing_{name}")

        own = [
            step("move/<slug:name>/", self.move_view, "move"),
            step("waive/<slug:code>/", self.waive_view, "waive"),
            step("match/", self.match_view, "match"),
            step("ask/", self.ask_view, "ask"),
        ]
        return own + super().get_urls()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not object_id.isdecimal() or len(object_id) > 18:
            raise Http404
        return self.review_page(request, int(object_id))

    def move_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        if name not in MOVES:
            raise Http404
        move, by, said = MOVES[name], actor(request), request.POST.get("said", "")
        return self._step(
            request, pk, f"move-{name}", {"said": said}, lambda: move.do(pk, by, timezone.localdate(), said), move.done
        )

    def waive_view(self, request: HttpRequest, pk: int, code: str) -> HttpResponse:
        by, reason = actor(request), request.POST.get("reason", "")
        return self._step(
            request,
            pk,
            f"waive-{code}",
            {"reason": reason},
            lambda: review.waive(filing_id=pk, code=code, by=by, on=timezone.localdate(), reason=reason),
            gettext("The finding is waived."),
        )

    def match_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        by = actor(request)
        provisional, existing = (request.POST.get(name, "") for name in ("provisional", "existing"))
        if not (provisional + existing).isdecimal() or len(provisional + existing) > 18 or not existing:
            raise Http404
        return self._step(
            request,
            pk,
            "match",
            {},
            lambda: review.match_party(filing_id=pk, provisional_id=int(provisional), existing_id=int(existing), by=by),
            gettext("The party is now the community on record."),
        )

    def ask_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        filing, by = self._found(request, pk), actor(request)
        dossier = selector.dossier(filing, timezone.localdate())
        form = _ask_form(dossier, request.POST)
        if form.is_valid():
            try:
                partners.ask(
                    filing_id=pk,
                    jurisdiction_id=form.cleaned_data["jurisdiction"],
                    email=form.cleaned_data["email"],
                    language=form.cleaned_data["language"],
                    by=by,
                )
            except RegistryError as error:
                show_refusal(form, error)
            else:
                messages.success(request, gettext("The partner is asked by letter to confirm, correct or decline."))
                return HttpResponseRedirect(_page(pk))
        return self._render(request, dossier, by, ask_form=form)

    def _step(
        self,
        request: HttpRequest,
        pk: int,
        step: str,
        typed: dict[str, str],
        do: Callable[[], object],
        done: Any,
    ) -> HttpResponse:
        self._found(request, pk)
        try:
            do()
        except RegistryError as error:
            return self.review_page(request, pk, Refused(step, typed, error))
        messages.success(request, done)
        return HttpResponseRedirect(_page(pk))

    def _found(self, request: HttpRequest, pk: int) -> Filing:
        if not self.has_view_permission(request):
            raise PermissionDenied
        filing = selector.find(pk)
        if filing is None:
            raise Http404
        return filing

    def review_page(self, request: HttpRequest, pk: int, refused: Refused | None = None) -> HttpResponse:
        dossier = selector.dossier(self._found(request, pk), timezone.localdate())
        return self._render(request, dossier, actor(request), refused)

    def _render(
        self,
        request: HttpRequest,
        dossier: selector.Dossier,
        by: Actor,
        refused: Refused | None = None,
        ask_form: forms.Form | None = None,
    ) -> HttpResponse:
        filing, related = dossier.filing, access.relations(by, dossier.filing)
        buttons, obstacles = _buttons(filing, by, related, refused)
        reviewing = filing.state == FilingState.IN_REVIEW and filing.taken_by_id == request.user.pk
        may_ask = filing.state in queue.OPEN and permissions.allows("filing.ask-partner", by.roles, related)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": dossier.title,
            "dossier": dossier,
            "filing": filing,
            "buttons": buttons,
            "obstacles": obstacles,
            "refused": refused,
            "lost_words": _words_without_a_place(refused, buttons, filing),
            "may_waive": reviewing and permissions.allows("filing.waive", by.roles),
            "may_match": reviewing and permissions.allows("jurisdiction.match", by.roles),
            "may_edit_paper": filing.historical
            and filing.is_editable
            and permissions.allows("filing.edit", by.roles, related),
            "ask_form": ask_form or (_ask_form(dossier) if may_ask else None),
        }
        status = STATUSES.get(refused.error.code, 422) if refused else 422 if ask_form else 200
        return TemplateResponse(request, "admin/partnerships/review.html", context, status=status)


def _words_without_a_place(refused: Refused | None, buttons: list[Button], filing: Filing) -> str:
    """What was typed for a step that is not offered any more, so that it can be copied and is not lost."""
    if refused is None or any(refused.step == f"move-{button.name}" for button in buttons):
        return ""
    waiving = refused.step.startswith("waive-") and filing.state == FilingState.IN_REVIEW
    return "" if waiving else " ".join(refused.typed.values()).strip()


def _page(pk: int) -> str:
    return reverse("admin:partnerships_filing_change", args=[pk])


def _ask_form(dossier: selector.Dossier, typed: Any = None) -> AskPartnerForm:
    home = dossier.filing.on_behalf_of_id
    return AskPartnerForm(typed, parties=[(party.id, party.full_name) for party in dossier.parties if party.id != home])


def _buttons(
    filing: Filing, by: Actor, related: frozenset[str], refused: Refused | None
) -> tuple[list[Button], list[str]]:
    """What this person may do now, and in words what stands in the way of the rest that the role would allow."""
    buttons: list[Button] = []
    obstacles: list[str] = []
    for name in sorted(transitions.allowed_moves(filing.state), key=list(MOVES).index):
        against = review.refusal(filing, name, by, related)
        if against is None:
            url = reverse("admin:partnerships_filing_move", args=[filing.pk, name])
            here = refused if refused and refused.step == f"move-{name}" else None
            buttons.append(
                Button(
                    name,
                    MOVES[name],
                    url,
                    said=here.typed.get("said", "") if here else "",
                    errors=here.errors if here else (),
                )
            )
        elif permissions.allows(f"filing.{name}", by.roles, related) and against.message not in obstacles:
            obstacles.append(str(against.message))
    return buttons, obstacles
