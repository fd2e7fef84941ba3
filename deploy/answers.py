"""Does the web server on this machine answer? ``python deploy/answers.py /healthz/`` exits 0 if so."""

from __future__ import annotations

import http.client
import os
import sys

PORT = 8000


def main(path: str) -> int:
    """Ask as the proxy would: under the registry's own host name, since it answers no other."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
    connection.request("GET", path, headers={"Host": os.environ["ALLOWED_HOSTS"].split(",")[0].strip()})
    return 0 if connection.getresponse().status == http.HTTPStatus.OK else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
