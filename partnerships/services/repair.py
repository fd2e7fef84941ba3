"""Working the read models out anew from the record, where they were found to differ."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db import transaction

from partnerships.models import Affiliation, AffiliationSide, Jurisdiction, SignatoryWord, Tally
from partnerships.selectors import differences, recount
from partnerships.services import access, affiliations, bulk_totals, ledger, readmodels, register
from partnerships.services.access import Actor


@transaction.atomic
def read_models(*, by: Actor, on: date) -> int:
    """Bring every read model in line with the record; answers how many differences there were.

    Public pages follow the head of the register, so a repair is an entry of its own.
    """
    access.require(by, "record.import")
    register.lock()
    found = list(differences.all_differences(on=on))
    if not found:
        return 0
    numbers = _affiliations({difference.affiliation for difference in found if difference.affiliation}, on=on)
    _tallies()
    for pk, _kept, counted in recount.stale_open_counts():
        Jurisdiction.objects.filter(pk=pk).update(open_count=counted)
    _signatories()
    bulk_totals.charters()
    entry = register.append(
        event="register.recounted",
        subject="register",
        payload={"differences": len(found), "affiliations": numbers},
    )
    ledger.record(subject=entry, act="register.recounted", by=by, now=len(found))
    return len(found)


def _affiliations(ids: set[int], *, on: date) -> list[str]:
    rows = Affiliation.objects.filter(pk__in=ids).order_by("serial").select_for_update()
    for affiliation in rows:
        affiliation.sides.exclude(jurisdiction_id__in=affiliation.party_ids).delete()
        affiliations.refresh(affiliation, on=on)
    return [affiliation.number for affiliation in rows]


def _signatories() -> None:
    stale = [signatory for signatory, _kept, _counted in recount.stale_signatories()]
    SignatoryWord.objects.filter(signatory__in=stale).delete()
    readmodels.keep_signatories(stale)


def _tallies() -> None:
    keys = recount.tally_keys(AffiliationSide.objects.iterator())
    totals = Counter(key for own in keys.values() for key in own)
    Tally.objects.all().delete()
    Tally.objects.bulk_create(
        [Tally(**dict(zip(recount.TALLY_COLUMNS, key, strict=True)), count=count) for key, count in totals.items()],
        batch_size=bulk_totals.BATCH,
    )
