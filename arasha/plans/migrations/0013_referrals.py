import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    """Referrals around places, with what is theirs alone; questions to specialists and their answers."""

    dependencies = [
        ('access', '0021_limited_parts'),
        ('obligations', '0014_limited_parts'),
        ('plans', '0012_child_plan_protected'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.TextField()),
                ('consent', models.TextField()),
                ('without', models.TextField(blank=True, default='')),
                ('reads_until', models.DateTimeField()),
                ('sent_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(null=True)),
                ('returned_at', models.DateTimeField(null=True)),
                ('fed_back_at', models.DateTimeField(null=True)),
                ('steps', models.PositiveSmallIntegerField(default=1)),
                ('back', models.ForeignKey(db_index=False, null=True, on_delete=PROTECT, related_name='+', to='obligations.obligation')),
                ('dossier', models.ForeignKey(on_delete=PROTECT, related_name='+', to='access.dossier')),
                ('duty', models.ForeignKey(null=True, on_delete=PROTECT, related_name='+', to='obligations.obligation')),
                ('from_unit', models.ForeignKey(on_delete=PROTECT, related_name='+', to='access.unit')),
                ('from_user', models.ForeignKey(db_index=False, null=True, on_delete=PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.OneToOneField(on_delete=PROTECT, related_name='referral', to='plans.serviceplace')),
                ('to_unit', models.ForeignKey(null=True, on_delete=PROTECT, related_name='+', to='access.unit')),
            ],
        ),
        migrations.CreateModel(
            name='ReferralStep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('step', models.TextField()),
                ('at', models.DateTimeField()),
                ('sealed', models.BinaryField(null=True)),
                ('child', models.BinaryField(null=True)),
                ('dossier', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='access.dossier')),
                ('referral', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='way', to='plans.referral')),
                ('unit', models.ForeignKey(db_index=False, null=True, on_delete=PROTECT, related_name='+', to='access.unit')),
                ('user', models.ForeignKey(db_index=False, null=True, on_delete=PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SpecialistQuestion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('specialist', models.TextField()),
                ('urgency', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('sealed', models.BinaryField(null=True)),
                ('dossier', models.ForeignKey(on_delete=PROTECT, related_name='+', to='access.dossier')),
                ('duty', models.ForeignKey(null=True, on_delete=PROTECT, related_name='+', to='obligations.obligation')),
                ('from_unit', models.ForeignKey(on_delete=PROTECT, related_name='+', to='access.unit')),
                ('from_user', models.ForeignKey(db_index=False, null=True, on_delete=PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_unit', models.ForeignKey(on_delete=PROTECT, related_name='+', to='access.unit')),
            ],
        ),
        migrations.CreateModel(
            name='SpecialistAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('facet', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('sealed', models.BinaryField()),
                ('dossier', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='access.dossier')),
                ('unit', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='access.unit')),
                ('user', models.ForeignKey(db_index=False, null=True, on_delete=PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.OneToOneField(on_delete=PROTECT, related_name='answer', to='plans.specialistquestion')),
            ],
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('steps__gte', 1)), name='referral_steps'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('reads_until__gt', models.F('sent_at'))), name='referral_reads_until'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('consent', 'without'), models.Q(('without', ''), _negated=True)), models.Q(models.Q(('consent', 'without'), _negated=True), ('without', '')), _connector='OR'), name='referral_consent_or_reason'),
        ),
        migrations.AddConstraint(
            model_name='referralstep',
            constraint=models.UniqueConstraint(fields=('referral', 'number'), name='referral_step_in_order'),
        ),
        migrations.AddConstraint(
            model_name='specialistanswer',
            constraint=models.CheckConstraint(condition=models.Q(('facet__lt', 16)), name='specialist_answer_facet'),
        ),
    ]
