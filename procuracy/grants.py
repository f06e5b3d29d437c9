"""What the application role may do, table by table.

The owner migrates; the application reads and writes. On the record itself (audit, events,
approvals) it may only read and add, so that no fault of the application can change what happened
(safety C, design 7). A table nobody granted is closed: `apply_grants` runs after every `migrate`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

Quote = Callable[[str], str]

READ = ("SELECT",)
READ_AND_ADD = ("SELECT", "INSERT")
READ_AND_WRITE = ("SELECT", "INSERT", "UPDATE", "DELETE")

APPEND_ONLY = (
    "administrative_answer",
    "administrative_assessment",
    "administrative_caseauthority",
    "administrative_reply",
    "audit_auditevent",
    "cases_cardcheck",
    "cases_event",
    "cases_event_proofs",
    "cases_approvalstep",
    "cases_formercase",
    "evidence_exhibit",
    "evidence_withdrawal",
    "evidence_factlink",
    "evidence_factremoval",
    "enforcement_archiveentry",
    "enforcement_archiveindex",
    "enforcement_ledgercheck",
    "enforcement_ledgerentry",
    "enforcement_relapse",
    "notices_submittedtext",
    "notices_addressconfirmation",
    "notices_service",
    "notices_attempt",
    "notices_outcome",
    "deadlines_calendarnotice",
    "deadlines_completioncheck",
    "deadlines_entrycheck",
    "exchange_paperfile",
)
SELECT_ONLY = ("cases_allowededge", "django_migrations")
# The head of a chain moves on with every entry; a body is merged; a recommendation is decided; a court or
# an eligible subject is closed, a paper linked and closed; an office's own period is ended; what a batch did
# stays named. None is taken away.
NEVER_DELETED = (
    "administrative_body",
    "administrative_governancerecommendation",
    "administrative_recommendation",
    "audit_audithead",
    "deadlines_officeperiod",
    "exchange_paper",
    "litigation_court",
    "litigation_eligiblesubject",
    "notices_documentbatch",
    "notices_batchitem",
)

EXCEPTIONS: dict[str, tuple[str, ...]] = (
    dict.fromkeys(APPEND_ONLY, READ_AND_ADD)
    | dict.fromkeys(SELECT_ONLY, READ)
    | dict.fromkeys(NEVER_DELETED, ("SELECT", "INSERT", "UPDATE"))
)


class UnknownRole(Exception):
    """The application role does not exist in the database."""


def tables_of(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the tables and partitioned tables of the schema `public`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY c.relname"
        )
        return [str(name) for (name,) in cursor.fetchall()]


def missing_tables(tables: Iterable[str]) -> list[str]:
    """Return the tables named in this module that the database does not have."""
    return sorted(set(EXCEPTIONS) - set(tables))


def statements(role: str, database: str, tables: Iterable[str], quote: Quote) -> list[str]:
    """Return the statements that give `role` its rights and nothing else; they can be repeated."""
    to = quote(role)
    everybody = f"{to}, PUBLIC"
    result = [
        f"REVOKE ALL ON DATABASE {quote(database)} FROM {everybody}",
        f"GRANT CONNECT ON DATABASE {quote(database)} TO {to}",
        f"REVOKE ALL ON SCHEMA public FROM {everybody}",
        f"GRANT USAGE ON SCHEMA public TO {to}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {everybody}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {everybody}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {to}",
    ]
    for table in tables:
        rights = ", ".join(EXCEPTIONS.get(table, READ_AND_WRITE))
        result.append(f"GRANT {rights} ON TABLE {quote(table)} TO {to}")
    return result


def apply(connection: BaseDatabaseWrapper, role: str) -> list[str]:
    """Set the rights of `role` in the database of `connection` (the owner's), in one transaction.

    Returns:
        the tables named in this module that the database does not have.

    Raises:
        UnknownRole: the role does not exist.
    """
    tables = tables_of(connection)
    database = str(connection.settings_dict["NAME"])
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            raise UnknownRole(role)
        for statement in statements(role, database, tables, connection.ops.quote_name):
            cursor.execute(statement)
    return missing_tables(tables)


def excess(connection: BaseDatabaseWrapper) -> list[str]:
    """Return what the connected role could do to the append-only tables beyond reading and adding.

    Empty means that the record is safe from this role. A superuser and an owner can do everything.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname || ' ' || p.privilege"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,"
            " unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) AS p(privilege)"
            " WHERE n.nspname = 'public' AND c.relname = ANY(%s)"
            " AND has_table_privilege(c.oid, p.privilege) ORDER BY 1",
            [list(APPEND_ONLY)],
        )
        return [str(name) for (name,) in cursor.fetchall()]
