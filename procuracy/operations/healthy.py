"""`python -m procuracy.operations.healthy`: whether the web server of this machine lives, for its supervisor.

It asks under a name the site answers to, by the variables the server itself was started with.
"""

from __future__ import annotations

import http.client
import os
import sys

SECONDS = 4


def host(environment: dict[str, str]) -> str:
    """Return a name the site answers to."""
    first = environment.get("ALLOWED_HOSTS", "").split(",")[0].strip()
    return first.removeprefix("*").removeprefix(".") or "localhost"


def lives(environment: dict[str, str]) -> bool:
    """Say whether `/healthz` answers."""
    port = int(environment.get("PORT", "8000"))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", "/healthz", headers={"Host": host(environment)})
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not lives(dict(os.environ)))
