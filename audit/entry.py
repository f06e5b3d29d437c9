"""An entry as it is digested: which columns, how each is spelled.

Recording and verifying both go through here, so that they cannot disagree.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from audit.canonical import Json

# The columns that the canonical bytes repeat; `details` stands in the bytes alone.
COLUMNS = (
    "id",
    "scope",
    "sequence",
    "at",
    "office_id",
    "case_id",
    "lead_id",
    "actor_id",
    "actor_kind",
    "on_behalf_of_id",
    "action",
    "object_type",
    "object_id",
    "outcome",
    "reason",
    "request_id",
    "ip",
    "algorithm",
    "key_id",
)


def spelled_instant(instant: datetime) -> str:
    """Return `instant` in UTC with microseconds, for example 2024-06-24T01:00:00.000000Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def spelled_address(address: str | None) -> str | None:
    """Return an IPv6 address as Python writes it; PostgreSQL and Python differ in rare forms."""
    if address is None or ":" not in address:
        return address
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return address


def spelled(columns: Mapping[str, Any]) -> dict[str, Json]:
    """Return the `COLUMNS` of a row as JSON values."""
    values = {name: columns[name] for name in COLUMNS}
    return values | {"at": spelled_instant(columns["at"]), "ip": spelled_address(columns["ip"])}
