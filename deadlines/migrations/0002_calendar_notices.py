"""Notices of years published in the application; a row stays as it was published."""

import audit.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


FORWARD = """
CREATE FUNCTION deadlines_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'notice_stays';
END $$;
CREATE TRIGGER deadlines_calendarnotice_rows_stay BEFORE UPDATE OR DELETE ON deadlines_calendarnotice
    FOR EACH ROW EXECUTE FUNCTION deadlines_refuse_change();
CREATE TRIGGER deadlines_calendarnotice_is_not_emptied BEFORE TRUNCATE ON deadlines_calendarnotice
    FOR EACH STATEMENT EXECUTE FUNCTION deadlines_refuse_change();
"""

BACKWARD = """
DROP TRIGGER deadlines_calendarnotice_is_not_emptied ON deadlines_calendarnotice;
DROP TRIGGER deadlines_calendarnotice_rows_stay ON deadlines_calendarnotice;
DROP FUNCTION deadlines_refuse_change;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('deadlines', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('edition', models.PositiveSmallIntegerField(verbose_name='edition')),
                ('source', models.CharField(max_length=200, verbose_name='official notice')),
                ('source_en', models.CharField(max_length=200, verbose_name='official notice in English')),
                ('days', models.JSONField(verbose_name='days')),
                ('sha256', models.CharField(max_length=64)),
                ('published_at', models.DateTimeField(default=audit.clock.now, verbose_name='published at')),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'notice of a year',
                'verbose_name_plural': 'notices of years',
                'ordering': ['year', 'edition'],
                'constraints': [models.UniqueConstraint(fields=('year', 'edition'), name='notice_edition_once', violation_error_message='Somebody else published this year just now.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='notice_names_its_source', violation_error_message='Name the official notice.')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
