"""What runs next in a case is kept beside it, so that lists sort by it along an index.

A trigger for each statement, for a new calendar writes half a million rows at once. The rows of the cases are
locked in one order before anything is read: of two who write at once the second sees what the first wrote.
"""

from __future__ import annotations

from django.db import migrations

FORWARD = """
CREATE FUNCTION deadlines_next_due(of_case bigint) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT min(effective_day) FROM deadlines_deadline WHERE case_id = of_case AND state = 'open'
$$;

CREATE FUNCTION deadlines_keep_next_due(of_cases bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM cases_casedates WHERE case_id = ANY (of_cases) ORDER BY case_id FOR NO KEY UPDATE;
    UPDATE cases_casedates SET next_due = due.day
    FROM (SELECT id, deadlines_next_due(id) AS day FROM unnest(of_cases) AS id) AS due
    WHERE case_id = due.id AND next_due IS DISTINCT FROM due.day;
END $$;

CREATE FUNCTION deadlines_entered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM deadlines_keep_next_due(array_agg(DISTINCT case_id)) FROM entered
    WHERE case_id IS NOT NULL AND state = 'open';
    RETURN NULL;
END $$;
CREATE TRIGGER entered_deadline_keeps_next_due AFTER INSERT ON deadlines_deadline
    REFERENCING NEW TABLE AS entered FOR EACH STATEMENT EXECUTE FUNCTION deadlines_entered();

CREATE FUNCTION deadlines_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM deadlines_keep_next_due(array_agg(DISTINCT touched.id)) FROM (
        SELECT unnest(ARRAY[was.case_id, becomes.case_id]) AS id FROM was JOIN becomes ON was.id = becomes.id
        WHERE (was.case_id, was.state, was.effective_day)
            IS DISTINCT FROM (becomes.case_id, becomes.state, becomes.effective_day)
    ) AS touched WHERE touched.id IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER moved_deadline_keeps_next_due AFTER UPDATE ON deadlines_deadline
    REFERENCING OLD TABLE AS was NEW TABLE AS becomes
    FOR EACH STATEMENT EXECUTE FUNCTION deadlines_moved();

CREATE FUNCTION deadlines_taken_away() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM deadlines_keep_next_due(array_agg(DISTINCT case_id)) FROM gone WHERE case_id IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER gone_deadline_keeps_next_due AFTER DELETE ON deadlines_deadline
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION deadlines_taken_away();

UPDATE cases_casedates SET next_due = deadlines_next_due(case_id);
"""
BACKWARD = """
DROP TRIGGER gone_deadline_keeps_next_due ON deadlines_deadline;
DROP TRIGGER moved_deadline_keeps_next_due ON deadlines_deadline;
DROP TRIGGER entered_deadline_keeps_next_due ON deadlines_deadline;
DROP FUNCTION deadlines_taken_away;
DROP FUNCTION deadlines_moved;
DROP FUNCTION deadlines_entered;
DROP FUNCTION deadlines_keep_next_due;
DROP FUNCTION deadlines_next_due;
UPDATE cases_casedates SET next_due = NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0020_dates_of_cases"),
        ("deadlines", "0011_lighter_rows"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
