"""A case is found at once by the number under which a court keeps it."""

from __future__ import annotations

from django.db import migrations

FORWARD = """
CREATE INDEX event_court_case_number ON cases_event ((facts -> 'court_case_number'))
    WHERE facts ? 'court_case_number';
"""
BACKWARD = "DROP INDEX event_court_case_number;"


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_words"), ("litigation", "0007_transfer_without_court")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
