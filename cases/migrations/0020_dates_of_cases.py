"""The days by which lists sort follow from the record of events, whoever writes it.

Triggers keep the row of each case; what runs next is kept by the room of deadlines (its migration 0012). The row
is locked before anything is read, so that of two who write at once the second sees what the first wrote.
"""

from __future__ import annotations

from django.db import migrations

FORWARD = """
CREATE FUNCTION cases_state_since(of_case bigint) RETURNS date LANGUAGE sql STABLE AS $$
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

CREATE FUNCTION cases_updated_at(of_case bigint) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT greatest(
        (SELECT created_at FROM cases_case WHERE id = of_case),
        (SELECT max(recorded_at) FROM cases_event WHERE case_id = of_case)
    )
$$;

CREATE FUNCTION cases_keep_dates(of_case bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM cases_casedates WHERE case_id = of_case FOR NO KEY UPDATE;
    UPDATE cases_casedates SET state_since = now.state_since, updated_at = now.updated_at
    FROM (SELECT cases_state_since(of_case) AS state_since, cases_updated_at(of_case) AS updated_at) AS now
    WHERE case_id = of_case
        AND (cases_casedates.state_since, cases_casedates.updated_at) <> (now.state_since, now.updated_at);
END $$;

CREATE FUNCTION cases_case_filed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO cases_casedates (case_id, state_since, updated_at)
        VALUES (NEW.id, NEW.filed_on, NEW.created_at);
    ELSE
        PERFORM cases_keep_dates(NEW.id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER case_has_its_dates AFTER INSERT OR UPDATE OF filed_on, created_at
    ON cases_case FOR EACH ROW EXECUTE FUNCTION cases_case_filed();

CREATE FUNCTION cases_event_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.case_id IS NOT NULL THEN
        PERFORM cases_keep_dates(NEW.case_id);
    END IF;
    IF NEW.machine IN ('case', 'administrative') AND NEW.object_id IS DISTINCT FROM NEW.case_id THEN
        PERFORM cases_keep_dates(NEW.object_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER event_keeps_the_dates_of_its_case AFTER INSERT ON cases_event
    FOR EACH ROW EXECUTE FUNCTION cases_event_recorded();

INSERT INTO cases_casedates (case_id, state_since, updated_at)
    SELECT id, cases_state_since(id), cases_updated_at(id) FROM cases_case;
"""
BACKWARD = """
DROP TRIGGER event_keeps_the_dates_of_its_case ON cases_event;
DROP TRIGGER case_has_its_dates ON cases_case;
DROP FUNCTION cases_event_recorded;
DROP FUNCTION cases_case_filed;
DROP FUNCTION cases_keep_dates;
DROP FUNCTION cases_updated_at;
DROP FUNCTION cases_state_since;
DELETE FROM cases_casedates;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0019_lists")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
