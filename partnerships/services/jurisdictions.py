"""Communities: proposed in a filing, accepted or matched by staff, corrected in the open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnerships.choices import NameKind
from partnerships.exceptions import Invalid, Missing, WrongState
from partnerships.models import FilingParty, Jurisdiction, JurisdictionName, NameWord, Signatory
from partnerships.rules import matching
from partnerships.selectors.parties import Party
from partnerships.services import access, ledger, readmodels, register, typed
from partnerships.services.access import Actor

#: What a person may type about a community; anything else is set by the registry.
EDITABLE = (
    "name",
    "native_name",
    "kind",
    "local_term",
    "country",
    "subdivision",
    "subdivision_name",
    "latitude",
    "longitude",
    "population",
    "population_year",
    "population_source",
    "geonames_id",
    "wikidata_id",
    "website",
    "fictional",
)


def _fill(jurisdiction: Jurisdiction, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in EDITABLE:
            raise Invalid({name: [_("This cannot be set.")]})
        setattr(jurisdiction, name, value)
    typed.check(jurisdiction)
    _refuse_twin(jurisdiction)


def _refuse_twin(jurisdiction: Jurisdiction) -> None:
    """An outside identifier belongs to one community; the message says to which."""
    for name in ("geonames_id", "wikidata_id"):
        value = getattr(jurisdiction, name)
        twin = value and Jurisdiction.objects.filter(**{name: value}).exclude(pk=jurisdiction.pk).first()
        if twin:
            raise Invalid({name: [_("This is %(name)s, which is on record already.") % {"name": twin}]})


@transaction.atomic
def propose(*, by: Actor, values: Mapping[str, Any], names: Mapping[str, str] | None = None) -> Jurisdiction:
    """A community that the registry does not know yet; provisional, and not public, until staff accept it.

    ``names`` maps further names to the language (may be empty) that they are in.
    """
    access.require(by, "jurisdiction.propose", frozenset({"signed-in"}) if by.user else frozenset())
    jurisdiction = Jurisdiction(provisional=True)
    _fill(jurisdiction, values)
    jurisdiction.save()
    for name, language in (names or {}).items():
        JurisdictionName.objects.create(jurisdiction=jurisdiction, name=name, language=language)
    index_names(jurisdiction)
    ledger.record(subject=jurisdiction, act="jurisdiction.proposed", by=by, now=jurisdiction.name)
    return jurisdiction


def index_names(jurisdiction: Jurisdiction) -> None:
    """Keep the words by which a community is found: of its name, its own script and all its other names."""
    texts = [jurisdiction.name, jurisdiction.native_name, *jurisdiction.names.values_list("name", flat=True)]
    if jurisdiction.native_name:
        JurisdictionName.objects.get_or_create(
            jurisdiction=jurisdiction, name=jurisdiction.native_name, language="", kind=NameKind.NATIVE
        )
    words = {word[:60] for text in texts for word in matching.words(text)}
    jurisdiction.words.exclude(word__in=words).delete()
    NameWord.objects.bulk_create(
        [NameWord(jurisdiction=jurisdiction, word=word) for word in words], ignore_conflicts=True
    )


def in_words(jurisdiction: Jurisdiction | Party) -> dict[str, object]:
    """The community as the register publishes it."""
    return {
        "id": jurisdiction.pk,
        "name": jurisdiction.name,
        "kind": jurisdiction.kind,
        "country": str(jurisdiction.country),
        "subdivision": jurisdiction.subdivision,
        "fictional": jurisdiction.fictional,
    }


def accept(jurisdiction: Jurisdiction) -> None:
    """Make a provisional community part of the record; does nothing for one that is."""
    if not jurisdiction.provisional:
        return
    jurisdiction.provisional = False
    jurisdiction.save()
    register.append(
        event="jurisdiction.accepted", subject=f"jurisdictions/{jurisdiction.pk}", payload=in_words(jurisdiction)
    )


@transaction.atomic
def match(*, provisional_id: int, existing_id: int, by: Actor) -> Jurisdiction:
    """The provisional community is one that the registry knows: filings move over to that one."""
    access.require(by, "jurisdiction.match")
    register.lock()
    rows = Jurisdiction.objects.select_for_update().in_bulk(sorted({provisional_id, existing_id}))
    provisional, existing = rows.get(provisional_id), rows.get(existing_id)
    if provisional is None or existing is None or provisional == existing:
        raise Missing(_("There is no such community."))
    if not provisional.provisional or existing.provisional:
        raise WrongState(_("Only a provisional community can be matched to an accepted one."))
    if FilingParty.objects.filter(
        filing__in=FilingParty.objects.filter(jurisdiction=provisional).values("filing")
    ).filter(jurisdiction=existing):
        raise WrongState(_("%(name)s is already a party of the same filing.") % {"name": existing})
    FilingParty.objects.filter(jurisdiction=provisional).update(jurisdiction=existing)
    Signatory.objects.filter(jurisdiction=provisional).update(jurisdiction=existing)
    for name in sorted({provisional.name, provisional.native_name} - {"", existing.name, existing.native_name}):
        _name(existing, name=name, language="", kind=NameKind.ALTERNATIVE)
    provisional.successor = existing
    provisional.save()
    ledger.record(subject=provisional, act="jurisdiction.matched", by=by, was=provisional.name, now=existing.pk)
    return existing


@transaction.atomic
def correct(*, jurisdiction_id: int, by: Actor, values: Mapping[str, Any], reason: str) -> Jurisdiction:
    """Change facts of an accepted community; the register tells what was and what is."""
    access.require(by, "jurisdiction.correct")
    register.lock()
    jurisdiction = Jurisdiction.objects.select_for_update().filter(pk=jurisdiction_id).first()
    if jurisdiction is None:
        raise Missing(_("There is no such community."))
    was = {name: str(getattr(jurisdiction, name) or "") for name in values}
    _fill(jurisdiction, values)
    jurisdiction.save()
    index_names(jurisdiction)
    now = {name: str(getattr(jurisdiction, name) or "") for name in values}
    changed = {name: {"was": was[name], "now": now[name]} for name in values if was[name] != now[name]}
    if not changed:
        return jurisdiction
    for side in jurisdiction.sides.select_related("affiliation"):
        readmodels.keep(side.affiliation, before=readmodels.tally_keys(side.affiliation))
    ledger.record(subject=jurisdiction, act="jurisdiction.corrected", by=by, note=reason, detail=changed)
    if not jurisdiction.provisional:
        register.append(
            event="jurisdiction.corrected",
            subject=f"jurisdictions/{jurisdiction.pk}",
            payload={**in_words(jurisdiction), "changed": changed, "reason": reason},
        )
    return jurisdiction


@transaction.atomic
def add_name(*, jurisdiction_id: int, name: str, language: str, kind: str, by: Actor) -> JurisdictionName:
    """A further name: former, other, or in another language."""
    access.require(by, "jurisdiction.correct")
    register.lock()
    jurisdiction = Jurisdiction.objects.select_for_update().get(pk=jurisdiction_id)
    added, created = _name(jurisdiction, name=name.strip(), language=language, kind=kind)
    if created:
        ledger.record(subject=jurisdiction, act="jurisdiction.named", by=by, now=added.name)
    return added


def _name(jurisdiction: Jurisdiction, *, name: str, language: str, kind: str) -> tuple[JurisdictionName, bool]:
    known = JurisdictionName.objects.filter(jurisdiction=jurisdiction, name=name, language=language, kind=kind).first()
    if known:
        return known, False
    added = JurisdictionName(jurisdiction=jurisdiction, name=name, language=language, kind=kind)
    typed.check(added)
    added.save()
    index_names(jurisdiction)
    if not jurisdiction.provisional:
        register.append(
            event="jurisdiction.named",
            subject=f"jurisdictions/{jurisdiction.pk}",
            payload={"id": jurisdiction.pk, "name": name, "language": language, "kind": kind},
        )
    return added, True
