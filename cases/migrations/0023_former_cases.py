"""Cases of a former system come in with their history at once.

A row may begin in a later state when events of the same transaction lead to it along allowed edges, from the first
on: no more than inserting it in its first state and changing it once an event, which was possible all along.
"""

import audit.clock
import django.db.models.deletion
from django.db import migrations, models

LED_TO = """
CREATE FUNCTION cases_events_lead_to(of_machine text, of_object bigint, reached text)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(bool_and(from_state = before AND EXISTS (
        SELECT 1 FROM cases_allowededge a
        WHERE a.machine = of_machine AND a.from_state = before AND a.to_state = chain.to_state
    )), false) AND (array_agg(to_state ORDER BY id DESC))[1] = reached
    FROM (
        SELECT e.id, e.from_state, e.to_state, lag(e.to_state, 1, '') OVER (ORDER BY e.id) AS before
        FROM cases_event e
        WHERE e.machine = of_machine AND e.object_id = of_object AND e.to_state <> ''
          AND e.transaction_id = pg_current_xact_id()::text::bigint
    ) chain
$$;
"""

STATE_FUNCTION = """
CREATE OR REPLACE FUNCTION cases_guard_state() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := '';
    moved_by text := TG_ARGV[0];
BEGIN
    IF TG_TABLE_NAME = 'cases_case' THEN
        IF to_jsonb(NEW) ->> 'track' = 'administrative' THEN
            moved_by := 'administrative';
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF NEW.state = OLD.state THEN
            RETURN NEW;
        END IF;
        before := OLD.state;
        IF NOT EXISTS (
            SELECT 1 FROM cases_event e
            WHERE e.machine = moved_by AND e.object_id = NEW.id
              AND e.from_state = before AND e.to_state = NEW.state
              AND e.transaction_id = pg_current_xact_id()::text::bigint
        ) THEN
            RAISE EXCEPTION 'state of % % cannot change from % to % without its event',
                moved_by, NEW.id, before, NEW.state
                USING ERRCODE = 'check_violation', CONSTRAINT = 'state_changes_with_its_event';
        END IF;
        IF EXISTS (
            SELECT 1 FROM cases_event e JOIN cases_event undone ON undone.id = e.annuls_id
            WHERE e.machine = moved_by AND e.object_id = NEW.id
              AND e.transaction_id = pg_current_xact_id()::text::bigint
              AND undone.machine = moved_by AND undone.object_id = NEW.id
              AND undone.from_state = NEW.state AND undone.to_state = before
        ) THEN
            RETURN NEW;
        END IF;
    END IF;
{later}    IF NOT EXISTS (
        SELECT 1 FROM cases_allowededge a
        WHERE a.machine = moved_by AND a.from_state = before AND a.to_state = NEW.state
    ) THEN
        RAISE EXCEPTION 'state of % % may not go from "%" to "%"',
            moved_by, NEW.id, before, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'state_edge_is_allowed';
    END IF;
    RETURN NEW;
END $$;
"""

LATER = """    IF TG_OP = 'INSERT' AND cases_events_lead_to(moved_by, NEW.id, NEW.state) THEN
        RETURN NEW;
    END IF;
"""
FORWARD = LED_TO + STATE_FUNCTION.format(later=LATER)
BACKWARD = STATE_FUNCTION.format(later="") + (
    "DROP FUNCTION cases_events_lead_to(text, bigint, text);"
)

# A number of the former system stands for one case, once and for all.
STAYING = """
CREATE TRIGGER former_cases_stay BEFORE UPDATE OR DELETE ON cases_formercase
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER former_cases_are_not_emptied BEFORE TRUNCATE ON cases_formercase
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
"""
CHANGING = """
DROP TRIGGER former_cases_stay ON cases_formercase;
DROP TRIGGER former_cases_are_not_emptied ON cases_formercase;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_absence'),
        ('cases', '0022_load_weights'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=100, verbose_name='number in the former system')),
                ('sha256', models.CharField(max_length=64)),
                ('imported_at', models.DateTimeField(default=audit.clock.now, verbose_name='imported at')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='former', to='cases.case')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
            ],
            options={
                'verbose_name': 'case of a former system',
                'verbose_name_plural': 'cases of a former system',
                'constraints': [models.UniqueConstraint(fields=('office', 'reference'), name='former_case_once', violation_error_message='This case of the former system is here already.')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(STAYING, CHANGING),
    ]
