"""The list of likely duplicates: found in the background over the whole record, dismissed with a reason."""

from __future__ import annotations

import random
import time
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from partnerships.exceptions import Invalid, NotAllowed, WrongState
from partnerships.models import Jurisdiction, LikelyDuplicate, Place, PlaceName, User
from partnerships.rules import matching
from partnerships.services import likely_duplicates, merges
from partnerships.services.access import Actor
from tests import cast

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
JOB = Actor.system("duplicates")


def _communities() -> Any:
    return LikelyDuplicate.objects.filter(one__isnull=False).select_related("one", "other")


def find() -> list[tuple[str, str]]:
    likely_duplicates.find(by=JOB, on=TODAY)
    return [(str(row.one), str(row.other)) for row in _communities()]


def test_another_script_is_found_through_the_gazetteer() -> None:
    place = Place.objects.create(
        id=1, key="2867714", name="Munich", kind="city", country="DE", latitude="48.137", longitude="11.575"
    )
    for name in ("Munich", "München", "ミュンヘン"):
        PlaceName.objects.create(place=place, country="DE", name=name, folded=matching.fold(name), skeleton="x")
    cast.jurisdiction("München", "DE")
    cast.jurisdiction("ミュンヘン", "DE")
    assert find() == [("München", "ミュンヘン")]


def test_affiliations_of_likely_twins_with_one_partner_are_likely_twins(
    san_francisco: Jurisdiction, osaka: Jurisdiction
) -> None:
    for partner in (osaka, cast.jurisdiction("Ōsaka", "JP", subdivision="JP-27")):
        cast.registered([san_francisco, partner])
    find()
    pair = LikelyDuplicate.objects.get(one__isnull=True)
    assert pair.reasons[0].startswith("alike-parties")


def test_looking_again_changes_nothing_and_what_is_no_longer_alike_goes(osaka: Jurisdiction) -> None:
    twin = cast.jurisdiction("Ōsaka", "JP")
    assert find() == find() == [("Osaka", "Ōsaka")]
    Jurisdiction.objects.filter(pk=twin.pk).update(folded="kyoto", name="Kyoto")
    twin.names.all().delete()
    assert find() == []


def test_what_was_dismissed_stays_dismissed(osaka: Jurisdiction, clerk: User) -> None:
    cast.jurisdiction("Ōsaka", "JP")
    find()
    pair, by = LikelyDuplicate.objects.get(), Actor.of(clerk)
    with pytest.raises(Invalid):
        likely_duplicates.dismiss(pair_id=pair.pk, by=by, on=TODAY, reason=" ")
    likely_duplicates.dismiss(pair_id=pair.pk, by=by, on=TODAY, reason="A ward of the same name")
    with pytest.raises(WrongState, match="Clara Clerk"):
        likely_duplicates.dismiss(pair_id=pair.pk, by=by, on=TODAY, reason="Again")
    find()
    assert LikelyDuplicate.objects.get().dismissed_because == "A ward of the same name"


def test_what_was_merged_is_no_longer_shown(osaka: Jurisdiction, registrar: User) -> None:
    twin = cast.jurisdiction("Ōsaka", "JP")
    find()
    merges.merge(gone_id=twin.pk, kept_id=osaka.pk, by=Actor.of(registrar), on=TODAY, reason="One city")
    assert find() == []


def test_the_record_is_looked_through_only_when_it_moved_on(san_francisco: Jurisdiction, osaka: Jurisdiction) -> None:
    cast.entry()
    assert likely_duplicates.find_if_moved(by=JOB, on=TODAY) == 0
    assert likely_duplicates.find_if_moved(by=JOB, on=TODAY) is None
    cast.registered([san_francisco, osaka])
    assert likely_duplicates.find_if_moved(by=JOB, on=TODAY) == 0


def test_an_auditor_dismisses_nothing(osaka: Jurisdiction, auditor: User) -> None:
    cast.jurisdiction("Ōsaka", "JP")
    find()
    with pytest.raises(NotAllowed):
        likely_duplicates.dismiss(
            pair_id=LikelyDuplicate.objects.get().pk, by=Actor.of(auditor), on=TODAY, reason="Two"
        )


def test_the_database_keeps_a_pair_once_and_in_one_order(osaka: Jurisdiction, poltava: Jurisdiction) -> None:
    low, high = sorted((osaka, poltava), key=lambda one: one.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        LikelyDuplicate.objects.create(one=high, other=low, score=80, found_on=TODAY)
    LikelyDuplicate.objects.create(one=low, other=high, score=80, found_on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        LikelyDuplicate.objects.create(one=low, other=high, score=80, found_on=TODAY)


def test_twelve_thousand_communities_are_looked_through_in_seconds_and_the_planted_twins_are_found() -> None:
    pick, rows = random.Random(7), []
    parts = ("ba", "lo", "ti", "mur", "esk", "dan", "vol", "ri", "ko", "shan", "gra", "pel", "nu", "zet")
    for number in range(12_000):
        name = "".join(pick.choice(parts) for _ in range(5)).capitalize()
        where = {"latitude": pick.uniform(-60, 60), "longitude": pick.uniform(-180, 180)}
        country = pick.choice(("US", "JP", "DE", "UA", "MX", "IT", "FR", "CN"))
        rows.append(Jurisdiction(name=name, folded=matching.fold(name), country=country, **where))
        if number % 100 == 0:
            twin = f"City of {name}"
            rows.append(Jurisdiction(name=twin, folded=matching.fold(twin), country=country, **where))
    made = Jurisdiction.objects.bulk_create(rows, batch_size=1000)
    began = time.process_time()
    with CaptureQueriesContext(connection) as statements:
        pairs = find()
    seconds = time.process_time() - began
    planted = {(made[place - 1].name, row.name) for place, row in enumerate(made) if row.name.startswith("City of")}
    assert len(planted) == 120
    assert planted <= set(pairs)
    assert len(statements) < 60
    assert seconds < 60, f"{seconds:.1f} s for {len(made):,} communities"


def test_the_list_is_read_in_a_few_statements(
    registrar: User, osaka: Jurisdiction, django_assert_max_num_queries: Any, client: Any
) -> None:
    for number in range(20):
        cast.jurisdiction(f"Ōsaka {'x' * (number % 2)}".strip(), "JP")
    find()
    client.force_login(registrar)
    with django_assert_max_num_queries(10):
        text = client.get("/admin/partnerships/likelyduplicate/").content.decode()
    assert "a name in common" in text
    assert "/admin/partnerships/jurisdiction/merge/?gone=" in text
