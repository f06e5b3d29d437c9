"""The database refuses what the services would refuse (design 1, idea 3).

* Events and approval steps are append-only, whoever asks.
* `cases_event.transaction_id` is set by the database.
* A state changes only along an allowed edge, with its event in the same transaction; or backwards along the
  event that an annulment of the same transaction names. A new row starts in an initial state.
"""

from django.db import migrations

APPEND_ONLY = ("cases_event", "cases_event_proofs", "cases_approvalstep")

APPEND_ONLY_FUNCTION = """
CREATE FUNCTION cases_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END $$;
"""

TRANSACTION_FUNCTION = """
CREATE FUNCTION cases_stamp_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.transaction_id := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
CREATE TRIGGER event_bears_its_transaction BEFORE INSERT ON cases_event
    FOR EACH ROW EXECUTE FUNCTION cases_stamp_transaction();
"""

STATE_FUNCTION = """
CREATE FUNCTION cases_guard_state() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := '';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.state = OLD.state THEN
            RETURN NEW;
        END IF;
        before := OLD.state;
        IF NOT EXISTS (
            SELECT 1 FROM cases_event e
            WHERE e.machine = TG_ARGV[0] AND e.object_id = NEW.id
              AND e.from_state = before AND e.to_state = NEW.state
              AND e.transaction_id = pg_current_xact_id()::text::bigint
        ) THEN
            RAISE EXCEPTION 'state of % % cannot change from % to % without its event',
                TG_ARGV[0], NEW.id, before, NEW.state
                USING ERRCODE = 'check_violation', CONSTRAINT = 'state_changes_with_its_event';
        END IF;
        IF EXISTS (
            SELECT 1 FROM cases_event e JOIN cases_event undone ON undone.id = e.annuls_id
            WHERE e.machine = TG_ARGV[0] AND e.object_id = NEW.id
              AND e.transaction_id = pg_current_xact_id()::text::bigint
              AND undone.machine = TG_ARGV[0] AND undone.object_id = NEW.id
              AND undone.from_state = NEW.state AND undone.to_state = before
        ) THEN
            RETURN NEW;
        END IF;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM cases_allowededge a
        WHERE a.machine = TG_ARGV[0] AND a.from_state = before AND a.to_state = NEW.state
    ) THEN
        RAISE EXCEPTION 'state of % % may not go from "%" to "%"',
            TG_ARGV[0], NEW.id, before, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'state_edge_is_allowed';
    END IF;
    RETURN NEW;
END $$;
"""

GUARDED = (("cases_lead", "lead"), ("cases_case", "case"))


def append_only(table: str) -> str:
    """Return the SQL that makes a table append-only."""
    return f"""
CREATE TRIGGER {table}_rows_stay BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
"""


def guarded(table: str, machine: str) -> str:
    """Return the SQL that guards the state column of a table."""
    return f"""
CREATE TRIGGER {table}_state_is_guarded BEFORE INSERT OR UPDATE OF state ON {table}
    FOR EACH ROW EXECUTE FUNCTION cases_guard_state('{machine}');
"""


FORWARD = "".join(
    [
        APPEND_ONLY_FUNCTION,
        TRANSACTION_FUNCTION,
        STATE_FUNCTION,
        *(append_only(table) for table in APPEND_ONLY),
        *(guarded(table, machine) for table, machine in GUARDED),
    ]
)
BACKWARD = "".join(
    [
        *(f"DROP TRIGGER {table}_state_is_guarded ON {table};" for table, _ in GUARDED),
        *(
            f"DROP TRIGGER {table}_rows_stay ON {table};"
            f"DROP TRIGGER {table}_is_not_emptied ON {table};"
            for table in APPEND_ONLY
        ),
        "DROP TRIGGER event_bears_its_transaction ON cases_event;",
        "DROP FUNCTION cases_guard_state; DROP FUNCTION cases_stamp_transaction;",
        "DROP FUNCTION cases_refuse_change;",
    ]
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
