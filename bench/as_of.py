"""How long a day of the past takes on a large registry: its totals, its lists, and the export of that day.

    .venv/bin/python bench/as_of.py [--sizes 100000,1000000]

Makes a database for each size on the PostgreSQL of DATABASE_URL (its name begins with that of its database) and gives
it what the past is made of: periods since each beginning, ends, agreements, memberships. Everything is asked without a
cache but for the page, which the next reader of the same day gets from there.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SIZES = "100000,1000000"
DAYS = (date(1960, 7, 1), date(1995, 7, 1), date(2024, 7, 1))
REPEATS = 5
#: What ``synthetic`` leaves out, and the past is told by.
HISTORY = (
    """UPDATE partnerships_affiliation SET ended = (2000 + serial % 24)::text || '-06'
    WHERE standing = 'ended' AND since < '2000'""",
    """UPDATE partnerships_affiliation SET ended = '2025-06' WHERE standing = 'ended' AND since >= '2000'""",
    "TRUNCATE partnerships_period",
    """INSERT INTO partnerships_period (affiliation_id, kind, standing, from_date, to_date)
    SELECT id, kind, 'in_force', (since || '-01')::date, CASE WHEN ended <> '' THEN (ended || '-01')::date END
    FROM partnerships_affiliation""",
    """INSERT INTO partnerships_period (affiliation_id, kind, standing, from_date)
    SELECT id, kind, 'ended', (ended || '-01')::date FROM partnerships_affiliation WHERE ended <> ''""",
    """INSERT INTO partnerships_agreement (number, year, serial, act, kind, title, signed_on, place, effective_on,
        perpetual, languages, evidence, registered_on, party_count, affiliation_count, story, source, shelfmark,
        annulled_because, reasons, themes, fictional)
    SELECT 'SCI-2025-' || lpad(serial::text, 7, '0'), 2025, serial, 'establish', kind, '', since, '', since, false,
        '[]', 'declared', date '2025-01-01', 2, 1, '', '', '', '', '[]', '[]', true FROM partnerships_affiliation""",
    """INSERT INTO partnerships_agreementaffiliation (agreement_id, affiliation_id)
    SELECT a.id, f.id FROM partnerships_agreement a JOIN partnerships_affiliation f ON f.serial = a.serial""",
    """INSERT INTO partnerships_membershipterm (jurisdiction_id, membership_class, from_date, paid_through)
    SELECT id, '', date '1956-01-01', date '2026-12-31' FROM partnerships_jurisdiction
    WHERE country = 'US' AND id % 2 = 0""",
    "ANALYZE",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", default=SIZES, help="affiliations, with commas between")
    parser.add_argument("--without-export", action="store_true", help="only totals, lists and the page")
    parser.add_argument("--run", choices=("fill", "measure"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sci_registry.settings")
    if asked.run:
        size = int(asked.sizes)
        _fill(size) if asked.run == "fill" else _measure(size, export=not asked.without_export)
        return
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        sys.exit("Set DATABASE_URL to a PostgreSQL database; one more is made beside it.")
    for size in asked.sizes.split(","):
        name = f"{urlsplit(url).path.strip('/')}_past_{size}"
        environment = {**os.environ, "DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
        maintenance = f"--maintenance-db={url}"
        subprocess.run(["dropdb", "--if-exists", maintenance, name], check=True)
        subprocess.run(["createdb", maintenance, name], check=True)
        try:
            for job in ("fill", "measure"):
                run = [sys.executable, __file__, "--run", job, "--sizes", size]
                run += ["--without-export"] * asked.without_export
                subprocess.run(run, env=environment, check=True)
        finally:
            subprocess.run(["dropdb", "--if-exists", maintenance, name], check=True)


def _setup() -> None:
    import django

    django.setup()


def _fill(size: int) -> None:
    _setup()
    from django.core.management import call_command
    from django.db import connection

    from bench import synthetic

    call_command("migrate", verbosity=0)
    synthetic.fill(affiliations=size)
    with connection.cursor() as cursor:
        for statement in HISTORY:
            cursor.execute(statement)


def _timed(size: int, job: str, work: Callable[[], Any], repeats: int = REPEATS) -> Any:
    taken = []
    for _time in range(repeats):
        began = time.perf_counter()
        answer = work()
        taken.append(time.perf_counter() - began)
    print(f"{size:>12,} {job:42}{statistics.median(taken) * 1000:>12,.1f} ms", flush=True)
    return answer


def _measure(size: int, *, export: bool) -> None:
    _setup()
    from dataclasses import replace

    from django.core.cache import cache
    from django.core.management import call_command
    from django.test import Client

    from partnerships.selectors import as_of

    for day in DAYS:
        found = _timed(size, f"totals of {day}", lambda day=day: as_of.totals(day))
        print(f"{'':13}{found.open:,} open, {found.ended:,} ended, {found.recognised:,} recognised", flush=True)
        page = _timed(size, f"first 50 of {day}", lambda day=day: as_of.page(day=day))
        _timed(size, f"next 50 of {day}", lambda day=day, at=page.next: as_of.page(day=day, cursor=at))
        japan = replace(as_of.EVERYTHING, countries=("JP",))
        _timed(size, f"first 50 of Japan, {day}", lambda day=day, japan=japan: as_of.page(day=day, criteria=japan))
    client = Client(SERVER_NAME="127.0.0.1")
    cache.clear()
    address = f"/as-of/{DAYS[1]}/"
    _timed(size, "the page, by its first reader", lambda: client.get(address), 1)
    _timed(size, "the page, by the next", lambda: client.get(address))
    if export:
        with tempfile.TemporaryDirectory() as folder:
            asked = partial(call_command, "export_registry", f"{folder}/out", as_of=str(DAYS[1]), verbosity=0)
            _timed(size, f"export_registry --as-of {DAYS[1]}", asked, 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{size:>12,} peak memory of all this{peak:>31,.0f} MB", flush=True)


if __name__ == "__main__":
    main()
