"""The steps that hold lists: communities, those who signed, documents; and the last one, which hands in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.choices import Severity
from partnerships.exceptions import Invalid, Unmet, WrongState
from partnerships.forms.filing import AttachForm
from partnerships.forms.parties import NEW, CommunityForm, LookupForm
from partnerships.forms.refusals import accepted
from partnerships.forms.signatories import Signatories
from partnerships.models import Filing
from partnerships.selectors import lookup
from partnerships.services import documents, filings, parties
from partnerships.services.filings import SignatoryRow
from partnerships.views.findings import in_words
from partnerships.views.sessions import actor, kept, person
from partnerships.views.steps import Draft, Step


class PartiesStep(Step):
    """Look a community up and choose it, or describe one that is in no list. Works the same without a script: the
    look-up is a button then, and what it finds are radio buttons."""

    name = "parties"

    def form(self, draft: Draft, typed: QueryDict | None, *, later: bool = False) -> LookupForm:
        return LookupForm(typed)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft, typed = self.draft(pk), kept(request)
        new = typed is not None and typed.get("do") == "add-new"
        return self.page(draft, LookupForm(None if new else typed), new=CommunityForm(typed) if new else None)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft, do = self.draft(pk), request.POST.get("do", "")
        if do.startswith("remove-") and do[7:].isdecimal():
            parties.remove(filing_id=pk, by=actor(request), jurisdiction_id=int(do[7:][:18]))
            return self.again(draft)
        return self.add_new(draft) if do == "add-new" else self.look_up(draft, do)

    def look_up(self, draft: Draft, do: str) -> HttpResponse:
        typed = self.request.POST.get("name", "")
        if do == NEW:
            return self.page(draft, LookupForm(), new=CommunityForm(initial={"name": typed}))
        if not typed.strip() and not do:
            return self.onward(draft)
        form = LookupForm(self.request.POST)
        if not form.is_valid():
            return self.page(draft, form)
        name, picked = form.cleaned_data["name"], form.picked()
        if picked == NEW:
            return self.page(draft, LookupForm(), new=CommunityForm(initial={"name": name}))
        if picked and do != "find":
            by, pk = actor(self.request), draft.filing.pk
            if accepted(form, lambda: parties.add(filing_id=pk, by=by, choice=picked), choice="name"):
                return self.again(draft) if do == "add" else self.onward(draft)
            return self.page(draft, form)
        return self.offer(draft, name)

    def offer(self, draft: Draft, name: str) -> HttpResponse:
        found = lookup.find(name, by=person(self.request))
        return self.page(draft, LookupForm.offering(name, found), found=len(found))

    def add_new(self, draft: Draft) -> HttpResponse:
        form, by, pk = CommunityForm(self.request.POST), actor(self.request), draft.filing.pk
        if form.is_valid() and accepted(form, lambda: parties.add_new(filing_id=pk, by=by, values=form.cleaned_data)):
            return self.again(draft)
        return self.page(draft, LookupForm(), new=form)


class SignatoriesStep(Step):
    name = "signatories"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft, typed = self.draft(pk), kept(request)
        return self.page(draft, Signatories(draft.parties, list(draft.filing.signatories.all()), typed))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft = self.draft(pk)
        wish = request.POST.get("do", "")
        lines = Signatories(draft.parties, [], request.POST, wish)
        if wish or not lines.is_valid():
            return self.page(draft, lines)
        rows = [SignatoryRow(**row) for row in lines.rows()]
        try:
            filings.save_signatories(filing_id=pk, by=actor(request), rows=rows)
        except Invalid as invalid:
            return self.page(draft, lines, also=lines.refuse(invalid.errors))
        return self.onward(draft)


class DocumentsStep(Step):
    """One file at a time. "Continue" attaches what was chosen, too."""

    name = "documents"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft = self.draft(pk)
        return self.with_documents(draft, kept(request))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft, do = self.draft(pk), request.POST.get("do", "")
        if do.startswith("remove-") and do[7:].isdecimal():
            self.remove(draft.filing, int(do[7:][:18]))
            return self.again(draft)
        if not request.FILES and do != "attach":
            return self.onward(draft)
        form = AttachForm(request.POST, request.FILES, filing=draft.filing, kept=())
        if form.is_valid() and accepted(form, lambda: self.attach(draft.filing, form.cleaned_data)):
            messages.success(request, _("The document was attached."))
            return self.again(draft) if do == "attach" else self.onward(draft)
        return self.with_documents(draft, None, form)

    def attach(self, filing: Filing, said: dict[str, Any]) -> None:
        documents.attach(
            filing_id=filing.pk,
            by=actor(self.request),
            upload=said["file"],
            role=said["role"],
            language=said["language"],
            public=said["public"],
        )

    def remove(self, filing: Filing, document_id: int) -> None:
        """Only of this filing; one that is gone already stays gone."""
        if filing.documents.filter(pk=document_id).exists():
            documents.remove(document_id=document_id, by=actor(self.request))
            messages.success(self.request, _("The document was removed."))

    def with_documents(self, draft: Draft, typed: QueryDict | None, form: AttachForm | None = None) -> HttpResponse:
        there = list(draft.filing.documents.all())
        return self.page(draft, form or AttachForm(typed, filing=draft.filing, kept=there), documents=there)


class CheckStep(Step):
    """What the rules find, each with the step that solves it; and handing in."""

    name = "check"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft = self.draft(pk)
        return self.with_findings(draft)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.later:
            return self.onward(self.draft(pk))
        try:
            filings.submit(filing_id=pk, by=actor(request), on=timezone.localdate())
        except Unmet:
            messages.error(request, _("It cannot be handed in yet: see what is missing below."))
            return redirect("filing_check", pk)
        except WrongState as refused:
            return self.late(pk, refused)
        messages.success(request, _("The filing was handed in. A letter that says so is on its way to you."))
        return redirect("filing", pk)

    def late(self, pk: int, refused: WrongState) -> HttpResponse:
        """A second click on the button is no mistake; that another filing was first is one to be told."""
        if Filing.objects.filter(pk=pk, submitted_by=person(self.request), state="submitted").exists():
            messages.success(self.request, _("The filing was handed in already."))
            return redirect("filing", pk)
        messages.error(self.request, refused.message)
        return redirect("filing", pk)

    def with_findings(self, draft: Draft) -> HttpResponse:
        found = in_words(draft.findings, draft.filing)
        blocked = [finding for finding in found if finding["severity"] == Severity.BLOCKING]
        filing = draft.filing
        return self.page(
            draft,
            None,
            findings=found,
            blocked=blocked,
            signatories=filing.signatories.select_related("jurisdiction"),
            documents=filing.documents.all(),
        )
