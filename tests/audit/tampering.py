"""An attacker for tests: every row of the record is his, the triggers are off, the keys are not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from django.db import transaction

from audit import services
from tests.support import database

TABLES = ("audit_auditevent", "audit_audithead")


@contextmanager
def superuser(name: str) -> Iterator[psycopg2.extensions.cursor]:
    """Yield a cursor on database `name` for which the triggers do not exist."""
    url = database.SUPERUSER_URL or database.OWNER_URL
    connection = psycopg2.connect(database.url_for(url, name))
    connection.autocommit = True
    cursor = connection.cursor()
    for table in TABLES:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    try:
        yield cursor
    finally:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        connection.close()


def write(count: int = 1, **values) -> None:
    """Record and commit `count` entries, by default in the chain of case 7."""
    facts = {
        "actor": None,
        "action": "case.touched",
        "object_type": "case",
        "object_id": 7,
        "office_id": 3,
        "case_id": 7,
    }
    for number in range(count):
        with transaction.atomic():
            services.record(**(facts | {"details": {"number": number}} | values))
