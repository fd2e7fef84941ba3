"""How a record is cited: in one sentence, and as BibTeX."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.selectors.dossiers import AffiliationDossier, AgreementDossier
from partnerships.templatetags.registry import partial_date
from partnerships.views.exports import absolute


def affiliation(found: AffiliationDossier, day: date) -> dict[str, str]:
    names = " – ".join(party.name for party in found.row.parties)
    title = _("Affiliation of %(names)s") % {"names": names}
    return _citation(title, found.row.number, reverse("affiliation", args=[found.row.number]), day)


def agreement(found: AgreementDossier, day: date) -> dict[str, str]:
    names = " – ".join(party.name for party in found.parties)
    title = _("Agreement of %(names)s") % {"names": names}
    return _citation(title, found.row.number, reverse("agreement", args=[found.row.number]), day)


def _citation(title: str, number: str, path: str, day: date) -> dict[str, str]:
    address = absolute(path)
    text = _("%(registry)s: %(title)s, %(number)s. %(address)s (as of %(day)s).") % {
        "registry": settings.REGISTRY_NAME,
        "title": title,
        "number": number,
        "address": address,
        "day": partial_date(day),
    }
    lines = {
        "title": f"{title}, {number}",
        "organization": settings.REGISTRY_NAME,
        "url": address,
        "urldate": str(day),
    }
    body = ",\n".join(f"  {name} = {{{_plain(value)}}}" for name, value in lines.items())
    return {"text": text, "bibtex": f"@misc{{{number},\n{body}\n}}"}


def _plain(value: str) -> str:
    """Text that BibTeX takes as it is."""
    return "".join(f"\\{sign}" if sign in "&%$#_{}" else sign for sign in value)
