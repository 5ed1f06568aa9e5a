import django.db.models.deletion
import uuid
from pathlib import Path

from django.conf import settings
from django.db import migrations, models

SQL = (Path(__file__).parent / "sql" / "0002_notices.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0004_people'),
        ('message', '0001_queue'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('code', models.TextField()),
                ('link', models.TextField()),
                ('dossier', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('spread_at', models.DateTimeField(null=True)),
                ('post', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.post')),
                ('unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.unit')),
                ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('next_try_at', models.DateTimeField()),
                ('tries', models.IntegerField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('outcome', models.TextField(blank=True, db_default='', default='')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('notice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='message.notice')),
            ],
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('notice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='message.notice')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(models.F('user'), models.OrderBy(models.F('at'), descending=True), condition=models.Q(('user__isnull', False)), name='notice_user'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(models.F('post'), models.OrderBy(models.F('at'), descending=True), condition=models.Q(('post__isnull', False)), name='notice_post'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(models.F('unit'), models.OrderBy(models.F('at'), descending=True), condition=models.Q(('unit__isnull', False)), name='notice_unit'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('spread_at', None)), fields=['id'], name='notice_not_spread'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('post', None), ('unit', None), ('user__isnull', False)), models.Q(('post__isnull', False), ('unit', None), ('user', None)), models.Q(('post', None), ('unit__isnull', False), ('user', None)), _connector='OR'), name='notice_one_recipient'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('link__regex', '^/([A-Za-z0-9_-]+/)*$')), name='notice_link'),
        ),
        migrations.AddIndex(
            model_name='mail',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['next_try_at'], name='mail_due'),
        ),
        migrations.AddIndex(
            model_name='mail',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['user'], name='mail_user'),
        ),
        migrations.AddConstraint(
            model_name='mail',
            constraint=models.UniqueConstraint(fields=('notice', 'user'), name='mail_once'),
        ),
        migrations.AddConstraint(
            model_name='mail',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'sent', 'read', 'no_address', 'not_meant', 'refused'])), name='mail_outcome'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(fields=('notice', 'user'), name='reading_once'),
        ),
        migrations.RunSQL(SQL),
    ]
