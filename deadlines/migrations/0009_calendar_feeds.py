"""Feeds for calendar programs, and how often each deadline was revised.

The database counts the revisions itself: however a deadline is written, one by one or all cases at once, a
calendar program learns that its day or its state is another.
"""

import audit.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

COUNTED = ("effective_day", "effective_instant", "state", "provisional", "at_least")
DIFFERENT = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in COUNTED)
FORWARD = f"""
CREATE FUNCTION deadlines_count_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.revision := OLD.revision;
    NEW.revised_at := OLD.revised_at;
    IF {DIFFERENT} THEN
        NEW.revision := OLD.revision + 1;
        NEW.revised_at := clock_timestamp();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER deadline_counts_its_revisions BEFORE UPDATE ON deadlines_deadline
    FOR EACH ROW WHEN (
        {DIFFERENT}
        OR NEW.revision <> OLD.revision OR NEW.revised_at IS DISTINCT FROM OLD.revised_at
    ) EXECUTE FUNCTION deadlines_count_revision();
"""
BACKWARD = """
DROP TRIGGER deadline_counts_its_revisions ON deadlines_deadline;
DROP FUNCTION deadlines_count_revision;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0013_parties_that_joined'),
        ('deadlines', '0008_office_periods'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='deadline',
            name='revised_at',
            field=models.DateTimeField(null=True, verbose_name='revised at'),
        ),
        migrations.AddField(
            model_name='deadline',
            name='revision',
            field=models.PositiveIntegerField(db_default=0, verbose_name='revision'),
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(choices=[('own', 'My deadlines'), ('visible', 'Deadlines of the matters I see'), ('case', 'One case')], max_length=8, verbose_name='for what')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=audit.clock.now, verbose_name='made at')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='revoked at')),
                ('last_fetched_at', models.DateTimeField(null=True, verbose_name='last fetched at')),
                ('window_began_at', models.DateTimeField(null=True)),
                ('fetches', models.PositiveIntegerField(default=0)),
                ('content_digest', models.CharField(blank=True, max_length=64)),
                ('changed_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='case')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calendar_feeds', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'calendar feed',
                'verbose_name_plural': 'calendar feeds',
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('scope', 'case')), models.Q(models.Q(('scope', 'case'), _negated=True), ('case__isnull', True)), _connector='OR'), name='feed_of_a_case_names_it')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
