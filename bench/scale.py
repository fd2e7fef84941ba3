"""Whether public pages of a large registry take as long as those of a small one.

    .venv/bin/python bench/scale.py [--large 100000] [--small 2000]

Makes two databases on the PostgreSQL of DATABASE_URL (their names begin with that of its database), fills them,
answers each page without any cache, and prints the median of both and their ratio, beside a floor: the smallest page
of the same framework in the same run. Promised: at most 3 for country and search pages.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

ROUNDS = 40
PAGES = {
    "floor: alive": "/healthz/",
    "home": "/",
    "countries": "/countries/",
    "country": "/countries/JP/",
    "country, home": "/countries/US/",
    "country, filtered": "/countries/JP/?subdivision=US-CA&kind=sister&standing=in_force",
    "country, by name": "/countries/JP/?sort=name",
    "country, since": "/countries/US/?since_after=1980&since_before=1990",
    "subdivision": "/subdivisions/US-CA/",
    "as of a day, a country": "/countries/JP/?as_of=1995-06-01&standing=any",
    "search, as one types: 2": "/search/?q=br",
    "search, as one types: 4": "/search/?q=brid",
    "search, a facet": "/search/?q=bridge&country=JP&kind=sister",
    "search, a word": "/search/?q=bridge",
    "search, two words": "/search/?q=castle+harbor",
    "search, misspelt": "/search/?q=brigde",
    "affiliation": "/affiliations/SCI-000100/",
    "api, country and kind": "/api/v1/affiliations/?country=JP&kind=sister",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--small", type=int, default=2_000)
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sci_registry.settings")
    if asked.measure:
        print(json.dumps(_measure(asked.measure)))
        return
    small, large = _of_size(asked.small), _of_size(asked.large)
    print(f"{'page':24}{asked.small:>12,}{asked.large:>12,}{'ratio':>8}   (median ms of {ROUNDS}, no cache)")
    for name, before in small.items():
        print(f"{name:24}{before:>12.1f}{large[name]:>12.1f}{large[name] / before:>8.2f}")


def _of_size(size: int) -> dict[str, float]:
    """Measured in a process of its own, on a database of its own."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        sys.exit("Set DATABASE_URL to a PostgreSQL database; two more are made beside it.")
    name = f"{urlsplit(url).path.strip('/')}_bench_{size}"
    environment = {
        **os.environ,
        "API_PER_ADDRESS": "0",
        "DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl(),
    }
    subprocess.run(["dropdb", "--if-exists", _maintenance(url), name], check=True)
    subprocess.run(["createdb", _maintenance(url), name], check=True)
    try:
        run = [sys.executable, __file__, "--measure", str(size)]
        return json.loads(subprocess.run(run, env=environment, check=True, capture_output=True, text=True).stdout)
    finally:
        subprocess.run(["dropdb", "--if-exists", _maintenance(url), name], check=True)


def _maintenance(url: str) -> str:
    return f"--maintenance-db={url}"


def _measure(size: int) -> dict[str, float]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from bench import synthetic

    call_command("migrate", verbosity=0)
    synthetic.fill(affiliations=size)
    client, found = Client(headers={"host": "localhost"}), {}
    for name, address in PAGES.items():
        answer = client.get(address)
        if answer.status_code != 200:
            sys.exit(f"{address}: {answer.status_code}")
        times = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            client.get(address)
            times.append((time.perf_counter() - start) * 1000)
        found[name] = median(times)
    return found


if __name__ == "__main__":
    main()
