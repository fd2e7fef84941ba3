"""Filings: written by representatives, moved by them and by staff, through the operations of form and admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import Http404
from django.utils import timezone
from django.utils.http import parse_etags, quote_etag
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from partnerships.api import addresses, paging, problems
from partnerships.api.parsers import FormWithFile
from partnerships.api.problems import Fault, Unusable
from partnerships.api.serializers.filings import (
    FilingChangeSerializer,
    FilingSerializer,
    FilingStartSerializer,
    SaidSerializer,
    UploadSerializer,
    WaiverSerializer,
)
from partnerships.api.views import filing_words as words
from partnerships.api.views.writing import Private
from partnerships.choices import AffiliationKind, Role, TokenScope
from partnerships.exceptions import NotAllowed
from partnerships.filters.filings import FilingFilter
from partnerships.filters.questions import PAGING
from partnerships.models import Filing
from partnerships.rules import transitions
from partnerships.rules.findings import Finding
from partnerships.selectors import filing_rows
from partnerships.services import access, documents, drafts, filings, review
from partnerships.services.access import Actor

DRY_RUN = ("dry_run",)


def told(filing_id: int, status: int = 200) -> Response:
    """The filing as it stands now, with its version."""
    row = filing_rows.one(filing_id)
    if row is None:
        raise Http404
    return Response(FilingSerializer(row).data, status=status, headers={"ETag": quote_etag(row.filing.version)})


def findings(found: tuple[Finding, ...]) -> Response:
    return Response({"findings": [problems.of_finding(one).told() for one in found]})


class OfFiling(Private):
    """Something of one filing: of others it is as if there were none."""

    def filing(self, pk: str) -> Filing:
        found = Filing.objects.filter(pk=int(pk)).first()
        if found is None:
            raise Http404
        try:
            access.require(self.by, "filing.view", access.relations(self.by, found))
        except NotAllowed as error:
            raise Http404 from error
        return found

    def changing(self, pk: str, act: Callable[[], object]) -> None:
        """Do it, if it still is as ``If-Match`` says; without that header, as it is."""
        given = self.request.headers.get("If-Match", "*").strip()
        versions = None if given == "*" else [tag[1:-1] for tag in parse_etags(given) if tag.startswith('"')]
        drafts.unchanged(filing_id=int(pk), versions=versions, act=act)


@words.described_list
class FilingList(Private):
    """Those of the communities that you represent; a token of staff also sees whatever was handed in."""

    question = FilingFilter
    known: ClassVar[dict[str, tuple[str, ...]]] = {"GET": PAGING, "POST": DRY_RUN}

    def get(self, request: Request) -> Response:
        asked = self.asked()
        states: Any = asked.filter.states
        whose: dict[str, Any] = {"on": timezone.localdate(), "staff": self.is_staff, "states": states}
        user: Any = request.user
        size, cursor = asked.size or paging.USUAL_SIZE, paging.cursor_of(request, asked.cursor)
        found = filing_rows.page(user, size=size, cursor=cursor, **whose)
        results = FilingSerializer(found.rows, many=True).data
        count = filing_rows.count(user, **whose)
        return Response(paging.envelope(request, results, count, following=found.next, before=found.previous))

    def post(self, request: Request) -> Any:
        """Begin a draft. With ``dry_run`` nothing is kept, and the findings are told."""
        self.asked()
        said = self.read(FilingStartSerializer)
        known = said.validated_data

        def begun() -> Filing:
            return drafts.create(
                by=self.by,
                act=known["act"],
                kind=known.get("kind", AffiliationKind.SISTER),
                jurisdiction_id=known["jurisdiction"],
                affiliation=known.get("affiliation", ""),
                written=said.written,
            )

        if self.is_rehearsal:
            return findings(drafts.rehearse(begun, on=timezone.localdate()))
        return self.once(lambda: self._made(begun()))

    def _made(self, filing: Filing) -> Response:
        answer = told(filing.pk, status=201)
        answer["Location"] = addresses.filing(filing.pk)
        return answer


@words.described_one
class FilingDetail(OfFiling):
    """One filing with everything that is on file of it."""

    known: ClassVar[dict[str, tuple[str, ...]]] = {"PATCH": DRY_RUN}

    def get(self, request: Request, id: str) -> Response:
        self.asked()
        return told(self.filing(id).pk)

    def patch(self, request: Request, id: str) -> Response:
        """Change what is given while it is a draft or was returned. With ``dry_run`` nothing is kept."""
        self.asked()
        self.filing(id)
        written = self.read(FilingChangeSerializer).written

        def change() -> Filing:
            return drafts.write(filing_id=int(id), by=self.by, written=written)

        if self.is_rehearsal:
            return findings(drafts.rehearse(change, on=timezone.localdate()))
        self.changing(id, change)
        return told(int(id))


@words.described_findings
class FilingFindings(OfFiling):
    """What the recognition rules find as it stands now."""

    def get(self, request: Request, id: str) -> Response:
        self.asked()
        return findings(filings.check(self.filing(id), on=timezone.localdate()))


@words.described_documents
class FilingDocuments(OfFiling):
    parser_classes = [FormWithFile]

    def post(self, request: Request, id: str) -> Any:
        """Attach a file. It is judged by its content; with ``sha256`` it also has to be the one that was sent."""
        self.asked()
        self.filing(id)
        said = self.read(UploadSerializer).validated_data
        return self.once(lambda: self._attached(id, said))

    def _attached(self, pk: str, said: dict[str, Any]) -> Response:
        values = {name: said[name] for name in ("role", "language", "public", "sha256") if name in said}
        upload = said["file"]
        self.changing(pk, lambda: documents.attach(filing_id=int(pk), by=self.by, upload=upload, **values))
        return told(int(pk), status=201)


@words.described_document
class FilingDocument(OfFiling):
    def delete(self, request: Request, id: str, document: str) -> Response:
        """Take a document off a draft."""
        self.asked()
        if not self.filing(id).documents.filter(pk=int(document)).exists():
            raise Http404
        self.changing(id, lambda: documents.remove(document_id=int(document), by=self.by))
        return Response(status=204)


#: What does each move of the table of transitions; ``comment`` is what was said with it.
DOES: dict[str, Callable[[int, Actor, str], object]] = {
    "submit": lambda pk, by, comment: filings.submit(filing_id=pk, by=by, on=timezone.localdate()),
    "withdraw": lambda pk, by, comment: filings.withdraw(filing_id=pk, by=by, comment=comment),
    "take": lambda pk, by, comment: review.take(filing_id=pk, by=by),
    "release": lambda pk, by, comment: review.release(filing_id=pk, by=by, comment=comment),
    "return": lambda pk, by, comment: review.return_(filing_id=pk, by=by, comment=comment),
    "register": lambda pk, by, comment: review.register(filing_id=pk, by=by, on=timezone.localdate()),
    "reject": lambda pk, by, comment: review.reject(filing_id=pk, by=by, reason=comment),
    "annul": lambda pk, by, comment: review.annul(filing_id=pk, by=by, on=timezone.localdate(), reason=comment),
}
#: Moves with which nothing can be said.
SILENT = ("submit", "take", "register")


class FilingMove(OfFiling):
    """One move of a filing; each has an address of its own (``words.described_move``)."""

    move: ClassVar[str]

    def scope_of(self, method: str | None) -> str:
        row = transitions.TRANSITIONS[self.move]
        return TokenScope.STAFF if row.who & set(Role.values) else super().scope_of(method)

    def post(self, request: Request, id: str) -> Any:
        self.asked()
        filing = self.filing(id)
        comment = self.read(SaidSerializer).validated_data.get("comment", "") if request.data else ""
        if comment and self.move in SILENT:
            raise Unusable([Fault("comment", "unknown-field", _("Nothing can be said with this."))])
        if self.move == "submit" and self.is_rehearsal:
            access.require(self.by, "filing.submit", access.relations(self.by, filing))
            transitions.after(filing.state, "submit")
            return findings(filings.check(filing, on=timezone.localdate()))
        return self.once(lambda: self._moved(id, comment))

    def _moved(self, pk: str, comment: str) -> Response:
        self.changing(pk, lambda: DOES[self.move](int(pk), self.by, comment))
        return told(int(pk))


def _view(move: str) -> type[FilingMove]:
    known = {"POST": DRY_RUN} if move == "submit" else {}
    made: type[FilingMove] = type(f"Filing{move.title()}", (FilingMove,), {"move": move, "known": known})
    described: type[FilingMove] = words.described_move(move)(made)
    return described


MOVES = {move: _view(move) for move in DOES}


@words.described_waiver
class FilingWaiver(OfFiling):
    def scope_of(self, method: str | None) -> str:
        return TokenScope.STAFF

    def post(self, request: Request, id: str) -> Any:
        """Set a waivable finding aside for a written reason, while the filing is in your review."""
        self.asked()
        self.filing(id)
        said = self.read(WaiverSerializer).validated_data
        return self.once(lambda: self._waived(id, said))

    def _waived(self, pk: str, said: dict[str, str]) -> Response:
        values = {"code": said["code"], "reason": said["reason"], "on": timezone.localdate()}
        self.changing(pk, lambda: review.waive(filing_id=int(pk), by=self.by, **values))  # type: ignore[arg-type]
        return told(int(pk))
