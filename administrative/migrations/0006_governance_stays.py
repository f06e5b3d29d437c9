"""The database refuses what the services would refuse.

* The state of a recommendation on governance changes only along an allowed edge, with its event in the same
  transaction.
* A recommendation is never deleted; what is decided stands: only its course goes on.
* The legal-policy department has reviewed whatever is decided (PRR 17).
"""

from django.db import migrations

FORWARD = """
CREATE TRIGGER administrative_governance_state_is_guarded
    BEFORE INSERT OR UPDATE OF state ON administrative_governancerecommendation
    FOR EACH ROW EXECUTE FUNCTION cases_guard_state('governance');

CREATE FUNCTION administrative_keep_governance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    course text[] := ARRAY['state', 'document_id', 'served_on', 'objection_until'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'recommendation on governance % stays', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'governance_stays';
    END IF;
    IF OLD.decision_id IS NOT NULL AND to_jsonb(NEW) - course <> to_jsonb(OLD) - course THEN
        RAISE EXCEPTION 'recommendation on governance % is decided and stands', OLD.id
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'decided_governance_stands';
    END IF;
    IF OLD.decision_id IS NULL AND NEW.decision_id IS NOT NULL AND OLD.state <> 'reviewed' THEN
        RAISE EXCEPTION 'recommendation on governance % was not reviewed', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decided_governance_was_reviewed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER governance_stays BEFORE UPDATE OR DELETE ON administrative_governancerecommendation
    FOR EACH ROW EXECUTE FUNCTION administrative_keep_governance();
"""
BACKWARD = """
DROP TRIGGER governance_stays ON administrative_governancerecommendation;
DROP FUNCTION administrative_keep_governance;
DROP TRIGGER administrative_governance_state_is_guarded ON administrative_governancerecommendation;
"""


class Migration(migrations.Migration):
    dependencies = [("administrative", "0005_governance")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
