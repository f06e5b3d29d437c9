import audit.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('cases', '0002_triggers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Exhibit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(editable=False, verbose_name='number')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('kind', models.CharField(choices=[('document', 'Document'), ('object', 'Physical evidence'), ('audio_visual', 'Audio-visual material'), ('electronic', 'Electronic data'), ('testimony', 'Testimony of a witness'), ('statement', 'Statement of a party'), ('appraisal', 'Appraisal opinion'), ('expert', 'Expert opinion'), ('inspection', 'Record of inspection')], max_length=12, verbose_name='statutory kind (Rules 34)')),
                ('source', models.CharField(help_text='Who gave it or where it was found.', max_length=300, verbose_name='source')),
                ('method', models.CharField(blank=True, choices=[('read_files', 'Read, obtain or copy files of enforcement or litigation'), ('question', 'Question staff, the violator, interested persons or witnesses'), ('collect', 'Collect documents, objects, recordings or electronic data'), ('consult', 'Consult professionals, departments or associations'), ('commission', 'Commission appraisal, audit, inspection, testing or translation'), ('inspect', 'Inspect objects or the scene'), ('other', 'Another necessary method')], help_text='Leave empty when it was submitted, transferred or already in the file of the lead.', max_length=12, verbose_name='obtained by (Rules 35)')),
                ('obtained_on', models.DateField(verbose_name='obtained on')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('also_present', models.CharField(blank=True, help_text='Technicians, judicial police, experts, the holder.', max_length=200, verbose_name='also present')),
                ('original', models.BooleanField(default=False, verbose_name='original')),
                ('copy_reason', models.CharField(blank=True, help_text='Required for a copy: the original is difficult to obtain or secret.', max_length=300, verbose_name='why a copy')),
                ('copy_process', models.CharField(blank=True, help_text='Required for copies of audio-visual material and electronic data (Rules 39).', max_length=500, verbose_name='how the copy was made, where the original is')),
                ('pages', models.PositiveIntegerField(blank=True, null=True, verbose_name='pages')),
                ('confidential', models.BooleanField(default=False, help_text='Holds personal information, privacy or business secrets: not shown in open court (CPL 71). Only the team and those who decide see it.', verbose_name='confidential')),
                ('sha256', models.CharField(editable=False, max_length=64, verbose_name='SHA-256')),
                ('size', models.PositiveBigIntegerField(editable=False, verbose_name='size in bytes')),
                ('media_type', models.CharField(editable=False, max_length=100, verbose_name='media type')),
                ('file_name', models.CharField(editable=False, max_length=255, verbose_name='file name')),
                ('uploaded_at', models.DateTimeField(default=audit.clock.now, editable=False, verbose_name='uploaded at')),
                ('case', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='exhibits', to='cases.case')),
                ('first_collector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='collected by')),
                ('second_collector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='together with')),
                ('uploaded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
            ],
            options={
                'verbose_name': 'exhibit',
                'verbose_name_plural': 'exhibits',
                'ordering': ['case', 'number'],
                'constraints': [models.UniqueConstraint(fields=('case', 'number'), name='exhibit_number_once'), models.UniqueConstraint(fields=('id', 'case'), name='exhibit_of_its_case'), models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='exhibit_numbered_from_one'), models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='exhibit_not_empty'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='exhibit_sha256_form'), models.CheckConstraint(condition=models.Q(('method', ''), models.Q(('first_collector__isnull', False), ('second_collector__isnull', False), models.Q(('first_collector', models.F('second_collector')), _negated=True)), _connector='OR'), name='exhibit_collected_by_two_staff'), models.CheckConstraint(condition=models.Q(('original', True), models.Q(('copy_reason', ''), _negated=True), _connector='OR'), name='exhibit_copy_has_a_reason'), models.CheckConstraint(condition=models.Q(('original', True), models.Q(('kind__in', ('audio_visual', 'electronic')), _negated=True), models.Q(('copy_process', ''), _negated=True), _connector='OR'), name='exhibit_copy_says_how_it_was_made')],
            },
        ),
        migrations.CreateModel(
            name='FactLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(choices=[('violator', 'Data of the violator'), ('act', 'The act'), ('harm', 'Harm to the public interest'), ('causation', 'Causal link'), ('fault', 'Fault'), ('exemption', 'Exemption or reduction'), ('other', 'Other facts')], max_length=10, verbose_name='group of facts')),
                ('text', models.TextField(max_length=2000, verbose_name='what it proves, or what was found')),
                ('page', models.CharField(blank=True, max_length=60, verbose_name='page or place in the file')),
                ('strength', models.CharField(choices=[('direct', 'Direct proof'), ('partial', 'Partial, to be completed'), ('corroborating', 'Corroborating')], default='direct', max_length=13, verbose_name='strength')),
                ('stated_at', models.DateTimeField(default=audit.clock.now)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fact_links', to='cases.case')),
                ('exhibit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fact_links', to='evidence.exhibit')),
                ('stated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'stated fact',
                'verbose_name_plural': 'stated facts',
                'ordering': ['id'],
                'indexes': [models.Index(fields=['case', 'group'], name='fact_link_case_group')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='fact_is_stated'), models.CheckConstraint(condition=models.Q(('group__in', ['violator', 'act', 'harm', 'causation', 'fault', 'exemption', 'other'])), name='fact_of_one_of_seven_groups')],
            },
        ),
        migrations.CreateModel(
            name='FactRemoval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('removed_at', models.DateTimeField(default=audit.clock.now)),
                ('link', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='removal', to='evidence.factlink')),
                ('removed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'removal of a stated fact',
                'verbose_name_plural': 'removals of stated facts',
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='fact_removed_with_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(max_length=1000, verbose_name='reason')),
                ('withdrawn_at', models.DateTimeField(default=audit.clock.now)),
                ('exhibit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='evidence.exhibit')),
                ('withdrawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'withdrawal of an exhibit',
                'verbose_name_plural': 'withdrawals of exhibits',
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='withdrawal_has_a_reason')],
            },
        ),
    ]
