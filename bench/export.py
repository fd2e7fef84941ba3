"""How long the open data and the statistics of a large registry take, and how much memory.

    .venv/bin/python bench/export.py [--sizes 2000,100000,1000000]

Makes a database for each size on the PostgreSQL of DATABASE_URL (its name begins with that of its database), fills it,
and runs the export and the statistics, each in a process of its own. Promised: the export of 1,000,000 affiliations in
less than 200 MB, however long the lists are.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

SIZES = "2000,100000,1000000"
PROMISED_MB = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", default=SIZES, help="affiliations, with commas between")
    parser.add_argument("--run", choices=("fill", "floor", "export", "statistics"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sci_registry.settings")
    sizes = [int(size) for size in asked.sizes.split(",")]
    if asked.run:
        print(json.dumps(_run(asked.run, sizes[0])))
        return
    print(f"{'affiliations':>12} {'job':12}{'seconds':>10}{'rows/s':>10}{'peak MB':>10}{'files MB':>10}")
    kept = True
    for size in sizes:
        for job, found in _of_size(size).items():
            rate = f"{size / found['seconds']:>10,.0f}" if job != "floor" else f"{'':>10}"
            files = f"{found['bytes'] / 1e6:>10,.1f}" if found["bytes"] else ""
            print(f"{size:>12,} {job:12}{found['seconds']:>10.1f}{rate}{found['peak']:>10.0f}{files}", flush=True)
            kept = kept and (job != "export" or found["peak"] < PROMISED_MB)
    if not kept:
        sys.exit(f"The export takes more than the promised {PROMISED_MB} MB.")


def _of_size(size: int) -> dict[str, dict[str, float]]:
    """Each job in a process of its own, on a database of its own."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        sys.exit("Set DATABASE_URL to a PostgreSQL database; one more is made beside it.")
    name = f"{urlsplit(url).path.strip('/')}_export_{size}"
    environment = {**os.environ, "DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
    maintenance = f"--maintenance-db={url}"
    subprocess.run(["dropdb", "--if-exists", maintenance, name], check=True)
    subprocess.run(["createdb", maintenance, name], check=True)
    try:
        found = {}
        for job in ("fill", "floor", "export", "statistics"):
            run = [sys.executable, __file__, "--run", job, "--sizes", str(size)]
            answer = subprocess.run(run, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
            found[job] = json.loads(answer)
        del found["fill"]
        return found
    finally:
        subprocess.run(["dropdb", "--if-exists", maintenance, name], check=True)


def _run(job: str, size: int) -> dict[str, float]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from bench import synthetic
    from partnerships.services import statistics

    written, began = 0, time.perf_counter()
    if job == "fill":
        call_command("migrate", verbosity=0)
        synthetic.fill(affiliations=size)
    elif job == "floor":  # what the framework takes before it has read a row
        call_command("migrate", verbosity=0)
    elif job == "export":
        with tempfile.TemporaryDirectory() as folder:
            call_command("export_registry", f"{folder}/out", verbosity=0)
            written = sum(path.stat().st_size for path in Path(folder, "out").iterdir())
    else:
        statistics.compute(timezone.now())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": time.perf_counter() - began, "peak": peak, "bytes": written}


if __name__ == "__main__":
    main()
