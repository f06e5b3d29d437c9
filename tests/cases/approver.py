"""One process that approves: reads `address token digest` lines, answers each with the status it got."""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request


def approve(address: str, token: str, digest: str) -> int:
    """POST one approval and return the status of the answer."""
    body = json.dumps({"decision": "approve", "digest": digest}).encode()
    headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}
    try:
        with urllib.request.urlopen(urllib.request.Request(address, body, headers)) as answer:
            return answer.status
    except urllib.error.HTTPError as refusal:
        return refusal.code


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(f"{approve(*line.split())}\n")
        sys.stdout.flush()
