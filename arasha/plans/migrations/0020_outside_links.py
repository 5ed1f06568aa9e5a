import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    """Links over which services without an account answer referrals, their doors and letters."""

    dependencies = [
        ('access', '0021_limited_parts'),
        ('plans', '0015_limited_readers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OutsideLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('named', models.BooleanField()),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(null=True)),
                ('opens', models.PositiveSmallIntegerField(default=0)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_why', models.TextField(blank=True, default='')),
                ('dossier', models.ForeignKey(on_delete=PROTECT, related_name='+', to='access.dossier')),
                ('referral', models.ForeignKey(on_delete=PROTECT, related_name='links', to='plans.referral')),
                ('unit', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='access.unit')),
                ('user', models.ForeignKey(db_index=False, null=True, on_delete=PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='OutsideLetter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=8)),
                ('version', models.PositiveSmallIntegerField(default=0)),
                ('sealed', models.BinaryField(default=b'')),
                ('came_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField()),
                ('link', models.ForeignKey(on_delete=PROTECT, related_name='+', to='plans.outsidelink')),
            ],
        ),
        migrations.CreateModel(
            name='OutsideDoor',
            fields=[
                ('hash', models.BinaryField(primary_key=True, serialize=False)),
                ('proof', models.BinaryField()),
                ('sealed', models.BinaryField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('expires_at', models.DateTimeField()),
                ('link', models.OneToOneField(on_delete=PROTECT, related_name='+', to='plans.outsidelink')),
            ],
        ),
        migrations.AddIndex(
            model_name='outsidelink',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['expires_at'], name='outside_link_lasts'),
        ),
        migrations.AddConstraint(
            model_name='outsidelink',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('referral',), name='outside_link_once'),
        ),
        migrations.AddConstraint(
            model_name='outsidelink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_why', '')), models.Q(('ended_at__isnull', False), models.Q(('ended_why', ''), _negated=True)), _connector='OR'), name='outside_link_ends'),
        ),
        migrations.AddIndex(
            model_name='outsideletter',
            index=models.Index(fields=['due_at'], name='outside_letter_due'),
        ),
        migrations.AddConstraint(
            model_name='outsideletter',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['opened', 'wrong', 'answer'])), name='outside_letter_kinds'),
        ),
    ]
