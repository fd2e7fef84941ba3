"""What everybody may see of people and their works: as much as consent allows, asked in the query itself.

A name, a title or a file without consent never leaves the database, so no page, answer or file can show it by mistake.
Whatever is here is stamped by the register's head, which moves with each consent and its withdrawal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When

from partnerships.rules.files import EXTENSIONS
from programs.choices import AttachmentRole, ConsentGiver, ConsentUse
from programs.models import Attachment, Consent, Entry, Participation, Person, Prize
from programs.rules.entries import PUBLIC

MOST_ROWS = 100


@dataclass(frozen=True)
class PublicFile:
    """A file that everybody may have; ``name`` is the registry's own, never the one of somebody's computer."""

    id: int
    role: str
    name: str
    media_type: str


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

    participation: int
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
    """Finalists and winners of a cycle or of some participations, winners first: three statements, at most 100."""
    found = _public_entries()
    if cycle_id is not None:
        found = found.filter(cycle=cycle_id)
    if participation_ids is not None:
        found = found.filter(participation__in=participation_ids)
    rows = list(_columns(found)[start : start + min(most, MOST_ROWS)])
    consented = [row["pk"] for row in rows if row["work"]]
    files, prizes = _files_of(consented), _prizes_of([row["pk"] for row in rows])
    return [_work(row, tuple(prizes[row["pk"]]), tuple(files[row["pk"]])) for row in rows]


def count_of(*, cycle_id: int) -> int:
    """How many ``works_of`` has in all; one statement."""
    return _public_entries().filter(cycle=cycle_id).count()


def _columns(found: QuerySet[Any]) -> QuerySet[Any, dict[str, Any]]:
    marked = found.annotate(
        work=_may("person", ConsentUse.PUBLISH_WORK),
        name_allowed=_may("person", ConsentUse.PUBLISH_FIRST_NAME),
        town_allowed=_may("person", ConsentUse.PUBLISH_TOWN),
    )
    return marked.order_by("-state", "category__position", "age_group__low", "pk").values(
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
    )


def _work(row: dict[str, Any], prizes: tuple[str, ...], files: tuple[PublicFile, ...]) -> Work:
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
        prizes=prizes,
        files=files,
    )


def _first(given_name: str) -> str:
    return given_name.split()[0] if given_name.split() else ""


def _prizes_of(entry_ids: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for entry, title in Prize.objects.filter(entry__in=list(entry_ids)).values_list("entry", "title"):
        found[entry].append(title)
    return found


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
    name = f"{attachment.role.replace('_', '-')}-{attachment.pk}{EXTENSIONS.get(attachment.public_type, '')}"
    return PublicFile(attachment.pk, attachment.role, name, attachment.public_type)


def files_of(participation_ids: Sequence[int]) -> dict[int, list[PublicFile]]:
    """Public files by participation that are not part of a work, such as photographs and reports; one statement."""
    found: dict[int, list[PublicFile]] = defaultdict(list)
    for attachment in _public_files().filter(participation__in=participation_ids, entry__isnull=True).order_by("pk"):
        found[attachment.participation_id].append(shown(attachment))
    return found


def _files_of(entry_ids: Sequence[int]) -> dict[int, list[PublicFile]]:
    found: dict[int, list[PublicFile]] = defaultdict(list)
    for attachment in _public_files().filter(entry__in=entry_ids).order_by("pk") if entry_ids else ():
        if attachment.entry_id is not None:
            found[attachment.entry_id].append(shown(attachment))
    return found


# --- People


def people_of(participation_ids: Sequence[int]) -> dict[int, list[PublicPerson]]:
    """People of public participations whose name may be published, by participation; one statement, at most 100."""
    public = Participation.objects.public().filter(pk=OuterRef("participation"))
    marked = (
        Person.objects.filter(Exists(public), participation__in=participation_ids, erased_at__isnull=True)
        .annotate(
            first=_may("pk", ConsentUse.PUBLISH_FIRST_NAME),
            full=_may("pk", ConsentUse.PUBLISH_FULL_NAME, given_by=ConsentGiver.SELF),
            place=_may("pk", ConsentUse.PUBLISH_TOWN),
        )
        .filter(Q(first=True) | Q(full=True))
    )
    rows = marked.order_by("role", "pk").values(
        "participation_id",
        "role",
        "full",
        given=F("given_name"),
        family=_if("full", "family_name"),
        shown_town=_if("place", "town"),
    )
    found: dict[int, list[PublicPerson]] = defaultdict(list)
    for row in rows[:MOST_ROWS]:
        name = f"{row['given']} {row['family']}".strip() if row["full"] else _first(row["given"])
        found[row["participation_id"]].append(
            PublicPerson(row["participation_id"], row["role"], name, row["shown_town"])
        )
    return found
