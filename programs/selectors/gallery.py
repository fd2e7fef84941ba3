"""What everybody may see of people and their works: as much as consent allows, asked in the query itself.

A name, a title or a file without consent never leaves the database, so no page, answer or file can show it by mistake.
Whatever is here is stamped by the register's head, which moves with each consent and its withdrawal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When

from partnerships.rules.files import EXTENSIONS, PICTURES
from partnerships.selectors.gathered import Gathered
from programs.choices import AttachmentRole, ConsentGiver, ConsentUse
from programs.models import Attachment, Consent, Entry, Participation, Person, Prize
from programs.rules.entries import PUBLIC
from programs.selectors import paging

MOST_ROWS = 100
#: Of works: winners before finalists.
_ORDER = ("-state", "category__position", "age_group__low", "pk")


@dataclass(frozen=True)
class PublicFile:
    """A file that everybody may have; ``name`` is the registry's own, never the one of somebody's computer."""

    id: int
    role: str
    name: str
    media_type: str

    @property
    def is_picture(self) -> bool:
        """Whether a page can show it in place."""
        return self.media_type in PICTURES


@dataclass(frozen=True)
class Work:
    """A finalist or winner. ``title``, ``statement``, ``url`` and ``files`` are empty without consent to publish the
    work, ``first_name`` and ``town`` without consent to publish those."""

    entry: int
    participation: int
    state: str
    category: str
    age_group: str
    community_id: int
    community: str
    country: str
    fictional: bool
    title: str
    statement: str
    url: str
    first_name: str
    town: str
    prizes: tuple[str, ...] = ()
    files: tuple[PublicFile, ...] = field(default=())


@dataclass(frozen=True)
class PublicPerson:
    """Somebody who takes part, as far as consent allows; the name is the first name, or of adults the full one."""

    role: str
    name: str
    town: str


def _may(person: str, use: str, **more: Any) -> Exists:
    """Whether a consent to this use is open."""
    return Exists(Consent.objects.filter(person=OuterRef(person), use=use, withdrawn_at__isnull=True, **more))


def _if(allowed: str, column: str) -> Case:
    return Case(When(**{allowed: True}, then=F(column)), default=Value(""), output_field=TextField())


def _public_entries() -> QuerySet[Any]:
    public = Participation.objects.public().filter(pk=OuterRef("participation"))
    return Entry.objects.filter(Exists(public), state__in=PUBLIC)


def works_of(
    *,
    cycle_id: int | None = None,
    participation_ids: Sequence[int] | None = None,
    start: int = 0,
    most: int = MOST_ROWS,
) -> list[Work]:
    """Finalists and winners of a cycle or of some participations, winners first: one statement, at most 100."""
    found = _public_entries()
    if cycle_id is not None:
        found = found.filter(cycle=cycle_id)
    if participation_ids is not None:
        found = found.filter(participation__in=participation_ids)
    keys = found.order_by(*_ORDER)[start : start + min(most, MOST_ROWS)]
    return [_work(row) for row in _columns(paging.among(keys))]


def count_of(*, cycle_id: int) -> int:
    """How many ``works_of`` has in all; one statement."""
    return _public_entries().filter(cycle=cycle_id).count()


def _columns(found: QuerySet[Any]) -> QuerySet[Any, dict[str, Any]]:
    marked = found.annotate(
        work=_may("person", ConsentUse.PUBLISH_WORK),
        name_allowed=_may("person", ConsentUse.PUBLISH_FIRST_NAME),
        town_allowed=_may("person", ConsentUse.PUBLISH_TOWN),
    )
    return marked.order_by(*_ORDER).values(
        "pk",
        "participation_id",
        "state",
        "work",
        category_name=F("category__name"),
        group_name=F("age_group__name"),
        community_id=F("participation__jurisdiction_id"),
        community=F("participation__jurisdiction__name"),
        country=F("participation__jurisdiction__country"),
        fictional=F("participation__fictional"),
        shown_title=_if("work", "title"),
        shown_statement=_if("work", "statement"),
        shown_url=_if("work", "url"),
        shown_name=_if("name_allowed", "person__given_name"),
        shown_town=_if("town_allowed", "person__town"),
        files=_gathered_files(entry=OuterRef("pk")),
        won=Gathered(Prize.objects.filter(entry=OuterRef("pk")).order_by("place", "pk"), title=F("title")),
    )


def _work(row: dict[str, Any]) -> Work:
    return Work(
        entry=row["pk"],
        participation=row["participation_id"],
        state=row["state"],
        category=row["category_name"],
        age_group=row["group_name"] or "",
        community_id=row["community_id"],
        community=row["community"],
        country=str(row["country"]),
        fictional=row["fictional"],
        title=row["shown_title"],
        statement=row["shown_statement"],
        url=row["shown_url"],
        first_name=_first(row["shown_name"]),
        town=row["shown_town"],
        prizes=tuple(prize["title"] for prize in row["won"]),
        files=_files(row["files"]),
    )


def _first(given_name: str) -> str:
    return given_name.split()[0] if given_name.split() else ""


# --- Files


def _public_files() -> QuerySet[Attachment]:
    """Published files of public participations; those of a work while it is public and there is consent."""
    participations = Participation.objects.public().filter(pk=OuterRef("participation"))
    consented = Q(entry__state__in=PUBLIC) & Q(consented=True)
    return (
        Attachment.objects.filter(Exists(participations), public=True)
        .exclude(role=AttachmentRole.CONSENT_FORM)
        .annotate(consented=_may("entry__person", ConsentUse.PUBLISH_WORK))
        .filter((Q(entry__isnull=True) & ~Q(role=AttachmentRole.WORK)) | consented)
    )


def file(attachment_id: int) -> Attachment | None:
    """The file to hand out (its ``public_copy``), if everybody may have it at this moment; one statement."""
    return _public_files().filter(pk=attachment_id).first()


def shown(attachment: Attachment) -> PublicFile:
    return _file(attachment.pk, attachment.role, attachment.public_type)


def _file(pk: int, role: str, media_type: str) -> PublicFile:
    name = f"{role.replace('_', '-')}-{pk}{EXTENSIONS.get(media_type, '')}"
    return PublicFile(pk, role, name, media_type)


def _gathered_files(**of: Any) -> Gathered:
    rows = _public_files().filter(**of).order_by("pk")[:MOST_ROWS]
    return Gathered(rows, id=F("pk"), role=F("role"), media_type=F("public_type"))


def _files(gathered: Iterable[Mapping[str, Any]]) -> tuple[PublicFile, ...]:
    return tuple(_file(one["id"], one["role"], one["media_type"]) for one in gathered)


# --- Beside the facts of a participation


def beside() -> dict[str, Gathered]:
    """What a query of public participations is annotated with to read ``people`` and ``files`` from its rows."""
    return {
        "gathered_people": _gathered_people(),
        "gathered_files": _gathered_files(participation=OuterRef("pk"), entry__isnull=True),
    }


def files(row: Any) -> tuple[PublicFile, ...]:
    """Public files of a participation that are not part of a work, such as photographs and reports; at most 100."""
    return _files(row.gathered_files)


def people(row: Any) -> tuple[PublicPerson, ...]:
    """People of a participation whose name may be published, by role; at most 100. Who made a work is named while the
    work is a finalist or winner: a family that takes it back has not to think of the name besides."""
    return tuple(
        PublicPerson(
            one["role"],
            f"{one['given']} {one['family']}".strip() if one["full"] else _first(one["given"]),
            one["town"],
        )
        for one in row.gathered_people
    )


def _gathered_people() -> Gathered:
    own = Entry.objects.filter(person=OuterRef("pk"))
    marked = (
        Person.objects.filter(participation=OuterRef("pk"), erased_at__isnull=True)
        .filter(~Exists(own) | Exists(own.filter(state__in=PUBLIC)))
        .annotate(
            first=_may("pk", ConsentUse.PUBLISH_FIRST_NAME),
            full=_may("pk", ConsentUse.PUBLISH_FULL_NAME, given_by=ConsentGiver.SELF),
            place=_may("pk", ConsentUse.PUBLISH_TOWN),
        )
        .filter(Q(first=True) | Q(full=True))
    )
    return Gathered(
        marked.order_by("role", "pk")[:MOST_ROWS],
        role=F("role"),
        full=F("full"),
        given=F("given_name"),
        family=_if("full", "family_name"),
        town=_if("place", "town"),
    )
