"""What belongs to a community and follows it when it is merged, and comes back when the merge is undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model, Q, QuerySet

from partnerships.choices import NameKind
from partnerships.models import (
    AccessRequest,
    Filing,
    FilingParty,
    Introduction,
    Invitation,
    Jurisdiction,
    JurisdictionName,
    MembershipTerm,
    Organisation,
    PartnerRequest,
    Representation,
    Signatory,
    Subscription,
    Wish,
)
from partnerships.rules import matching
from partnerships.services import jurisdictions

#: Facts that fill a gap of the community that stays, those of one line together or not at all.
_FACTS = (
    ("native_name",),
    ("local_term",),
    ("subdivision", "subdivision_name"),
    ("latitude", "longitude"),
    ("population", "population_year", "population_source"),
    ("parent_id",),
    ("website",),
)
_NUMBERS = ("geonames_id", "wikidata_id")
_UNDECIDED = Q(filing__agreement__isnull=True)

#: Of another app: the rows that point at the community that goes and follow it, once its affiliations have moved.
Following = Callable[[Jurisdiction], QuerySet[Any]]
_OFFERED: dict[tuple[type[Model], str], Following] = {}


def offer(model: type[Model], column: str, rows: Following) -> None:
    """Let these rows follow a community, too: their ``column`` names the one that stays, and the other one again when
    the merge is undone. The name of the model is like no other here."""
    _OFFERED[model, column] = rows
    _MODELS[model.__name__] = model


def move(gone: Jurisdiction, kept: Jurisdiction) -> dict[str, Any]:
    """Everything that belongs to ``gone`` belongs to ``kept`` from now on; answers what moved.

    Papers of registered agreements stay as they were signed. What the other has already (a membership term that begins
    on the same day, the same representative) stays where it is.
    """
    moved: dict[str, Any] = {"filled": {}, "numbers": {}}
    moved["rows"] = _follow(_rows(gone, kept), kept)
    moved["names"] = _names(gone, kept)
    _fill(gone, kept, moved)
    jurisdictions.index_names(kept)
    return moved


def move_offered(gone: Jurisdiction, kept: Jurisdiction) -> list[list[Any]]:
    """The same for rows of other apps, when the affiliations of ``gone`` have moved; for the ``rows`` of ``move``."""
    return _follow([(model, column, rows(gone)) for (model, column), rows in _OFFERED.items()], kept)


def _follow(found: Sequence[tuple[type[Model], str, QuerySet[Any]]], kept: Jurisdiction) -> list[list[Any]]:
    """All rows are found before any follows: which they are depends on where the others stand."""
    moving = [(model, column, list(rows.values_list("pk", flat=True))) for model, column, rows in found]
    for model, column, ids in moving:
        if ids:
            _repoint(model, column, ids, kept)
    return [[model.__name__, column, ids] for model, column, ids in moving if ids]


def move_back(gone: Jurisdiction, kept: Jurisdiction, moved: dict[str, Any]) -> None:
    """Undo ``move``; what was changed by hand since is left as it is now."""
    JurisdictionName.objects.filter(pk__in=moved["names"], jurisdiction=kept).delete()
    for name, value in moved["numbers"].items():
        if getattr(kept, name) == value:
            setattr(kept, name, None)
            Jurisdiction.objects.filter(pk=kept.pk).update(**{name: None})
            setattr(gone, name, value)
    for name, (was, filled) in moved["filled"].items():
        if str(getattr(kept, name)) == filled:
            setattr(kept, name, was)
    kept.save()
    gone.save()
    for model_name, column, ids in moved["rows"]:
        model = _MODELS[model_name]
        _repoint(model, column, list(_still(model, column, ids, kept)), gone)
    jurisdictions.index_names(kept)


def _repoint(model: type[Model], column: str, ids: Sequence[int], to: Jurisdiction) -> None:
    value = str(to.pk) if model is Subscription else to.pk
    model._default_manager.filter(pk__in=ids).update(**{column: value})


def _still(model: type[Model], column: str, ids: Sequence[int], kept: Jurisdiction) -> QuerySet[Any, Any]:
    value = str(kept.pk) if model is Subscription else kept.pk
    return model._default_manager.filter(pk__in=ids, **{column: value}).values_list("pk", flat=True)


def _rows(gone: Jurisdiction, kept: Jurisdiction) -> list[tuple[type[Model], str, QuerySet[Any]]]:
    """Which rows follow, table by table."""
    plain: tuple[Any, ...] = (Organisation, Invitation, AccessRequest)
    found: list[tuple[type[Model], str, QuerySet[Any]]] = [
        (model, "jurisdiction_id", model.objects.filter(jurisdiction=gone)) for model in plain
    ]
    in_filings: tuple[Any, ...] = (FilingParty, Signatory, PartnerRequest)
    both = FilingParty.objects.filter(jurisdiction=kept).values("filing")
    found += [
        (model, "jurisdiction_id", model.objects.filter(_UNDECIDED, jurisdiction=gone).exclude(filing__in=both))
        for model in in_filings
    ]
    begun = MembershipTerm.objects.filter(jurisdiction=kept).values("from_date")
    terms = MembershipTerm.objects.filter(jurisdiction=gone).exclude(from_date__in=begun)
    speakers = Representation.objects.filter(jurisdiction=kept, to_date__isnull=True).values("user")
    followers = Subscription.objects.filter(subject_type="jurisdiction", subject_id=str(kept.pk))
    following = Subscription.objects.filter(subject_type="jurisdiction", subject_id=str(gone.pk))
    return [
        *found,
        (
            MembershipTerm,
            "jurisdiction_id",
            terms,
        ),
        (
            Representation,
            "jurisdiction_id",
            Representation.objects.filter(jurisdiction=gone).exclude(to_date__isnull=True, user__in=speakers),
        ),
        (Subscription, "subject_id", following.exclude(email__in=followers.values("email"))),
        (Wish, "jurisdiction_id", Wish.objects.filter(jurisdiction=gone).exclude(jurisdiction__in=_wishing(kept))),
        *_introductions(gone, kept),
        (Filing, "on_behalf_of_id", Filing.objects.filter(on_behalf_of=gone)),
        (Filing, "declared_by_id", Filing.objects.filter(declared_by=gone, agreement__isnull=True)),
        (Jurisdiction, "parent_id", Jurisdiction.objects.filter(parent=gone).exclude(pk=kept.pk)),
        # Those that were merged into it before: whoever asks for one is one step away from the one that stands.
        (Jurisdiction, "successor_id", Jurisdiction.objects.filter(successor=gone)),
    ]


def _wishing(kept: Jurisdiction) -> list[int]:
    """All communities where the one that stays looks for a partner itself: its own wish holds."""
    wish = Wish.objects.filter(jurisdiction=kept).exists()
    return list(Wish.objects.values_list("jurisdiction_id", flat=True)) if wish else []


def _introductions(gone: Jurisdiction, kept: Jurisdiction) -> list[tuple[type[Model], str, QuerySet[Any]]]:
    """Those of the one with third parties, but for what the other has with the same ones."""
    found: list[tuple[type[Model], str, QuerySet[Any]]] = []
    for own, other in (("seeker", "interested"), ("interested", "seeker")):
        known = Introduction.objects.filter(**{own: kept}).values(other)
        theirs = Introduction.objects.filter(**{own: gone}).exclude(**{other: kept}).exclude(**{f"{other}__in": known})
        found.append((Introduction, f"{own}_id", theirs))
    return found


_MODELS: dict[str, type[Model]] = {
    model.__name__: model
    for model in (
        AccessRequest,
        Filing,
        FilingParty,
        Introduction,
        Invitation,
        Jurisdiction,
        MembershipTerm,
        Organisation,
        PartnerRequest,
        Representation,
        Signatory,
        Subscription,
        Wish,
    )
}


def _names(gone: Jurisdiction, kept: Jurisdiction) -> list[int]:
    """Every name of the one is a name of the other; answers the ids of those that are new to it."""
    theirs: list[tuple[str, str, str]] = [
        (gone.name, "", NameKind.ALTERNATIVE),
        (gone.native_name, "", NameKind.NATIVE),
    ]
    theirs += list(gone.names.values_list("name", "language", "kind"))
    known = {kept.name, kept.native_name, *kept.names.values_list("name", flat=True)}
    made = [
        JurisdictionName(jurisdiction=kept, name=name, language=language, kind=kind, folded=matching.fold(name)[:200])
        for name, language, kind in dict.fromkeys(theirs)
        if name and name not in known
    ]
    return [row.pk for row in JurisdictionName.objects.bulk_create(made)]


def _fill(gone: Jurisdiction, kept: Jurisdiction, moved: dict[str, Any]) -> None:
    """What the one that stays does not know and the other does; an outside number moves, because it belongs to one."""
    for group in _FACTS:
        if not any(_known(getattr(kept, name)) for name in group) and _known(getattr(gone, group[0])):
            for name in group:
                moved["filled"][name] = [getattr(kept, name), str(getattr(gone, name))]
                setattr(kept, name, getattr(gone, name))
    for name in _NUMBERS:
        if not getattr(kept, name) and getattr(gone, name):
            moved["numbers"][name] = getattr(gone, name)
            setattr(kept, name, getattr(gone, name))
            setattr(gone, name, None)
    if kept.parent_id in (kept.pk, gone.pk):
        was, _filled = moved["filled"].get("parent_id", [kept.parent_id, ""])
        kept.parent_id, moved["filled"]["parent_id"] = None, [was, "None"]
    gone.successor = kept
    gone.save()
    kept.save()


def _known(value: Any) -> bool:
    return value not in (None, "")
