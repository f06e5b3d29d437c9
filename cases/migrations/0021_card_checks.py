"""Who has checked an item of the case card; a check is never changed and never taken away."""

import audit.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER card_checks_stay BEFORE UPDATE OR DELETE ON cases_cardcheck
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER card_checks_are_not_emptied BEFORE TRUNCATE ON cases_cardcheck
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
"""
BACKWARD = """
DROP TRIGGER card_checks_stay ON cases_cardcheck;
DROP TRIGGER card_checks_are_not_emptied ON cases_cardcheck;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0020_dates_of_cases'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CardCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=60, verbose_name='item of the card')),
                ('digest', models.CharField(max_length=64, verbose_name='digest')),
                ('checked_at', models.DateTimeField(default=audit.clock.now, verbose_name='checked at')),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='cases.case')),
                ('checked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by')),
                ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='cases.lead')),
            ],
            options={
                'verbose_name': 'check of the case card',
                'verbose_name_plural': 'checks of the case card',
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('lead__isnull', True), ('case__isnull', True), _connector='XOR'), name='card_check_of_one_matter'), models.UniqueConstraint(fields=('case', 'item', 'digest'), name='card_value_of_case_checked_once', violation_error_message='This value is checked already.'), models.UniqueConstraint(fields=('lead', 'item', 'digest'), name='card_value_of_lead_checked_once', violation_error_message='This value is checked already.'), models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='card_check_names_its_value', violation_error_message='A check names the digest of the value it speaks of.')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
