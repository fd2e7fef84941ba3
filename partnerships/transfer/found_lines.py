"""What a search finds as a table: one line each, whatever it is."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from partnerships.selectors.search import Found
from partnerships.transfer import addresses

COLUMNS: Mapping[str, Any] = {name: itemgetter(name) for name in ("type", "name", "place", "country", "url")}


def lines(found: Found) -> list[dict[str, str]]:
    """The agreement that was asked for, communities, affiliations, what other apps tell, people."""
    made = [_line("agreement", found.agreement, addresses.agreement(found.agreement))] if found.agreement else []
    for hit in found.communities:
        party = hit.party
        address = addresses.jurisdiction(party)
        made.append(_line("community", party.name, address, party.subdivision_name, party.country))
    for row in found.affiliations:
        names = " – ".join(one.name for one in row.parties)
        made.append(_line("affiliation", names, addresses.affiliation(row.number), row.number))
    for other in found.others:
        made.append(_line(other.noun, other.name, addresses.page(other.path.lstrip("/")), other.text))
    for person in found.people:
        made.append(_line("signatory", person.name, addresses.agreement(person.agreement), person.party))
    return made


def _line(what: str, name: str, url: str, place: str = "", country: str = "") -> dict[str, str]:
    return {"type": what, "name": name, "place": place, "country": country, "url": url}
