"""The periods an office sets itself: numbered without a gap, ended and never edited."""

import audit.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# A number follows the one before it; of a row only its end is written, and only once.
FORWARD = """
CREATE FUNCTION deadlines_keep_office_period() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ending text[] := ARRAY['valid_to', 'ended_by_id', 'ended_at', 'end_reason'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.number = 1 + (SELECT COALESCE(MAX(number), 0) FROM deadlines_officeperiod
                             WHERE office_id = NEW.office_id) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the numbers of an office''s own periods have no gap'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'office_period_without_gap';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.valid_to IS NULL AND NEW.valid_to IS NOT NULL
       AND to_jsonb(NEW) - ending = to_jsonb(OLD) - ending THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an office''s own period is ended and never edited: % refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'office_period_stays';
END $$;
CREATE TRIGGER deadlines_officeperiod_rows_stay
    BEFORE INSERT OR UPDATE OR DELETE ON deadlines_officeperiod
    FOR EACH ROW EXECUTE FUNCTION deadlines_keep_office_period();
CREATE TRIGGER deadlines_officeperiod_is_not_emptied BEFORE TRUNCATE ON deadlines_officeperiod
    FOR EACH STATEMENT EXECUTE FUNCTION deadlines_keep_office_period();
"""

BACKWARD = """
DROP TRIGGER deadlines_officeperiod_is_not_emptied ON deadlines_officeperiod;
DROP TRIGGER deadlines_officeperiod_rows_stay ON deadlines_officeperiod;
DROP FUNCTION deadlines_keep_office_period;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_constraints_say_why'),
        ('deadlines', '0007_days_until_idle'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='deadline',
            name='kind',
            field=models.CharField(choices=[('mandatory', 'Mandatory period'), ('minimum', 'At least'), ('maximum', 'At most'), ('internal', 'Duty of the office'), ('office', "Office's own rule"), ('manual', 'Set by hand')], max_length=12, verbose_name='kind'),
        ),
        migrations.CreateModel(
            name='OfficePeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('title_zh', models.CharField(max_length=100, verbose_name='title')),
                ('title_en', models.CharField(blank=True, max_length=100, verbose_name='title in English')),
                ('basis', models.CharField(max_length=120, verbose_name='regulation of the office')),
                ('length', models.CharField(max_length=12, verbose_name='length')),
                ('start', models.CharField(max_length=60, verbose_name='started by')),
                ('met_by', models.JSONField(blank=True, default=list, verbose_name='fulfilled by')),
                ('cancelled_by', models.JSONField(blank=True, default=list, verbose_name='cancelled by')),
                ('duty', models.CharField(choices=[('handler', 'Handler'), ('department_head', 'Department head'), ('chief', 'Chief procurator')], max_length=16, verbose_name='whose duty')),
                ('reminders', models.JSONField(default=list, verbose_name='reminders')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('entered_at', models.DateTimeField(default=audit.clock.now, verbose_name='entered at')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
                ('end_reason', models.CharField(blank=True, max_length=500, verbose_name='reason of the end')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='own_periods', to='accounts.office')),
            ],
            options={
                'verbose_name': "office's own period",
                'verbose_name_plural': "office's own periods",
                'ordering': ['office', 'number'],
                'constraints': [models.UniqueConstraint(fields=('office', 'number'), name='office_period_number_once'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('office', 'title_zh'), name='office_period_title_once'), models.CheckConstraint(condition=models.Q(('title_zh__regex', '\\S'), ('basis__regex', '\\S')), name='office_period_has_title_and_basis'), models.CheckConstraint(condition=models.Q(('length__regex', '^(P[1-9][0-9]*[DMY]|[1-9][0-9]*WD)$')), name='office_period_has_a_length'), models.CheckConstraint(condition=models.Q(('duty__in', ['handler', 'department_head', 'chief'])), name='office_period_known_duty'), models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('ended_at__isnull', True), ('ended_by__isnull', True), ('valid_to__isnull', True)), models.Q(('end_reason__regex', '\\S'), ('ended_at__isnull', False), ('ended_by__isnull', False), ('valid_to__isnull', False)), _connector='OR'), name='office_period_end_is_whole')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
