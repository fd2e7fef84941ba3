"""Files an agreement through the API: draft, document, findings, submission. Standard library only.

python file_agreement.py https://registry.example.org filing.json agreement.pdf      (token in REGISTRY_TOKEN)
"""

import hashlib
import json
import os
import sys
import uuid
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen


def ask(method, address, body=b"", kind="application/json", **headers):
    """What the registry answers; a problem is printed with everything that is wrong."""
    headers = {"Authorization": f"Bearer {os.environ['REGISTRY_TOKEN']}", "Content-Type": kind, **headers}
    try:
        with urlopen(Request(address, body, headers, method=method)) as answer:
            return json.load(answer)
    except HTTPError as refused:
        problem = json.load(refused)
        wrong = [f"{error['field']}: {error['message']}" for error in problem["errors"]]
        sys.exit("\n".join([f"{problem['status']} {problem['detail']}", *wrong]))


def form(path, **fields):
    """A file and words beside it as multipart/form-data."""
    edge, content = uuid.uuid4().hex, Path(path).read_bytes()
    fields["sha256"] = hashlib.sha256(content).hexdigest()
    words = "".join(f'--{edge}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items())
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{Path(path).name}"\r\n\r\n'
    return (words + head).encode() + content + f"\r\n--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


site, written, document = sys.argv[1:]
# The key makes it safe to run again: a filing that was begun is not begun twice.
key = {"Idempotency-Key": hashlib.sha256(Path(written).read_bytes()).hexdigest()}
filing = ask("POST", f"{site}/api/v1/filings/", Path(written).read_bytes(), **key)
body, kind = form(document, role="signed_agreement", language="en")
ask("POST", f"{filing['api_url']}documents/", body, kind, **key | {"Idempotency-Key": key["Idempotency-Key"] + "-file"})
for finding in ask("GET", f"{filing['api_url']}findings/")["findings"]:
    print(f"{finding['severity']}: {finding['message']}")
print(ask("POST", f"{filing['api_url']}submit/")["state"])
