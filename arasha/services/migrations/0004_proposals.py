import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0019_public_reads_nothing'),
        ('services', '0003_finding'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ProposalLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('hash', models.BinaryField(unique=True)),
                ('made_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('made_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='services.site')),
            ],
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('said', models.JSONField()),
                ('put_at', models.DateTimeField()),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='services.site')),
                ('unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit')),
                ('link', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposal', to='services.proposallink')),
            ],
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('field', models.TextField()),
                ('verdict', models.TextField()),
                ('reason', models.TextField(blank=True, default='')),
                ('at', models.DateTimeField()),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='services.proposal')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('verdict__in', ['taken', 'refused', 'rang'])), name='decision_verdict'), models.UniqueConstraint(condition=models.Q(('verdict', 'rang'), _negated=True), fields=('proposal', 'field'), name='decision_once_a_field'), models.UniqueConstraint(condition=models.Q(('verdict', 'rang')), fields=('proposal', 'user'), name='decision_rang_once_a_person')],
            },
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('link', None), ('unit__isnull', False)), models.Q(('link__isnull', False), ('unit', None)), _connector='OR'), name='proposal_comes_from'),
        ),
    ]
