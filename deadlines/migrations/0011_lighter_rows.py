"""What the publishing of a calendar writes, half a million rows at once, gets lighter.

Indexes nobody asks go. A deadline that only becomes final leaves room for its successor in its own page: then
none of the other indexes is written (HOT), and half as much goes to the log.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0013_parties_that_joined'),
        ('deadlines', '0010_reminder_settings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='deadline',
            name='closed_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='deadline',
            name='closing_event',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines_proven', to='cases.event'),
        ),
        migrations.AlterField(
            model_name='deadline',
            name='created_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='deadline',
            name='ended_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines_ended', to='cases.event'),
        ),
        migrations.AlterField(
            model_name='reminder',
            name='deadline',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='deadlines.deadline'),
        ),
        migrations.AlterField(
            model_name='reminder',
            name='for_whom',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='in the place of'),
        ),
        migrations.RunSQL(
            'ALTER TABLE deadlines_deadline SET (fillfactor = 50)',
            'ALTER TABLE deadlines_deadline RESET (fillfactor)',
        ),
    ]
