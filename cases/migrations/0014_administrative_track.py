"""A case against an authority is moved by a machine of its own, and stays on its track (law 3.9).

The trigger on the state takes the edges of the machine the case's track names; a case neither comes to the
administrative track nor leaves it.
"""

from django.db import migrations

MACHINE_OF_THE_ROW = """
    moved_by text := TG_ARGV[0];
BEGIN
    IF TG_TABLE_NAME = 'cases_case' THEN
        IF to_jsonb(NEW) ->> 'track' = 'administrative' THEN
            moved_by := 'administrative';
        END IF;
    END IF;
"""

STATE_FUNCTION = """
CREATE OR REPLACE FUNCTION cases_guard_state() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := '';
{machine}
    IF TG_OP = 'UPDATE' THEN
        IF NEW.state = OLD.state THEN
            RETURN NEW;
        END IF;
        before := OLD.state;
        IF NOT EXISTS (
            SELECT 1 FROM cases_event e
            WHERE e.machine = {name} AND e.object_id = NEW.id
              AND e.from_state = before AND e.to_state = NEW.state
              AND e.transaction_id = pg_current_xact_id()::text::bigint
        ) THEN
            RAISE EXCEPTION 'state of % % cannot change from % to % without its event',
                {name}, NEW.id, before, NEW.state
                USING ERRCODE = 'check_violation', CONSTRAINT = 'state_changes_with_its_event';
        END IF;
        IF EXISTS (
            SELECT 1 FROM cases_event e JOIN cases_event undone ON undone.id = e.annuls_id
            WHERE e.machine = {name} AND e.object_id = NEW.id
              AND e.transaction_id = pg_current_xact_id()::text::bigint
              AND undone.machine = {name} AND undone.object_id = NEW.id
              AND undone.from_state = NEW.state AND undone.to_state = before
        ) THEN
            RETURN NEW;
        END IF;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM cases_allowededge a
        WHERE a.machine = {name} AND a.from_state = before AND a.to_state = NEW.state
    ) THEN
        RAISE EXCEPTION 'state of % % may not go from "%" to "%"',
            {name}, NEW.id, before, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'state_edge_is_allowed';
    END IF;
    RETURN NEW;
END $$;
"""

TRACK = """
CREATE FUNCTION cases_keep_administrative_track() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.track = 'administrative') <> (OLD.track = 'administrative') THEN
        RAISE EXCEPTION 'case % neither comes to the administrative track nor leaves it', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'administrative_track_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER administrative_track_stays BEFORE UPDATE OF track ON cases_case
    FOR EACH ROW EXECUTE FUNCTION cases_keep_administrative_track();
"""

FORWARD = STATE_FUNCTION.format(machine=MACHINE_OF_THE_ROW, name="moved_by") + TRACK
BACKWARD = STATE_FUNCTION.format(machine="BEGIN", name="TG_ARGV[0]") + (
    "DROP TRIGGER administrative_track_stays ON cases_case;"
    "DROP FUNCTION cases_keep_administrative_track;"
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_parties_that_joined")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
