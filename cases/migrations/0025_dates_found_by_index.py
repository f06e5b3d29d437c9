"""The day a state holds since is found along indexes, whatever the database knows of its tables.

The same day as before (migration 0020). Asked for the last correction of an event with ORDER BY and LIMIT, the
planner walked the events backwards until it came to one, and most events have none; an import asks it of every case.
"""

from __future__ import annotations

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION cases_state_since(of_case bigint) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT coalesce((
            SELECT (array_agg(c.legal_day ORDER BY c.id DESC))[1] FROM cases_event c WHERE c.corrects_id = last.id
        ), last.legal_day)
        FROM unnest(ARRAY['case', 'administrative']) AS of_machine, LATERAL (
            SELECT e.id, e.legal_day FROM cases_event e
            WHERE e.machine = of_machine AND e.object_id = of_case AND e.to_state <> ''
                AND e.annuls_id IS NULL AND NOT EXISTS (SELECT 1 FROM cases_event a WHERE a.annuls_id = e.id)
            ORDER BY e.id DESC LIMIT 1
        ) AS last
        ORDER BY last.id DESC LIMIT 1
    ), (SELECT filed_on FROM cases_case WHERE id = of_case))
$$;
"""
BACKWARD = """
CREATE OR REPLACE FUNCTION cases_state_since(of_case bigint) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT coalesce((
            SELECT c.legal_day FROM cases_event c WHERE c.corrects_id = e.id ORDER BY c.id DESC LIMIT 1
        ), e.legal_day)
        FROM cases_event e
        WHERE e.machine IN ('case', 'administrative') AND e.object_id = of_case AND e.to_state <> ''
            AND e.annuls_id IS NULL AND NOT EXISTS (SELECT 1 FROM cases_event a WHERE a.annuls_id = e.id)
        ORDER BY e.id DESC LIMIT 1
    ), (SELECT filed_on FROM cases_case WHERE id = of_case))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0024_order_of_leads")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
