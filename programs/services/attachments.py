"""Files of an application: checked by content, private, published by staff as copies without hidden details.

The name that somebody's computer gave a file may be a child's: it is shown to those who may see the file, and kept out
of the ledger and of everything public.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.exceptions import Invalid, Missing, WrongState
from partnerships.rules.files import EXTENSIONS
from partnerships.services import access, ledger, register, uploads
from partnerships.services.access import Actor
from programs.choices import EDITABLE_STATES, AttachmentRole, DeliverableState, EntryState, ParticipationState
from programs.kinds import kind_of
from programs.models import Attachment, Deliverable, Entry, Participation, Person
from programs.rules import copies
from programs.services import participations, publications, rights

MOST_ATTACHMENTS = 300
BATCH = 500
_STALE_COPY = Q(public=False) & ~Q(public_copy="")
#: What can be handed in after the application was: how it went, and consents that came late.
LATER_ROLES = (
    AttachmentRole.REPORT,
    AttachmentRole.DELIVERABLE,
    AttachmentRole.PHOTOGRAPH,
    AttachmentRole.CONSENT_FORM,
    AttachmentRole.OTHER,
)
LATER_STATES = (
    ParticipationState.SUBMITTED,
    ParticipationState.FINALIST,
    ParticipationState.ACCEPTED,
    ParticipationState.COMPLETED,
)


def roles(participation: Participation) -> tuple[str, ...]:
    """What can be attached to the application now, in the order of the list."""
    kind = kind_of(participation.cycle.program.kind)
    if participation.state in EDITABLE_STATES:
        own: tuple[str, ...] = (*kind.attachment_roles, AttachmentRole.CONSENT_FORM)
    else:
        own = LATER_ROLES if participation.state in LATER_STATES else ()
    consents = bool(kind.person_roles)
    return tuple(
        role for role in AttachmentRole.values if role in own and (consents or role != AttachmentRole.CONSENT_FORM)
    )


@transaction.atomic
def attach(
    *,
    participation_id: int,
    upload: File,
    role: str,
    by: Actor,
    entry_id: int | None = None,
    person_id: int | None = None,
) -> Attachment:
    """Keep a file with an application, with one of its works, or as the consent form of one of its people.

    Private until staff publish it. The same form again, for another consent of the same person, is kept once. Raises
    ``Invalid`` at ``file``, ``role``, ``entry_id`` or ``person_id``, and ``WrongState``; nothing is kept then.
    """
    participation = participations.locked(participation_id)
    access.require(by, "attachment.edit", rights.relations(by, participation))
    possible = roles(participation)
    if not possible:
        raise WrongState(_("Files can no longer be added to this application."))
    if role not in possible:
        raise Invalid({"role": [_("Choose what this file is.")]})
    if participation.attachments.count() >= MOST_ATTACHMENTS:
        raise Invalid({"file": [_("An application holds at most %(most)s files.") % {"most": MOST_ATTACHMENTS}]})
    entry, person = _entry(participation, entry_id), _person(participation, person_id, role)
    checked = uploads.check(upload)
    if person and (kept := person.forms.filter(sha256=checked.sha256).first()):
        return kept
    attachment = _keep(
        Attachment(participation=participation, entry=entry, person=person, role=role), checked, upload, by
    )
    if participation.state in EDITABLE_STATES:
        participations.touch(participation)
    detail = {"participation": participation.pk, "entry": entry.pk if entry else None, "sha256": attachment.sha256}
    ledger.record(subject=attachment, act="attachment.attached", by=by, now=role, detail=detail)
    return attachment


def _entry(participation: Participation, entry_id: int | None) -> Entry | None:
    if entry_id is None:
        return None
    entry = Entry.objects.filter(pk=entry_id, participation=participation).exclude(state=EntryState.WITHDRAWN).first()
    if entry is None:
        raise Invalid({"entry_id": [_("Choose a work of this application.")]})
    return entry


def _person(participation: Participation, person_id: int | None, role: str) -> Person | None:
    if person_id is None:
        return None
    person = Person.objects.filter(pk=person_id, participation=participation, erased_at__isnull=True).first()
    if person is None or role != AttachmentRole.CONSENT_FORM:
        raise Invalid({"person_id": [_("Choose somebody of this application whose consent form this is.")]})
    return person


def _keep(attachment: Attachment, checked: uploads.Checked, upload: File, by: Actor) -> Attachment:
    attachment.original_name, attachment.sha256, attachment.size = checked.name, checked.sha256, checked.size
    attachment.media_type, attachment.pages, attachment.uploaded_by = checked.media_type, checked.pages, by.user
    try:
        with transaction.atomic():
            attachment.file.save(checked.stored_name, upload, save=False)
            attachment.save()
    except IntegrityError:
        attachment.file.delete(save=False)
        raise Invalid({"file": [_("This file is already attached.")]}) from None
    return attachment


@transaction.atomic
def remove(*, attachment_id: int, by: Actor) -> Participation:
    """Take a file off; its content is erased. What was handed in stays, but for consent forms attached by mistake.

    Raises ``Missing`` and ``WrongState``.
    """
    register.lock()
    attachment, participation = locked(attachment_id)
    access.require(by, "attachment.edit", rights.relations(by, participation))
    if participation.state not in EDITABLE_STATES and attachment.role not in roles(participation):
        raise WrongState(_("The files of this application can no longer be changed."))
    if Deliverable.objects.filter(attachment=attachment).exclude(state=DeliverableState.PROMISED).exists():
        raise WrongState(_("This file is part of what was delivered."))
    was_public, attachment.public = attachment.public, False
    attachment.removed_at = timezone.now()
    attachment.save(update_fields=["public", "removed_at"])
    sweep_later(attachment)
    detail = {"participation": participation.pk, "sha256": attachment.sha256}
    ledger.record(subject=attachment, act="attachment.removed", by=by, was=attachment.role, detail=detail)
    if participation.state in EDITABLE_STATES:
        participations.touch(participation)
    if was_public:
        publications.changed(participation)
    return participation


@transaction.atomic
def publish(*, attachment_id: int, public: bool, by: Actor) -> Attachment:
    """Staff decide whether the public gets the file once the application is public: as a copy without hidden details.

    A work of a student shows only while there is consent to publish it besides. Consent forms are never public. Raises
    ``Invalid`` at ``public``.
    """
    access.require(by, "attachment.publish")
    register.lock()
    attachment, participation = locked(attachment_id)
    if attachment.role == AttachmentRole.CONSENT_FORM and public:
        raise Invalid({"public": [_("A signed consent form is never public.")]})
    was = attachment.public
    if was == public:
        return attachment
    attachment.public = public
    if public:
        _copy(attachment)
    attachment.save(update_fields=["public", "public_copy", "public_type"])
    sweep_later(attachment)
    detail = {"participation": participation.pk}
    ledger.record(subject=attachment, act="attachment.publish", by=by, was=was, now=public, detail=detail)
    publications.changed(participation)
    return attachment


def _copy(attachment: Attachment) -> None:
    try:
        with attachment.file.open("rb") as opened:
            made = copies.of(opened, attachment.media_type)  # type: ignore[arg-type]
    except copies.Uncopied as error:
        raise Invalid({"public": [_(str(error))]}) from error
    name = f"{attachment.pk}{EXTENSIONS[made.media_type]}"
    attachment.public_copy.save(name, ContentFile(made.content), save=False)
    attachment.public_type = made.media_type


@transaction.atomic
def look(*, attachment_id: int, by: Actor) -> Attachment:
    """A file for somebody who may see it; each look by staff is recorded.

    Signed consent forms are for those who may know the people; other files for jurors without a conflict besides.
    Raises ``Missing`` and ``NotAllowed``.
    """
    attachment = (
        Attachment.objects.select_related(
            "participation__cycle__program",
            "participation__jurisdiction",
            "participation__affiliation__first",
            "participation__affiliation__second",
        )
        .filter(pk=attachment_id)
        .first()
    )
    if attachment is None:
        raise Missing(_("There is no such file."))
    verb = "person.view" if attachment.role == AttachmentRole.CONSENT_FORM else "attachment.view"
    access.require(by, verb, rights.relations(by, attachment.participation))
    if by.is_staff:
        detail = {"participation": attachment.participation_id}
        ledger.record(subject=attachment, act="attachment.viewed", by=by, now=attachment.role, detail=detail)
    return attachment


def locked(attachment_id: int) -> tuple[Attachment, Participation]:
    """The file and its application for this transaction alone; raises ``Missing``."""
    found = Attachment.objects.filter(pk=attachment_id).values_list("participation", flat=True).first()
    if found is None:
        raise Missing(_("There is no such file."))
    participation = participations.locked(found)
    attachment = Attachment.objects.select_for_update().filter(pk=attachment_id).first()
    if attachment is None:
        raise Missing(_("There is no such file."))
    return attachment, participation


def sweep_later(attachment: Attachment) -> None:
    """Erase what is due of this file as soon as the change stands; if that fails, the periodic duty does it."""
    pk = attachment.pk
    transaction.on_commit(lambda: sweep([pk]), robust=True)


def sweep(only: Iterable[int] | None = None) -> int:
    """Erase from the storage what was taken off, and copies that are published no more; answers how many rows.

    The content goes first and the row says so after: a row never claims that something is gone which is still there.
    """
    due = Attachment.everything.filter(Q(removed_at__isnull=False, erased_at__isnull=True) | _STALE_COPY)
    if only is not None:
        due = due.filter(pk__in=only)
    swept = 0
    for attachment in due.order_by("pk")[:BATCH]:
        forget(attachment.public_copy)
        values: dict[str, Any] = {"public_copy": "", "public_type": ""}
        if attachment.removed_at is not None:
            forget(attachment.file)
            values |= {"file": "", "original_name": "", "erased_at": timezone.now()}
        swept += Attachment.everything.filter(pk=attachment.pk, public=False).update(**values)
    return swept


def empty(attachment: Attachment) -> None:
    """Erase the content at once and for good; hash, size and role stay. Nobody learns what the file was called."""
    forget(attachment.public_copy)
    forget(attachment.file)
    Attachment.everything.filter(pk=attachment.pk).update(
        file="", public_copy="", public_type="", public=False, original_name="", erased_at=timezone.now()
    )


def forget(kept: FieldFile) -> None:
    """Delete the content; what is gone already does no harm."""
    if kept:
        kept.storage.delete(str(kept.name))
