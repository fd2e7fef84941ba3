"""Enter an agreement of old from its paper: one page, the same rules as for any filing.

What is valid is kept as a draft; documents are kept as soon as the filing exists, because a browser does not offer a
chosen file a second time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.admin.base import actor, may
from partnerships.choices import Act, AffiliationKind
from partnerships.exceptions import Invalid, RegistryError, Unmet
from partnerships.forms.paper import DocumentFormSet, PaperForm, PartyFormSet, SignatoryFormSet
from partnerships.models import Filing
from partnerships.rules import permissions
from partnerships.selectors import review as selector
from partnerships.services import access, documents, filings, paper, uploads
from partnerships.services.access import Actor


@dataclass
class Sheet:
    """The forms of the page, empty, filled from a draft, or as they were typed."""

    terms: PaperForm
    parties: BaseFormSet[Any]
    signatories: BaseFormSet[Any]
    papers: BaseFormSet[Any]
    filing: Filing | None
    #: What is wrong with a file, by its name: its line comes back empty.
    file_errors: list[str] = field(default_factory=list)
    general: list[str] = field(default_factory=list)

    @classmethod
    def typed(cls, request: HttpRequest, filing: Filing | None) -> Sheet:
        return cls(
            PaperForm(request.POST),
            PartyFormSet(request.POST, prefix="party"),
            SignatoryFormSet(request.POST, prefix="signatory"),
            DocumentFormSet(request.POST, request.FILES, prefix="document"),
            filing,
        )

    @classmethod
    def of(cls, filing: Filing | None) -> Sheet:
        if filing is None:
            return cls(
                PaperForm(),
                PartyFormSet(prefix="party", initial=[{}, {}]),
                SignatoryFormSet(prefix="signatory", initial=[{"party": 0}, {"party": 1}]),
                _papers([{"role": "signed_agreement"}, {"role": "resolution"}]),
                None,
            )
        places = list(filing.party_rows.values_list("jurisdiction_id", flat=True))
        lines = {pk: line for line, pk in enumerate(places)}
        signed = [
            {
                "party": lines.get(row.jurisdiction_id, 0),
                "name": row.name,
                "office": row.office,
                "capacity": row.capacity,
                "signed_on": row.signed_on,
            }
            for row in filing.signatories.all()
        ]
        terms = {**filing.terms(), "declared_by": lines.get(filing.declared_by_id or 0)}
        return cls(
            PaperForm(initial=terms),
            PartyFormSet(prefix="party", initial=[{"jurisdiction": pk} for pk in places] or [{}, {}]),
            SignatoryFormSet(prefix="signatory", initial=signed or [{"party": 0}, {"party": 1}]),
            _papers([{"role": "signed_agreement"}]),
            filing,
        )

    def is_valid(self) -> bool:
        """Of all but the files: each of them is judged for itself."""
        return all([self.terms.is_valid(), self.parties.is_valid(), self.signatories.is_valid()])

    def show(self, error: RegistryError) -> None:
        """Put the words of a refused operation at the line and field that they are about."""
        if not isinstance(error, Invalid):
            self.general.append(str(error.message))
            return
        named = [form for form in self.parties.forms if form.is_named]
        signed = [form for form in self.signatories.forms if form.has_changed()]
        for name, said in error.errors.items():
            part, _dash, rest = name.partition("-")
            line, _dash, within = rest.partition("-")
            rows = {"party": named, "signatory": signed}.get(part, [])
            form: forms.Form = rows[int(line)] if line.isdecimal() and int(line) < len(rows) else self.terms
            within = {"jurisdiction": "party"}.get(within, within) if part == "signatory" else within
            at = within if form is not self.terms else name
            if at in form.fields:
                form.add_error(at, list(said))
            else:
                self.general += said

    def attach(self, filing: Filing, by: Actor) -> None:
        """Keep each file that can be kept; of the others say why, and bring their line back without the file."""
        failed: list[dict[str, Any]] = []
        self.papers.is_valid()
        for form in self.papers.forms:
            if not form.has_changed():
                continue
            said = [message for messages_ in form.errors.values() for message in messages_]
            if not said:
                said = _attached(filing, by, form.cleaned_data)
            if said:
                failed.append({name: form[name].value() for name in ("role", "language", "public")})
                upload = form.files.get(form.add_prefix("file"))
                self.file_errors += [f"{uploads.shown_name(upload.name if upload else '')}: {' '.join(said)}"]
        self.papers = _papers([*failed, {"role": "resolution"}])


def _papers(initial: list[dict[str, Any]]) -> BaseFormSet[Any]:
    return DocumentFormSet(prefix="document", initial=initial)


def _attached(filing: Filing, by: Actor, typed: dict[str, Any]) -> list[str]:
    """What is wrong with the file; nothing where it is kept."""
    try:
        documents.attach(
            filing_id=filing.pk,
            by=by,
            upload=typed["file"],
            role=typed["role"],
            language=typed["language"],
            public=typed["public"],
        )
    except RegistryError as error:
        return [str(error.message)]
    return []


class PaperPages(admin.ModelAdmin):
    """The page on which clerks enter agreements from paper, and come back to them."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.paper_view)
        return [
            path("paper/", view, name="partnerships_filing_paper"),
            path("<int:pk>/paper/", view, name="partnerships_filing_paper_edit"),
            *super().get_urls(),
        ]

    def paper_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        if not may(request, "filing.enter"):
            raise PermissionDenied
        filing, by = selector.find(pk) if pk else None, actor(request)
        if pk and not (filing and _may_edit(filing, by)):
            messages.error(request, _("This filing cannot be changed here."))
            return HttpResponseRedirect(reverse("admin:partnerships_filing_changelist"))
        if request.method != "POST":
            return self._paper_page(request, Sheet.of(filing))
        sheet = Sheet.typed(request, filing)
        try:
            kept = _keep(request, sheet, by)
        except RegistryError as error:
            sheet.show(error)
            kept = None
        if kept is not None:
            return self._go_on(request, kept, by, hand_in="hand_in" in request.POST)
        return self._paper_page(request, sheet, status=422)

    def _go_on(self, request: HttpRequest, filing: Filing, by: Actor, *, hand_in: bool) -> HttpResponse:
        if not hand_in:
            messages.success(request, _("Kept as a draft."))
            return HttpResponseRedirect(reverse("admin:partnerships_filing_paper_edit", args=[filing.pk]))
        try:
            filings.submit(filing_id=filing.pk, by=by, on=timezone.localdate())
        except Unmet:
            messages.error(request, _("Kept as a draft. Before it can be handed in, solve what is said below."))
        except RegistryError as error:
            messages.error(request, _("Kept as a draft, not handed in: %(why)s") % {"why": error.message})
        else:
            messages.success(request, _("Handed in. A second person reviews it."))
            return HttpResponseRedirect(reverse("admin:partnerships_filing_change", args=[filing.pk]))
        return HttpResponseRedirect(reverse("admin:partnerships_filing_paper_edit", args=[filing.pk]))

    def _paper_page(self, request: HttpRequest, sheet: Sheet, status: int = 200) -> HttpResponse:
        filing = sheet.filing
        title = _("Enter from paper: %(filing)s") % {"filing": filing} if filing else _("Enter from paper")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "filing": filing,
            "sheet": sheet,
            "dossier": selector.dossier(filing, timezone.localdate()) if filing else None,
            "media": self.media + sheet.parties.media,
        }
        return TemplateResponse(request, "admin/partnerships/paper.html", context, status=status)


def _keep(request: HttpRequest, sheet: Sheet, by: Actor) -> Filing | None:
    """The filing with everything that was typed, or ``None`` where something has to be put right first."""
    valid = sheet.is_valid()
    if sheet.filing is None and (valid or request.FILES):
        sheet.filing = _started(sheet, by)
    if sheet.filing is not None:
        _take_off(request, sheet.filing, by)
        sheet.attach(sheet.filing, by)
    if not valid or sheet.filing is None:
        return None
    kept = paper.write(
        filing_id=sheet.filing.pk,
        by=by,
        communities=[form.community() for form in sheet.parties.forms if form.is_named],
        terms=sheet.terms.terms(),
        signatories=[
            paper.PaperSignatory(**form.cleaned_data) for form in sheet.signatories.forms if form.has_changed()
        ],
        declared_by=sheet.terms.cleaned_data["declared_by"],
    )
    return None if sheet.file_errors else kept


def _may_edit(filing: Filing, by: Actor) -> bool:
    related = access.relations(by, filing)
    return filing.historical and filing.is_editable and permissions.allows("filing.edit", by.roles, related)


def _started(sheet: Sheet, by: Actor) -> Filing:
    """A draft even where something is wrong with the rest: the files that came with it are kept."""
    typed = getattr(sheet.terms, "cleaned_data", {})
    return filings.start(
        by=by, act=typed.get("act") or Act.ESTABLISH, kind=typed.get("kind") or AffiliationKind.SISTER, historical=True
    )


def _take_off(request: HttpRequest, filing: Filing, by: Actor) -> None:
    chosen = {int(pk) for pk in request.POST.getlist("remove") if pk.isdecimal() and len(pk) < 18}
    for pk in filing.documents.filter(pk__in=chosen).values_list("pk", flat=True):
        documents.remove(document_id=pk, by=by)
