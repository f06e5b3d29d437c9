"""A second person confirms completed duties and looks at what was entered; both stay as they were given."""

import audit.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION deadlines_check_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'check_stays';
END $$;
CREATE TRIGGER deadlines_completioncheck_rows_stay BEFORE UPDATE OR DELETE ON deadlines_completioncheck
    FOR EACH ROW EXECUTE FUNCTION deadlines_check_refuse_change();
CREATE TRIGGER deadlines_completioncheck_is_not_emptied BEFORE TRUNCATE ON deadlines_completioncheck
    FOR EACH STATEMENT EXECUTE FUNCTION deadlines_check_refuse_change();
CREATE TRIGGER deadlines_entrycheck_rows_stay BEFORE UPDATE OR DELETE ON deadlines_entrycheck
    FOR EACH ROW EXECUTE FUNCTION deadlines_check_refuse_change();
CREATE TRIGGER deadlines_entrycheck_is_not_emptied BEFORE TRUNCATE ON deadlines_entrycheck
    FOR EACH STATEMENT EXECUTE FUNCTION deadlines_check_refuse_change();
"""

BACKWARD = """
DROP TRIGGER deadlines_entrycheck_is_not_emptied ON deadlines_entrycheck;
DROP TRIGGER deadlines_entrycheck_rows_stay ON deadlines_entrycheck;
DROP TRIGGER deadlines_completioncheck_is_not_emptied ON deadlines_completioncheck;
DROP TRIGGER deadlines_completioncheck_rows_stay ON deadlines_completioncheck;
DROP FUNCTION deadlines_check_refuse_change;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0013_parties_that_joined'),
        ('deadlines', '0003_about'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CompletionCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('confirmed', 'Confirmed'), ('refused', 'Not confirmed')], max_length=10, verbose_name='verdict')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('checked_at', models.DateTimeField(default=audit.clock.now, verbose_name='checked at')),
            ],
            options={
                'verbose_name': 'check of a completed duty',
                'verbose_name_plural': 'checks of completed duties',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='EntryCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_day', models.DateField(verbose_name='last day')),
                ('checked_at', models.DateTimeField(default=audit.clock.now, verbose_name='checked at')),
            ],
            options={
                'verbose_name': 'check of an entered deadline',
                'verbose_name_plural': 'checks of entered deadlines',
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='deadline',
            name='closing_event',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines_proven', to='cases.event'),
        ),
        migrations.AddField(
            model_name='deadline',
            name='closing_files',
            field=models.ManyToManyField(related_name='+', to='cases.attachment'),
        ),
        migrations.AddField(
            model_name='deadline',
            name='confirmation',
            field=models.CharField(blank=True, choices=[('', 'Not asked for'), ('awaiting', 'To be confirmed'), ('confirmed', 'Confirmed'), ('refused', 'Not confirmed')], default='', max_length=10, verbose_name='confirmation'),
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(condition=models.Q(('confirmation', 'awaiting')), fields=['id'], name='deadline_to_be_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.CheckConstraint(condition=models.Q(('confirmation', ''), models.Q(('manual', False), ('state', 'met')), _connector='OR'), name='only_a_met_statutory_deadline_is_confirmed'),
        ),
        migrations.AddField(
            model_name='completioncheck',
            name='checked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='completioncheck',
            name='completed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='completioncheck',
            name='deadline',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='deadlines.deadline'),
        ),
        migrations.AddField(
            model_name='completioncheck',
            name='ended_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.event'),
        ),
        migrations.AddField(
            model_name='entrycheck',
            name='checked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='entrycheck',
            name='deadline',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entry_checks', to='deadlines.deadline'),
        ),
        migrations.AddField(
            model_name='entrycheck',
            name='entered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='completioncheck',
            constraint=models.CheckConstraint(condition=models.Q(('completed_by__isnull', True), models.Q(('checked_by', models.F('completed_by')), _negated=True), _connector='OR'), name='completion_is_checked_by_another'),
        ),
        migrations.AddConstraint(
            model_name='completioncheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'refused'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='refused_completion_says_why'),
        ),
        migrations.AddConstraint(
            model_name='completioncheck',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['confirmed', 'refused'])), name='check_has_a_verdict'),
        ),
        migrations.AddConstraint(
            model_name='entrycheck',
            constraint=models.UniqueConstraint(fields=('deadline', 'effective_day'), name='entry_checked_once_as_it_stands'),
        ),
        migrations.AddConstraint(
            model_name='entrycheck',
            constraint=models.CheckConstraint(condition=models.Q(('entered_by__isnull', True), models.Q(('checked_by', models.F('entered_by')), _negated=True), _connector='OR'), name='entry_is_checked_by_another'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
