"""The database refuses what the services would refuse (design 1, idea 3).

* No document is ever deleted. An issued one only becomes void; a void one never changes. What an approval
  covers of a final one changes only by making it a draft again. The matter and the code never change.
* A number given stays given: it only becomes void, with a reason; no row of the register is deleted.
* A counter only counts on; its start moves only while nothing was given.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION notices_refuse(what text, rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', what USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = rule;
END $$;

CREATE FUNCTION notices_guard_document() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    voiding text[] := ARRAY['status', 'voided_at', 'voided_by_id', 'void_reason'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM notices_refuse('a document is never deleted', 'document_is_never_deleted');
    END IF;
    IF (NEW.lead_id, NEW.case_id, NEW.office_id, NEW.code, NEW.corrects_id)
        IS DISTINCT FROM (OLD.lead_id, OLD.case_id, OLD.office_id, OLD.code, OLD.corrects_id)
    THEN
        PERFORM notices_refuse('a document keeps its matter and code', 'document_keeps_its_matter');
    END IF;
    IF OLD.status = 'void' THEN
        PERFORM notices_refuse('a void document never changes', 'document_stays_as_issued');
    END IF;
    IF OLD.status = 'issued' AND (
        NEW.status <> 'void' OR to_jsonb(NEW) - voiding <> to_jsonb(OLD) - voiding
    ) THEN
        PERFORM notices_refuse('an issued document never changes', 'document_stays_as_issued');
    END IF;
    IF OLD.status = 'final' AND NEW.status <> 'draft'
        AND (NEW.digest, NEW.title) IS DISTINCT FROM (OLD.digest, OLD.title)
    THEN
        PERFORM notices_refuse('a final document is reopened before it changes',
            'final_document_is_reopened_first');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER document_stays_as_issued BEFORE UPDATE OR DELETE ON notices_document
    FOR EACH ROW EXECUTE FUNCTION notices_guard_document();

CREATE FUNCTION notices_guard_register() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    voiding text[] := ARRAY['state', 'voided_at', 'voided_by_id', 'void_reason'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM notices_refuse('a number given stays given', 'number_stays_given');
    END IF;
    IF OLD.state <> 'given' OR NEW.state <> 'void'
        OR to_jsonb(NEW) - voiding <> to_jsonb(OLD) - voiding
    THEN
        PERFORM notices_refuse('a number given only becomes void', 'number_stays_given');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER number_stays_given BEFORE UPDATE OR DELETE ON notices_numberregister
    FOR EACH ROW EXECUTE FUNCTION notices_guard_register();

CREATE FUNCTION notices_guard_counter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM notices_refuse('a counter is never deleted', 'counter_only_counts_on');
    END IF;
    IF (NEW.office_id, NEW.word, NEW.year) IS DISTINCT FROM (OLD.office_id, OLD.word, OLD.year) THEN
        PERFORM notices_refuse('a counter keeps its series', 'counter_only_counts_on');
    END IF;
    IF NEW.start <> OLD.start AND OLD.last >= OLD.start THEN
        PERFORM notices_refuse('the start moves only before the first number',
            'counter_only_counts_on');
    END IF;
    IF NEW.start = OLD.start AND NEW.last < OLD.last THEN
        PERFORM notices_refuse('a counter never goes back', 'counter_only_counts_on');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER counter_only_counts_on BEFORE UPDATE OR DELETE ON notices_numbercounter
    FOR EACH ROW EXECUTE FUNCTION notices_guard_counter();
"""

BACKWARD = """
DROP TRIGGER counter_only_counts_on ON notices_numbercounter;
DROP TRIGGER number_stays_given ON notices_numberregister;
DROP TRIGGER document_stays_as_issued ON notices_document;
DROP FUNCTION notices_guard_counter;
DROP FUNCTION notices_guard_register;
DROP FUNCTION notices_guard_document;
DROP FUNCTION notices_refuse;
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
