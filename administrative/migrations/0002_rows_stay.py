"""The database refuses what the services would refuse.

* Replies, answers, assessments and the authority of a case are append-only.
* A decided recommendation stands: neither it nor its measures change, none is added or taken away, until
  the decision is annulled.
* A decided recommendation has at least one measure (Rules 75(6)).
"""

from django.db import migrations

APPEND_ONLY = (
    "administrative_caseauthority",
    "administrative_reply",
    "administrative_answer",
    "administrative_assessment",
)

DECIDED = """
CREATE FUNCTION administrative_keep_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.decision_id IS NULL AND EXISTS (
        SELECT 1 FROM cases_event e WHERE e.annuls_id = OLD.decision_id
    ) THEN
        RETURN NEW;
    END IF;
    IF OLD.decision_id IS NOT NULL AND to_jsonb(NEW) <> to_jsonb(OLD) THEN
        RAISE EXCEPTION 'recommendation % is decided and stands', OLD.id
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'decided_recommendation_stands';
    END IF;
    IF NEW.decision_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM administrative_measure m WHERE m.recommendation_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'recommendation % has no measure', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decided_recommendation_has_measures';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decided_recommendation_stands BEFORE UPDATE ON administrative_recommendation
    FOR EACH ROW EXECUTE FUNCTION administrative_keep_decided();

CREATE FUNCTION administrative_keep_measures() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    row_now administrative_measure := COALESCE(NEW, OLD);
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'retest_on' = to_jsonb(OLD) - 'retest_on' THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT 1 FROM administrative_recommendation r
        WHERE r.id = row_now.recommendation_id AND r.decision_id IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'the measures of recommendation % are decided', row_now.recommendation_id
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'decided_measures_stand';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER decided_measures_stand BEFORE INSERT OR UPDATE OR DELETE ON administrative_measure
    FOR EACH ROW EXECUTE FUNCTION administrative_keep_measures();
"""


def append_only(table: str) -> str:
    """Return the SQL that makes a table append-only."""
    return f"""
CREATE TRIGGER {table}_rows_stay BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
"""


def changeable(table: str) -> str:
    """Return the SQL that takes that back."""
    return (
        f"DROP TRIGGER {table}_rows_stay ON {table};"
        f"DROP TRIGGER {table}_is_not_emptied ON {table};"
    )


BACKWARD = (
    "DROP TRIGGER decided_measures_stand ON administrative_measure;"
    "DROP FUNCTION administrative_keep_measures;"
    "DROP TRIGGER decided_recommendation_stands ON administrative_recommendation;"
    "DROP FUNCTION administrative_keep_decided;"
    + "".join(changeable(table) for table in APPEND_ONLY)
)
FORWARD = DECIDED + "".join(append_only(table) for table in APPEND_ONLY)


class Migration(migrations.Migration):
    dependencies = [
        ("administrative", "0001_bodies_and_recommendations"),
        ("cases", "0015_states_of_the_administrative_track"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
