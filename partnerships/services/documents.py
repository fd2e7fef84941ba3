"""Files that prove an act: checked, hashed, attached, taken off again while a filing is open."""

from __future__ import annotations

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.choices import DocumentRole
from partnerships.exceptions import Invalid, Missing, WrongState
from partnerships.models import Document, Filing
from partnerships.services import access, filings, ledger, register, uploads
from partnerships.services.access import Actor

MOST_DOCUMENTS = 30


@transaction.atomic
def attach(
    *,
    filing_id: int,
    by: Actor,
    upload: File,
    role: str,
    language: str = "",
    public: bool = True,
    sha256: str = "",
) -> Document:
    """Keep a file with a filing. Raises ``Invalid`` at ``file``, ``role`` or ``sha256``, which is what the file has to
    have where it is given; nothing is kept then."""
    filing = filings.locked(filing_id)
    access.require(by, "filing.edit", access.relations(by, filing))
    if not filing.is_editable:
        raise WrongState(_("Documents can no longer be added to this filing."))
    if role not in DocumentRole.values:
        raise Invalid({"role": [_("Choose what this document is.")]})
    if filing.documents.count() >= MOST_DOCUMENTS:
        raise Invalid({"file": [_("A filing holds at most %(most)s documents.") % {"most": MOST_DOCUMENTS}]})
    checked = _checked(upload, sha256)
    document = Document(
        filing=filing,
        role=role,
        language=language,
        original_name=checked.name,
        sha256=checked.sha256,
        size=checked.size,
        media_type=checked.media_type,
        pages=checked.pages,
        public=public,
        uploaded_by=by.user,
    )
    try:
        with transaction.atomic():
            document.file.save(checked.stored_name, upload, save=False)
            document.save()
    except IntegrityError as error:
        document.file.delete(save=False)
        raise Invalid({"file": [_("This file is already attached.")]}) from error
    _touch(filing)
    ledger.record(
        subject=filing,
        act="document.attached",
        by=by,
        now=document.original_name,
        detail={"sha256": checked.sha256},
    )
    return document


def _checked(upload: File, sha256: str) -> uploads.Checked:
    checked = uploads.check(upload)
    if sha256 and sha256.lower() != checked.sha256:
        message = _("Another file arrived than was sent: its SHA-256 is %(is)s.")
        raise Invalid({"sha256": [message % {"is": checked.sha256}]})
    return checked


def _touch(filing: Filing) -> None:
    filing.revision += 1
    filing.save(update_fields=["revision", "saved_at"])


@transaction.atomic
def remove(*, document_id: int, by: Actor) -> Filing:
    """Take a document off a filing that is still open. It is no longer shown; the file itself is kept."""
    document = Document.objects.filter(pk=document_id).first()
    if document is None:
        raise Missing(_("There is no such document."))
    filing = filings.locked(document.filing_id)
    access.require(by, "filing.edit", access.relations(by, filing))
    if not filing.is_editable:
        raise WrongState(_("The documents of this filing can no longer be changed."))
    document.removed_at = timezone.now()
    document.save(update_fields=["removed_at"])
    _touch(filing)
    ledger.record(subject=filing, act="document.removed", by=by, was=document.original_name)
    return filing


@transaction.atomic
def publish(*, document_id: int, by: Actor, public: bool) -> Document:
    """Staff decide whether a document of a filing is shown to the public once it is registered."""
    access.require(by, "document.publish")
    register.lock()
    document = Document.objects.select_for_update().filter(pk=document_id).first()
    if document is None:
        raise Missing(_("There is no such document."))
    was, document.public = document.public, public
    document.save(update_fields=["public"])
    ledger.record(subject=document, act="document.publish", by=by, was=was, now=public)
    agreement = document.filing.agreement
    if agreement is not None and was != public:
        register.append(
            event="document.published" if public else "document.withheld",
            subject=f"agreements/{agreement.number}",
            payload={"number": agreement.number, "sha256": document.sha256, "role": document.role},
        )
    return document
