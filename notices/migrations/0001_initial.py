import audit.clock
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_rules_of_the_database'),
        ('accounts', '__first__'),
        ('cases', '0002_triggers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8, verbose_name='document type')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'Being approved'), ('final', 'Final'), ('issued', 'Issued'), ('void', 'Void')], default='draft', editable=False, max_length=10, verbose_name='status')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('content', models.JSONField(default=dict, verbose_name='content')),
                ('composed', models.JSONField(editable=False, null=True)),
                ('digest', models.CharField(editable=False, max_length=64)),
                ('template', models.CharField(blank=True, max_length=20, verbose_name='version of the template')),
                ('number', models.CharField(blank=True, max_length=80, verbose_name='number')),
                ('signer_name', models.CharField(blank=True, max_length=100, verbose_name='signed by')),
                ('signed_day', models.DateField(null=True, verbose_name='signed on')),
                ('finalised_at', models.DateTimeField(null=True, verbose_name='made final at')),
                ('issued_at', models.DateTimeField(null=True, verbose_name='issued at')),
                ('uploaded', models.BooleanField(default=False, verbose_name='uploaded file')),
                ('file_name', models.CharField(blank=True, max_length=255, verbose_name='file name')),
                ('media_type', models.CharField(blank=True, max_length=100, verbose_name='media type')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
                ('size', models.PositiveBigIntegerField(null=True, verbose_name='size in bytes')),
                ('pages', models.PositiveIntegerField(null=True, verbose_name='pages')),
                ('engine', models.CharField(blank=True, max_length=120, verbose_name='made with')),
                ('seal', models.JSONField(null=True, verbose_name='place of the seal')),
                ('correction_reason', models.CharField(blank=True, max_length=1000, verbose_name='what is corrected')),
                ('voided_at', models.DateTimeField(null=True, verbose_name='voided at')),
                ('void_reason', models.CharField(blank=True, max_length=1000, verbose_name='why void')),
                ('created_at', models.DateTimeField(default=audit.clock.now, verbose_name='created at')),
                ('edited_at', models.DateTimeField(default=audit.clock.now, verbose_name='edited at')),
                ('approval', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents_approved', to='cases.proposal')),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='cases.case')),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='notices.document')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='cases.event')),
                ('finalised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='cases.lead')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office', verbose_name='office')),
                ('signer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='signer')),
                ('voided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['case', 'code'], name='document_case_code'), models.Index(fields=['lead', 'code'], name='document_lead_code'), models.Index(fields=['office', '-id'], name='document_office_latest'), models.Index(condition=models.Q(('status__in', ['draft', 'final'])), fields=['office', 'id'], name='document_unfinished')],
                'constraints': [models.CheckConstraint(condition=models.Q(('lead__isnull', True), ('case__isnull', True), _connector='XOR'), name='document_of_one_matter'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'issued'), _negated=True), models.Q(('issued_at__isnull', False), ('signed_day__isnull', False), ('size__isnull', False)), _connector='OR'), name='issued_document_has_day_and_file'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'issued'), _negated=True), ('sha256__regex', '^[0-9a-f]{64}$'), _connector='OR'), name='issued_document_has_its_digest'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'void'), _negated=True), models.Q(models.Q(('void_reason', ''), _negated=True), ('voided_at__isnull', False)), _connector='OR'), name='void_document_has_a_reason'), models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(('correction_reason', ''), _negated=True), _connector='OR'), name='correction_of_document_has_a_reason'), models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(('corrects', models.F('id')), _negated=True), _connector='OR'), name='document_does_not_correct_itself'), models.UniqueConstraint(condition=models.Q(('status__in', ['draft', 'in_review', 'final', 'issued'])), fields=('corrects',), name='one_correction_per_document')],
            },
        ),
        migrations.CreateModel(
            name='NumberCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=20, verbose_name='word of the number')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('start', models.PositiveIntegerField(default=1, verbose_name='first number')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='last number')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
            ],
            options={
                'verbose_name': 'number counter',
                'verbose_name_plural': 'number counters',
                'ordering': ['office', 'word', 'year'],
                'constraints': [models.UniqueConstraint(fields=('office', 'word', 'year'), name='one_number_counter'), models.CheckConstraint(condition=models.Q(('start__gte', 1), ('last__gte', django.db.models.expressions.CombinedExpression(models.F('start'), '-', models.Value(1)))), name='number_counter_not_below_its_start')],
            },
        ),
        migrations.CreateModel(
            name='NumberPattern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8, verbose_name='document type')),
                ('track', models.CharField(max_length=10, verbose_name='track')),
                ('type', models.CharField(max_length=10, verbose_name='type')),
                ('template', models.CharField(max_length=80, verbose_name='pattern')),
                ('changed_at', models.DateTimeField(default=audit.clock.now)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
            ],
            options={
                'verbose_name': 'number pattern',
                'verbose_name_plural': 'number patterns',
                'ordering': ['office', 'code'],
                'constraints': [models.UniqueConstraint(fields=('office', 'code'), name='one_number_pattern_per_type'), models.CheckConstraint(condition=models.Q(('template__contains', '{n}'), ('template__contains', '{yyyy}')), name='number_pattern_counts_by_year')],
            },
        ),
        migrations.CreateModel(
            name='NumberRegister',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=20, verbose_name='word of the number')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('sequence', models.PositiveIntegerField(verbose_name='number')),
                ('text', models.CharField(max_length=80, verbose_name='full number')),
                ('state', models.CharField(choices=[('given', 'Given'), ('void', 'Void')], default='given', max_length=8, verbose_name='state')),
                ('origin', models.CharField(choices=[('issued', 'Given at issue'), ('registered', 'Registered with its document'), ('unused', 'Entered as void')], max_length=12, verbose_name='origin')),
                ('given_at', models.DateTimeField(default=audit.clock.now, verbose_name='given at')),
                ('voided_at', models.DateTimeField(null=True, verbose_name='voided at')),
                ('void_reason', models.CharField(blank=True, max_length=1000, verbose_name='why void')),
                ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='register_entry', to='notices.document')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('voided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'number given',
                'verbose_name_plural': 'numbers given',
                'ordering': ['-year', 'word', '-sequence'],
                'indexes': [models.Index(fields=['office', '-id'], name='number_office_latest')],
                'constraints': [models.UniqueConstraint(fields=('office', 'word', 'year', 'sequence'), name='number_given_once'), models.UniqueConstraint(fields=('office', 'text'), name='number_text_given_once'), models.CheckConstraint(condition=models.Q(('sequence__gte', 1)), name='number_counts_from_one'), models.CheckConstraint(condition=models.Q(('state', 'given'), models.Q(models.Q(('void_reason', ''), _negated=True), ('voided_at__isnull', False)), _connector='OR'), name='void_number_has_a_reason'), models.CheckConstraint(condition=models.Q(('state', 'void'), ('document__isnull', False), _connector='OR'), name='given_number_has_its_document')],
            },
        ),
    ]
