import audit.clock
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='LoginCounter',
            fields=[
                ('name_digest', models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name='digest of the login name')),
                ('failures', models.PositiveIntegerField(default=0, verbose_name='failures')),
                ('first_failure_at', models.DateTimeField(default=audit.clock.now, verbose_name='first failure at')),
                ('locked_until', models.DateTimeField(null=True, verbose_name='locked until')),
            ],
            options={
                'verbose_name': 'login counter',
                'verbose_name_plural': 'login counters',
            },
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True, validators=[django.core.validators.RegexValidator('^[0-9A-Z]{2,12}$', 'Digits and capital letters only.')], verbose_name='office code')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('short_name', models.CharField(help_text='The characters that open a document number, for example 江云.', max_length=12, verbose_name='short name for document numbers')),
                ('level', models.CharField(choices=[('supreme', "Supreme People's Procuratorate"), ('provincial', 'Provincial procuratorate'), ('city', 'City-level procuratorate'), ('grassroots', 'Grassroots procuratorate')], max_length=12, verbose_name='level')),
                ('region_code', models.CharField(blank=True, max_length=6, verbose_name='region code (GB/T 2260)')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='address')),
                ('telephone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('valid_from', models.DateField(default=audit.clock.today, verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='accounts.office', verbose_name='next-higher office')),
            ],
            options={
                'verbose_name': 'office',
                'verbose_name_plural': 'offices',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='office_valid_to_not_before_valid_from'), models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='office_is_not_its_own_superior')],
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('kind', models.CharField(choices=[('public_interest', 'Public-interest litigation'), ('civil', 'Civil and administrative litigation supervision'), ('case_management', 'Case management'), ('legal_policy', 'Legal policy research'), ('intake', 'Complaints and reports'), ('committee_office', 'Office of the procuratorial committee'), ('archive', 'Archive'), ('leadership', 'Leadership'), ('technology', 'Information technology'), ('other', 'Other')], max_length=20, verbose_name='kind')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departments', to='accounts.office', verbose_name='office')),
            ],
            options={
                'verbose_name': 'department',
                'verbose_name_plural': 'departments',
                'ordering': ['office', 'name'],
                'constraints': [models.UniqueConstraint(fields=('office', 'name'), name='department_name_once_per_office')],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9._-]{2,60}$', 'Lower-case letters, digits, . _ -')], verbose_name='login name')),
                ('name', models.CharField(max_length=50, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('title', models.CharField(blank=True, max_length=40, verbose_name='legal post')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('must_change_password', models.BooleanField(default=False, verbose_name='must change the password')),
                ('language', models.CharField(choices=[('zh-hans', '中文'), ('en', 'English')], default='zh-hans', max_length=10, verbose_name='language')),
                ('density', models.CharField(choices=[('compact', 'Compact'), ('comfortable', 'Comfortable')], default='compact', max_length=12, verbose_name='density of lists')),
                ('session_generation', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(default=audit.clock.now, verbose_name='created at')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='users', to='accounts.department', verbose_name='department')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='users', to='accounts.office', verbose_name='office')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'ordering': ['office', 'name'],
            },
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('prosecutor', 'Prosecutor'), ('assistant', "Prosecutor's assistant"), ('clerk', 'Clerk'), ('department_head', 'Department head'), ('deputy_chief', 'Deputy chief procurator'), ('chief', 'Chief procurator'), ('committee_secretary', 'Committee secretary'), ('legal_policy', 'Legal policy'), ('intake', 'Intake'), ('archivist', 'Archivist'), ('case_management', 'Case management'), ('auditor', 'Auditor'), ('system_administrator', 'System administrator'), ('security_administrator', 'Security administrator')], max_length=24, verbose_name='role')),
                ('valid_from', models.DateField(default=audit.clock.today, verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('granted_at', models.DateTimeField(default=audit.clock.now, verbose_name='granted at')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked at')),
                ('granted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='granted by')),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='revoked by')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_grants', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'role grant',
                'verbose_name_plural': 'role grants',
                'ordering': ['user', 'role', 'valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='role_valid_to_not_before_valid_from'), models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True), ('valid_to__isnull', True)), fields=('user', 'role'), name='one_open_grant_per_role')],
            },
        ),
        migrations.CreateModel(
            name='SigningAuthorisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document_codes', models.JSONField(help_text='Codes of law 7.2, for example D-20.', verbose_name='document types')),
                ('scope', models.CharField(max_length=300, verbose_name='scope')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(verbose_name='valid to')),
                ('created_at', models.DateTimeField(default=audit.clock.now, verbose_name='created at')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked at')),
                ('authorised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='authorised by')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signing_authorisations', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'signing authorisation',
                'verbose_name_plural': 'signing authorisations',
                'ordering': ['-valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__gte', models.F('valid_from'))), name='authorisation_valid_to_not_before_valid_from')],
            },
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('prosecutor', 'Prosecutor'), ('assistant', "Prosecutor's assistant"), ('clerk', 'Clerk'), ('department_head', 'Department head'), ('deputy_chief', 'Deputy chief procurator'), ('chief', 'Chief procurator'), ('committee_secretary', 'Committee secretary'), ('legal_policy', 'Legal policy'), ('intake', 'Intake'), ('archivist', 'Archivist'), ('case_management', 'Case management'), ('auditor', 'Auditor'), ('system_administrator', 'System administrator'), ('security_administrator', 'Security administrator')], max_length=24, verbose_name='role')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(verbose_name='valid to')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('created_at', models.DateTimeField(default=audit.clock.now, verbose_name='created at')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked at')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by')),
                ('delegate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_held', to=settings.AUTH_USER_MODEL, verbose_name='delegate')),
                ('delegator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_given', to=settings.AUTH_USER_MODEL, verbose_name='on behalf of')),
            ],
            options={
                'verbose_name': 'delegation',
                'verbose_name_plural': 'delegations',
                'ordering': ['-valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__gte', models.F('valid_from'))), name='delegation_valid_to_not_before_valid_from'), models.CheckConstraint(condition=models.Q(('delegator', models.F('delegate')), _negated=True), name='nobody_delegates_to_himself'), models.CheckConstraint(condition=models.Q(('role__in', ('department_head', 'deputy_chief', 'chief'))), name='only_decider_roles_are_delegated')],
            },
        ),
    ]
