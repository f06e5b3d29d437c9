"""What the database itself holds of the register of papers.

* No paper and no file of one is ever deleted; files never change.
* A paper that came in bears the Beijing day of its receipt.
* The papers of an office, a direction and a year are numbered 1, 2, 3 … without a gap.
* What was registered never changes. A paper is linked to a matter once, becomes an event of that matter (or of
  the case its lead became) once, and is closed once; a closed one never changes.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION exchange_refuse(what text, rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', what USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = rule;
END $$;

ALTER TABLE exchange_paper ADD CONSTRAINT paper_arrived_on_its_day CHECK (
    received_at IS NULL OR day = (received_at AT TIME ZONE 'Asia/Shanghai')::date
);

CREATE FUNCTION exchange_next_paper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.serial <> (
        SELECT coalesce(max(p.serial), 0) + 1 FROM exchange_paper p
        WHERE p.office_id = NEW.office_id AND p.direction = NEW.direction AND p.year = NEW.year
    ) THEN
        PERFORM exchange_refuse(format('paper number %s leaves a gap', NEW.serial),
            'paper_numbers_are_gapless');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paper_numbers_are_gapless BEFORE INSERT ON exchange_paper
    FOR EACH ROW EXECUTE FUNCTION exchange_next_paper();

CREATE FUNCTION exchange_guard_paper() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    later text[] := ARRAY['lead_id', 'case_id', 'event_id',
        'closed_at', 'closed_by_id', 'closed_reason'];
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        PERFORM exchange_refuse('a paper is never deleted', 'paper_is_never_deleted');
    END IF;
    IF to_jsonb(NEW) - later <> to_jsonb(OLD) - later THEN
        PERFORM exchange_refuse('what was registered of a paper never changes',
            'paper_stays_as_registered');
    END IF;
    IF OLD.closed_at IS NOT NULL THEN
        PERFORM exchange_refuse('a closed paper never changes', 'closed_paper_stays');
    END IF;
    IF coalesce(OLD.lead_id, OLD.case_id) IS NOT NULL
        AND (NEW.lead_id, NEW.case_id) IS DISTINCT FROM (OLD.lead_id, OLD.case_id)
    THEN
        PERFORM exchange_refuse('a paper is linked once', 'paper_is_linked_once');
    END IF;
    IF NEW.event_id IS DISTINCT FROM OLD.event_id AND (
        OLD.event_id IS NOT NULL OR NOT EXISTS (
            SELECT 1 FROM cases_event e LEFT JOIN cases_case c ON c.id = e.case_id
            WHERE e.id = NEW.event_id
              AND (e.case_id = NEW.case_id OR NEW.lead_id IN (e.lead_id, c.lead_id))
        )
    ) THEN
        PERFORM exchange_refuse('a paper becomes one event of its matter',
            'paper_becomes_one_event');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paper_stays_as_registered BEFORE UPDATE OR DELETE ON exchange_paper
    FOR EACH ROW EXECUTE FUNCTION exchange_guard_paper();
CREATE TRIGGER papers_are_not_emptied BEFORE TRUNCATE ON exchange_paper
    FOR EACH STATEMENT EXECUTE FUNCTION exchange_guard_paper();

CREATE TRIGGER exchange_paperfile_rows_stay BEFORE UPDATE OR DELETE ON exchange_paperfile
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER exchange_paperfile_is_not_emptied BEFORE TRUNCATE ON exchange_paperfile
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
"""

BACKWARD = """
DROP TRIGGER exchange_paperfile_is_not_emptied ON exchange_paperfile;
DROP TRIGGER exchange_paperfile_rows_stay ON exchange_paperfile;
DROP TRIGGER papers_are_not_emptied ON exchange_paper;
DROP TRIGGER paper_stays_as_registered ON exchange_paper;
DROP TRIGGER paper_numbers_are_gapless ON exchange_paper;
ALTER TABLE exchange_paper DROP CONSTRAINT paper_arrived_on_its_day;
DROP FUNCTION exchange_guard_paper;
DROP FUNCTION exchange_next_paper;
DROP FUNCTION exchange_refuse;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_triggers"), ("exchange", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
