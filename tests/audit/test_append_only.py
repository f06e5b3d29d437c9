"""The record of who did what refuses to be changed, by grant and by trigger."""

from __future__ import annotations

import psycopg2
import pytest
from django.db import DatabaseError, connections, transaction

from audit import services
from tests.audit import tampering
from tests.support import database

ATTACKS = [
    "UPDATE audit_auditevent SET outcome = 'other'",
    "DELETE FROM audit_auditevent",
    "TRUNCATE audit_auditevent",
    "TRUNCATE audit_audithead",
    "DELETE FROM audit_audithead",
]
ATTACKS_ON_THE_TRIGGERS = [
    "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL",
    "ALTER TABLE audit_auditevent DISABLE TRIGGER audit_event_refuse_change",
    "DROP TRIGGER audit_event_refuse_change ON audit_auditevent",
    "CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql"
    " AS 'BEGIN RETURN OLD; END'",
    "DROP TABLE audit_auditevent",
    "SET session_replication_role = replica",
]


@pytest.fixture
def entry(db):
    with transaction.atomic():
        return services.record(
            actor=None, action="test.record", object_type="office", object_id=1, office_id=1
        )


def run(alias, statement):
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", [*ATTACKS, *ATTACKS_ON_THE_TRIGGERS])
def test_the_application_role_cannot_change_the_record(entry, statement):
    with pytest.raises(DatabaseError) as refusal:
        run("default", statement)
    assert refusal.value.__cause__.pgcode == "42501", "refused by privilege, before any trigger"


@pytest.mark.parametrize("statement", ATTACKS)
def test_even_the_owner_meets_the_triggers(committed_db, statement):
    tampering.write()
    connection = psycopg2.connect(database.url_for(database.OWNER_URL, committed_db))
    with pytest.raises(psycopg2.errors.RestrictViolation), connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    "change", ["sequence = sequence + 2", "sequence = sequence - 1", "mac = '\\x00'", "scope = 'x'"]
)
def test_the_head_of_a_chain_moves_on_by_one_row_at_a_time(entry, change):
    with pytest.raises(DatabaseError, match="one row at a time"):
        run("default", f"UPDATE audit_audithead SET {change}")


def test_a_second_row_with_the_same_number_is_refused(entry):
    entry.pk = entry.pk + 1000
    with (
        pytest.raises(DatabaseError, match="audit_event_one_number_in_a_scope"),
        transaction.atomic(),
    ):
        entry.save(force_insert=True)
