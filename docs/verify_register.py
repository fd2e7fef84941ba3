"""Verify an export of the register by itself: python verify_register.py register.jsonl (needs only rfc8785)."""

import json
import sys
from hashlib import sha256

import rfc8785

seq, head, emptied = 0, "0" * 64, set()
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        entry = json.loads(line)
        seq += 1
        header = {name: entry[name] for name in ("seq", "recorded_at", "event", "subject")}
        payload_hash = entry["payload_hash"]
        if entry["payload"] is None:
            emptied.add(seq)  # redacted; a later entry has to say so
        else:
            payload_hash = sha256(rfc8785.dumps(entry["payload"])).hexdigest()
        linked = bytes.fromhex(head) + bytes.fromhex(payload_hash) + rfc8785.dumps(header)
        hashes = (payload_hash, head, sha256(linked).hexdigest())
        if entry["seq"] != seq or hashes != (entry["payload_hash"], entry["previous_hash"], entry["hash"]):
            sys.exit(f"Entry {seq} fails.")
        head = entry["hash"]
        if entry["event"] == "register.redacted":
            emptied.discard(int(entry["subject"].removeprefix("register/")))
if emptied:
    sys.exit(f"Entry {min(emptied)} has no payload, and no later entry announces its redaction.")
print(f"{seq} entries, head {head}")
