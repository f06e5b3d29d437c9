"""What the database itself holds of evidence.

* Exhibits, withdrawals, stated facts and removals are only ever added.
* The exhibits of a case are numbered 1, 2, 3 … without a gap.
* A fact rests on an exhibit of its own case.
"""

from django.db import migrations

APPEND_ONLY = (
    "evidence_exhibit",
    "evidence_withdrawal",
    "evidence_factlink",
    "evidence_factremoval",
)

GAPLESS = """
CREATE FUNCTION evidence_next_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number <> (
        SELECT coalesce(max(e.number), 0) + 1 FROM evidence_exhibit e WHERE e.case_id = NEW.case_id
    ) THEN
        RAISE EXCEPTION 'exhibit number % of case % leaves a gap', NEW.number, NEW.case_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'exhibit_numbers_are_gapless';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER exhibit_numbers_are_gapless BEFORE INSERT ON evidence_exhibit
    FOR EACH ROW EXECUTE FUNCTION evidence_next_number();
"""

SAME_CASE = """
ALTER TABLE evidence_factlink ADD CONSTRAINT fact_rests_on_exhibit_of_its_case
    FOREIGN KEY (exhibit_id, case_id) REFERENCES evidence_exhibit (id, case_id);
"""


def append_only(table: str) -> str:
    """Return the SQL that makes a table append-only."""
    return f"""
CREATE TRIGGER {table}_rows_stay BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
"""


FORWARD = GAPLESS + SAME_CASE + "".join(append_only(table) for table in APPEND_ONLY)
BACKWARD = (
    "".join(
        f"DROP TRIGGER {table}_rows_stay ON {table};"
        f"DROP TRIGGER {table}_is_not_emptied ON {table};"
        for table in APPEND_ONLY
    )
    + "ALTER TABLE evidence_factlink DROP CONSTRAINT fact_rests_on_exhibit_of_its_case;"
    + "DROP TRIGGER exhibit_numbers_are_gapless ON evidence_exhibit;"
    + "DROP FUNCTION evidence_next_number;"
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_triggers"), ("evidence", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
