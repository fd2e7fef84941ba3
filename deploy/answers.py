"""Does the web server answer? ``python deploy/answers.py URL`` exits 0 if so; for health checks of containers."""

from __future__ import annotations

import os
import sys
import urllib.request


def main(url: str) -> None:
    """Ask as the proxy would: under the registry's own host name, since it answers no other."""
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip()
    request = urllib.request.Request(url, headers={"Host": host})
    with urllib.request.urlopen(request, timeout=5):
        pass


if __name__ == "__main__":
    main(sys.argv[1])
