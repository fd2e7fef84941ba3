"""How long a look-up in the gazetteer takes.

    .venv/bin/python bench/lookup.py               on the database of DATABASE_URL as it is loaded
    .venv/bin/python bench/lookup.py --load 1000   on a database made for it, with places from so many inhabitants on:
                                                   beside that of DATABASE_URL on PostgreSQL, else on SQLite

Promised: under 50 ms at the 95th percentile with 150,000 places, on PostgreSQL and on SQLite.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

import django

SEED = 1956
ROUNDS = 400
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--load", type=int, help="smallest population of the places of a database made for it")
    smallest = parser.parse_args().load
    url = os.environ.get("DATABASE_URL", "")
    if smallest is None:
        sys.path.insert(0, str(ROOT))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sci_registry.settings")
        os.environ.setdefault("DEBUG", "on")
        django.setup()
        measure()
    elif url.startswith("postgres"):
        name = f"{urlsplit(url).path.strip('/')}_bench_lookup"
        maintenance = f"--maintenance-db={url}"
        subprocess.run(["dropdb", "--if-exists", maintenance, name], check=True)
        subprocess.run(["createdb", maintenance, name], check=True)
        try:
            _loaded(urlsplit(url)._replace(path=f"/{name}").geturl(), smallest)
        finally:
            subprocess.run(["dropdb", "--if-exists", maintenance, name], check=True)
    else:
        with tempfile.TemporaryDirectory() as folder:
            _loaded(f"sqlite:///{folder}/places.sqlite3", smallest)


def _loaded(url: str, smallest: int) -> None:
    environment = {**os.environ, "DATABASE_URL": url}
    for words in (
        ["manage.py", "migrate", "-v0"],
        ["manage.py", "load_gazetteer", f"--min-population={smallest}"],
        [__file__],
    ):
        subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=True)


def measure() -> None:
    from django.db import connection

    from partnerships.models import Place, PlaceName
    from partnerships.selectors.gazetteer import find

    chance = random.Random(SEED)
    last = Place.objects.order_by("-id").values_list("id", flat=True).first() or sys.exit("Load the gazetteer first.")
    names = list(
        PlaceName.objects.filter(place_id__in=chance.sample(range(1, last + 1), min(ROUNDS, last))).values_list(
            "name", "place_id", "country"
        )
    )
    print(f"{connection.vendor}, {last:,} places with {PlaceName.objects.count():,} names")
    print(f"{'look-up':28}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'found':>8}")
    for label, ask, country in _questions(chance):
        _measure(label, chance.sample(names, min(ROUNDS, len(names))), ask, country, find)


def _questions(chance: random.Random) -> list[tuple[str, Callable[[str], str], bool]]:
    def misspelt(name: str) -> str:
        if len(name) < 3:
            return name
        at = chance.randrange(1, len(name) - 1)
        return name[:at] + chance.choice((name[at + 1] + name[at], chance.choice(LETTERS), "")) + name[at + 2 :]

    return [
        ("a whole name", lambda name: name, False),
        ("a whole name, country given", lambda name: name, True),
        ("its first letter", lambda name: name[:1], False),
        ("its first two letters", lambda name: name[:2], False),
        ("its first three letters", lambda name: name[:3], False),
        ("half of it, country given", lambda name: name[: max(3, len(name) // 2)], True),
        ("a typing error", misspelt, False),
        ("a typing error, country given", misspelt, True),
    ]


def _measure(
    label: str, names: list[tuple[str, int, str]], ask: Callable[[str], str], country: bool, find: Callable[..., list]
) -> None:
    from partnerships.models import Place

    keys = dict(Place.objects.in_bulk([place_id for _name, place_id, _country in names]))
    times, found = [], 0
    for name, place_id, its_country in names:
        text = ask(name)
        start = time.perf_counter()
        rows = find(text, its_country if country else "")
        times.append((time.perf_counter() - start) * 1_000)
        found += keys[place_id].key in {row.key for row in rows}
    cuts = quantiles(times, n=20)
    print(f"{label:28}{cuts[9]:9.1f}{cuts[18]:9.1f}{max(times):9.1f}{found / len(names):8.0%}")


if __name__ == "__main__":
    main()
