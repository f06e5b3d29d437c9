"""More cases than the import can bring in for a benchmark: the imported ones again, under new numbers.

The rows are written by PostgreSQL alone, without triggers, so they have no entries in the record of audit and no
reminders; everything a list, a search and the page of a case read is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psycopg2.extensions import connection as Connection

TABLES = (
    *(
        "cases_lead",
        "cases_case",
        "cases_party",
        "cases_teammember",
        "cases_event",
        "cases_backentry",
    ),
    *("deadlines_deadline", "cases_casewords", "cases_casedates"),
)
_COLUMNS = """
SELECT a.attname, coalesce(f.relname, '') FROM pg_attribute a
LEFT JOIN pg_constraint c ON c.conrelid = a.attrelid AND c.contype = 'f' AND c.conkey = ARRAY[a.attnum]
LEFT JOIN pg_class f ON f.oid = c.confrelid
WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
"""
_INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
WHERE i.indrelid = ANY (%s::regclass[]) AND NOT i.indisunique
"""
# The last digits of a key are the serial; there are more than five of them here.
_KEY = r"regexp_replace(t.key, '\d+$', '') || lpad({0}::text, greatest(5, length({0}::text)), '0')"


@dataclass
class _Step:
    """How far the numbers of a table lie apart from one copy to the next."""

    number: int
    serial: int = 0


def multiply(connection: Connection, times: int) -> None:
    """Write every case of the database `times - 1` times more; `connection` is the superuser's."""
    with connection, connection.cursor() as cursor:
        tables = list(TABLES)
        steps = {name: _step(cursor, name) for name in tables}
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute(_INDEXES, [tables])
        indexes = cursor.fetchall()
        for name, _made in indexes:
            cursor.execute(f"DROP INDEX {name}")
        for name in tables:
            _copy(cursor, name, steps, times)
        _copy_heads(cursor, steps["cases_case"].number, times)
        for _name, made in indexes:
            cursor.execute(made)


def _copy_heads(cursor: Any, step: int, times: int) -> None:
    """Let each copy have the head of a chain of its own, so that the next act goes on as with an imported case."""
    cursor.execute(
        "INSERT INTO audit_audithead (scope, sequence, mac)"
        f" SELECT 'case:' || (substr(scope, 6)::bigint + k * {step}), sequence, mac"
        f" FROM audit_audithead, generate_series(1, {times - 1}) k WHERE scope LIKE 'case:%'"
    )


def _step(cursor: Any, table: str) -> _Step:
    names = {name for name, _of in _columns(cursor, table)}
    key = "id" if "id" in names else "case_id"
    cursor.execute(f"SELECT coalesce(max({key}), 0) + 1 FROM {table}")
    step = _Step(cursor.fetchone()[0])
    if "serial" in names:
        cursor.execute(f"SELECT max(serial) + 1 FROM {table}")
        step.serial = cursor.fetchone()[0]
    return step


def _columns(cursor: Any, table: str) -> list[tuple[str, str]]:
    cursor.execute(_COLUMNS, [table])
    found: list[tuple[str, str]] = cursor.fetchall()
    return found


def _copy(cursor: Any, table: str, steps: dict[str, _Step], times: int) -> None:
    own = steps[table]
    columns = _columns(cursor, table)
    serial = f"(t.serial + k * {own.serial})"
    values = []
    for name, of in columns:
        if of in steps:
            values.append(f"t.{name} + k * {steps[of].number}")
        elif name == "id":
            values.append(f"t.id + k * {own.number}")
        elif name == "serial":
            values.append(serial)
        elif name == "key":
            values.append(_KEY.format(serial))
        elif name == "object_id":
            lead, case = steps["cases_lead"].number, steps["cases_case"].number
            values.append(
                f"t.object_id + k * CASE t.machine WHEN 'lead' THEN {lead} ELSE {case} END"
            )
        else:
            values.append(f"t.{name}")
    names = ", ".join(name for name, _of in columns)
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {', '.join(values)}"
        f" FROM {table} t, generate_series(1, {times - 1}) k ORDER BY k, 1"
    )
    if any(name == "id" for name, _of in columns):
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        )
