"""From a filing to a registered agreement, and back out of the record by annulment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnerships.choices import Act, DocumentRole, EvidenceGrade
from partnerships.exceptions import WrongState
from partnerships.models import Affiliation, Agreement, AgreementAffiliation, Filing, Jurisdiction
from partnerships.rules import numbers
from partnerships.selectors import affiliations as affiliation_selector
from partnerships.services import affiliations, jurisdictions, readmodels, register


def settle(filing: Filing, *, on: date, one_person_office: bool) -> Agreement:
    """Number the agreement, create or change its affiliations and say so in the register.

    Belongs in the transaction of ``review.register``, which has checked that it may be done.
    """
    register.lock()
    parties = [row.jurisdiction for row in filing.party_rows.select_related("jurisdiction")]
    for party in parties:
        if party.successor_id is not None:  # in the moment between the check and the lock
            raise WrongState(_("%(name)s was merged into another community just now. Try again.") % {"name": party})
        jurisdictions.accept(party)
    agreement = _create(filing, parties, on=on)
    touched = _affiliations(filing, parties)
    AgreementAffiliation.objects.bulk_create(
        AgreementAffiliation(agreement=agreement, affiliation=affiliation) for affiliation in touched
    )
    filing.agreement = agreement
    readmodels.keep_signatories(filing.signatories.all())
    _describe(touched, agreement)
    for affiliation in touched:
        affiliations.refresh(affiliation, on=on)
    entry = register.append(
        event="agreement.registered",
        subject=f"agreements/{agreement.number}",
        payload=_payload(filing, agreement, parties, touched, one_person_office=one_person_office),
    )
    Affiliation.objects.filter(pk__in=[affiliation.pk for affiliation in touched]).update(changed_seq=entry.seq)
    return agreement


def _create(filing: Filing, parties: Sequence[Jurisdiction], *, on: date) -> Agreement:
    serial = affiliations.next_serial(f"agreement:{on.year}")
    return Agreement.objects.create(
        **filing.terms(),
        number=numbers.agreement_number(settings.REGISTRY_PREFIX, on.year, serial),
        year=on.year,
        serial=serial,
        registered_on=on,
        party_count=len(parties),
        affiliation_count=len(parties) * (len(parties) - 1) // 2,
        evidence=evidence(filing),
        fictional=_is_fictional(filing, parties),
    )


def _is_fictional(filing: Filing, parties: Iterable[Jurisdiction]) -> bool:
    """What a fictional community does is fictional, whoever files it."""
    return filing.fictional or any(party.fictional for party in parties)


def evidence(filing: Filing) -> str:
    """How well the act is proved: by the documents on file, or by what the filing states."""
    roles = set(filing.documents.values_list("role", flat=True))
    if DocumentRole.SIGNED_AGREEMENT in roles or DocumentRole.ENDING_NOTICE in roles or filing.shelfmark:
        return EvidenceGrade.SIGNED_COPY
    return EvidenceGrade.RESOLUTION if DocumentRole.RESOLUTION in roles else EvidenceGrade.DECLARED


def _affiliations(filing: Filing, parties: Sequence[Jurisdiction]) -> list[Affiliation]:
    """One affiliation for each pair: created by an act of establishing, found and locked otherwise."""
    found = []
    for one, other in combinations(parties, 2):
        if filing.act == Act.ESTABLISH:
            try:
                with transaction.atomic():
                    affiliation = affiliations.create(
                        first=one, second=other, kind=filing.kind, fictional=_is_fictional(filing, (one, other))
                    )
            except IntegrityError as error:
                raise WrongState(_already_open(one, other)) from error
        else:
            affiliation = _open(one, other)
        found.append(affiliation)
    return found


def _open(one: Jurisdiction, other: Jurisdiction) -> Affiliation:
    affiliation = Affiliation.objects.open().between(one.pk, other.pk).select_for_update().first()
    if affiliation is None:  # ended or merged in the moment between the check and the lock
        names = {"one": one, "other": other}
        raise WrongState(_("The affiliation of %(one)s and %(other)s was changed just now. Try again.") % names)
    return affiliation


def _already_open(one: Jurisdiction, other: Jurisdiction) -> str:
    return _("%(one)s and %(other)s already have an open affiliation.") % {"one": one, "other": other}


def _describe(touched: Sequence[Affiliation], agreement: Agreement) -> None:
    """Reasons, themes and story follow the latest agreement that states them."""
    for affiliation in touched:
        for name in ("reasons", "themes", "story"):
            if value := getattr(agreement, name):
                setattr(affiliation, name, value)


def _payload(
    filing: Filing,
    agreement: Agreement,
    parties: Sequence[Jurisdiction],
    touched: Sequence[Affiliation],
    *,
    one_person_office: bool,
) -> dict[str, object]:
    """The public facts of a registration, as they stand on this day."""
    return {
        "number": agreement.number,
        "act": agreement.act,
        "kind": agreement.kind,
        "signed_on": str(agreement.signed_on) if agreement.signed_on else None,
        "effective_on": str(agreement.effective_on) if agreement.effective_on else None,
        "term_end": str(agreement.term_end) if agreement.term_end else None,
        "perpetual": agreement.perpetual,
        "declared_by": agreement.declared_by_id,
        "evidence": agreement.evidence,
        "registered_on": str(agreement.registered_on),
        "fictional": agreement.fictional,
        "parties": [jurisdictions.in_words(party) for party in parties],
        "affiliations": [affiliation_selector.state_in_words(affiliation) for affiliation in touched],
        "signatories": [
            {
                "name": signatory.name,
                "office": signatory.office,
                "capacity": signatory.capacity,
                "party": signatory.jurisdiction_id,
                "signed_on": str(signatory.signed_on) if signatory.signed_on else None,
            }
            for signatory in filing.signatories.all()
        ],
        "documents": [
            {"role": document.role, "language": document.language, "sha256": document.sha256, "size": document.size}
            for document in filing.documents.filter(public=True)
        ],
        "waived": sorted(filing.waivers.values_list("code", flat=True)),
        "one_person_office": one_person_office,
    }


def annul(agreement: Agreement, *, on: date, reason: str) -> None:
    """Take a registration that was an error back out of force; number, text and reason stay visible.

    Raises ``ActDoesNotFit`` where a later agreement builds on this one, ``WrongState`` where a newer affiliation of
    the same parties has taken its place.
    """
    register.lock()
    agreement.annulled_on, agreement.annulled_because = on, reason
    agreement.save(update_fields=["annulled_on", "annulled_because"])
    touched = list(agreement.affiliations.select_for_update().order_by("pk"))
    entry = register.append(
        event="agreement.annulled",
        subject=f"agreements/{agreement.number}",
        payload={"number": agreement.number, "annulled_on": str(on), "reason": reason},
    )
    for affiliation in touched:
        try:
            with transaction.atomic():
                affiliations.refresh(affiliation, on=on, seq=entry.seq)
        except IntegrityError as error:
            raise WrongState(_already_open(affiliation.first, affiliation.second)) from error
