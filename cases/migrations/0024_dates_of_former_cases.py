"""A case that comes in with its events has the dates they tell.

Rows of former cases are written after their events (migration 0023), so the first row of dates is counted from
what is there already; a case without events begins with its filing, as before.
"""

from __future__ import annotations

from django.db import migrations

FILED = """
CREATE OR REPLACE FUNCTION cases_case_filed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO cases_casedates (case_id, state_since, updated_at)
        VALUES (NEW.id, {since}, {updated});
    ELSE
        PERFORM cases_keep_dates(NEW.id);
    END IF;
    RETURN NULL;
END $$;
"""
FORWARD = FILED.format(since="cases_state_since(NEW.id)", updated="cases_updated_at(NEW.id)")
BACKWARD = FILED.format(since="NEW.filed_on", updated="NEW.created_at")


class Migration(migrations.Migration):
    dependencies = [("cases", "0023_former_cases")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
