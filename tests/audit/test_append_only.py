"""The record of who did what refuses to be changed, by grant and by trigger."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connections, transaction

from audit import services


@pytest.fixture
def entry(db):
    with transaction.atomic():
        return services.record(
            actor=None, action="test.record", object_type="office", object_id=1, office_id=1
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET outcome = 'other'",
        "DELETE FROM audit_auditevent",
        "TRUNCATE audit_auditevent",
        "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_role_cannot_change_the_record(entry, statement):
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(statement)
