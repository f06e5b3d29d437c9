import audit.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(blank=True, max_length=12, verbose_name='period')),
                ('rulebook', models.CharField(blank=True, max_length=20, verbose_name='rulebook')),
                ('title_zh', models.CharField(max_length=200, verbose_name='title')),
                ('title_en', models.CharField(blank=True, max_length=200, verbose_name='title in English')),
                ('article', models.CharField(blank=True, max_length=120, verbose_name='article')),
                ('kind', models.CharField(choices=[('mandatory', 'Mandatory period'), ('minimum', 'At least'), ('maximum', 'At most'), ('internal', 'Duty of the office'), ('manual', 'Set by hand')], max_length=12, verbose_name='kind')),
                ('start_day', models.DateField(null=True, verbose_name='start')),
                ('start_instant', models.DateTimeField(null=True, verbose_name='start (hour)')),
                ('nominal_day', models.DateField(verbose_name='nominal day')),
                ('effective_day', models.DateField(verbose_name='last day')),
                ('effective_instant', models.DateTimeField(null=True, verbose_name='last hour')),
                ('backwards', models.BooleanField(default=False)),
                ('provisional', models.BooleanField(default=False, verbose_name='provisional')),
                ('at_least', models.BooleanField(default=False, verbose_name='at least until')),
                ('derivation', models.JSONField(default=list, verbose_name='derivation')),
                ('state', models.CharField(choices=[('open', 'Running'), ('met', 'Met'), ('lapsed', 'Lapsed'), ('cancelled', 'Cancelled'), ('superseded', 'Superseded')], default='open', max_length=12, verbose_name='state')),
                ('manual', models.BooleanField(default=False, verbose_name='set by hand')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('created_at', models.DateTimeField(default=audit.clock.now, verbose_name='created at')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed at')),
                ('closing_note', models.CharField(blank=True, max_length=500, verbose_name='closing note')),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='cases.case')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('duty_holder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to=settings.AUTH_USER_MODEL, verbose_name='whose duty')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines_ended', to='cases.event')),
                ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='cases.lead')),
                ('start_event', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines_started', to='cases.event')),
            ],
            options={
                'verbose_name': 'deadline',
                'verbose_name_plural': 'deadlines',
                'ordering': ['effective_day', 'id'],
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['effective_day', 'id'], name='deadline_open_due'), models.Index(condition=models.Q(('state', 'open')), fields=['duty_holder', 'effective_day'], name='deadline_open_of_holder')],
                'constraints': [models.CheckConstraint(condition=models.Q(('lead__isnull', True), ('case__isnull', True), _connector='XOR'), name='deadline_of_one_matter'), models.UniqueConstraint(condition=models.Q(('manual', False)), fields=('rule', 'start_event'), name='deadline_once_per_rule_and_start'), models.CheckConstraint(condition=models.Q(('manual', True), models.Q(models.Q(('rule', ''), _negated=True), ('start_event__isnull', False)), _connector='OR'), name='statutory_deadline_has_rule_and_start'), models.CheckConstraint(condition=models.Q(('manual', False), models.Q(models.Q(('title_zh', ''), _negated=True), ('created_by__isnull', False)), _connector='OR'), name='manual_deadline_has_title_and_author'), models.CheckConstraint(condition=models.Q(models.Q(('backwards', False), ('effective_day__gte', models.F('nominal_day'))), models.Q(('backwards', True), ('effective_day__lte', models.F('nominal_day'))), _connector='OR'), name='deadline_rolls_the_right_way'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'met'), _negated=True), ('ended_by__isnull', False), ('closed_by__isnull', False), _connector='OR'), name='met_deadline_names_event_or_person'), models.CheckConstraint(condition=models.Q(('closed_by__isnull', True), models.Q(('manual', True), ('closed_at__isnull', False)), _connector='OR'), name='only_manual_deadline_closed_by_hand')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('in_app', 'In the application'), ('email', 'E-mail')], max_length=8)),
                ('offset', models.SmallIntegerField(verbose_name='days before')),
                ('for_day', models.DateField(verbose_name='last day it reminds of')),
                ('due_at', models.DateTimeField(verbose_name='due at')),
                ('state', models.CharField(choices=[('pending', 'Pending'), ('sending', 'Being sent'), ('sent', 'Sent'), ('superseded', 'Superseded'), ('dead', 'Given up')], default='pending', max_length=12)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField()),
                ('lease_until', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('last_error', models.CharField(blank=True, max_length=200)),
                ('message_id', models.CharField(blank=True, max_length=120)),
                ('deadline', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='deadlines.deadline')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'reminder',
                'verbose_name_plural': 'reminders',
                'ordering': ['due_at', 'id'],
                'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['channel', 'next_try_at'], name='reminder_pending_due'), models.Index(condition=models.Q(('state', 'sending')), fields=['lease_until'], name='reminder_leased')],
                'constraints': [models.UniqueConstraint(fields=('deadline', 'recipient', 'offset', 'channel', 'for_day'), name='reminder_once'), models.UniqueConstraint(condition=models.Q(('message_id', ''), _negated=True), fields=('message_id',), name='message_id_once'), models.CheckConstraint(condition=models.Q(models.Q(('channel', 'email'), _negated=True), models.Q(('message_id', ''), _negated=True), _connector='OR'), name='email_has_a_message_id'), models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'sending')), models.Q(models.Q(('state', 'sending'), _negated=True), ('lease_until__isnull', True)), _connector='OR'), name='only_a_sending_reminder_is_leased'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='sent_reminder_has_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reminder', 'Reminder of a deadline'), ('period_over', 'A period has ended'), ('lapsed', 'A deadline has lapsed'), ('undeliverable', 'An e-mail could not be delivered')], max_length=16)),
                ('for_day', models.DateField(verbose_name='last day')),
                ('created_at', models.DateTimeField(default=audit.clock.now)),
                ('read_at', models.DateTimeField(null=True)),
                ('deadline', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notifications', to='deadlines.deadline')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notifications', to=settings.AUTH_USER_MODEL)),
                ('reminder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notifications', to='deadlines.reminder')),
            ],
            options={
                'verbose_name': 'notification',
                'verbose_name_plural': 'notifications',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['recipient', '-id'], name='notification_of_recipient'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['recipient'], name='notification_unread')],
                'constraints': [models.UniqueConstraint(fields=('reminder', 'recipient'), name='notification_once_per_reminder'), models.UniqueConstraint(condition=models.Q(('reminder__isnull', True)), fields=('deadline', 'recipient', 'kind', 'for_day'), name='notification_once_per_lapse'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'reminder'), _negated=True), ('reminder__isnull', False), _connector='OR'), name='reminding_notification_has_its_reminder')],
            },
        ),
        migrations.CreateModel(
            name='ReminderAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('started_at', models.DateTimeField(default=audit.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('error', models.CharField(blank=True, max_length=200)),
                ('reminder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tries', to='deadlines.reminder')),
            ],
            options={
                'verbose_name': 'attempt to send',
                'verbose_name_plural': 'attempts to send',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('reminder', 'number'), name='attempt_number_once')],
            },
        ),
    ]
