from django.db import migrations, models

from arasha.kernel.journal.rules import row_journal

COLUMNS = "id title_kk title_ru title_en functions scope since until rank holder_id unit_id"


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0010_covering'),
    ]

    operations = [
        migrations.AddField(
            model_name='post',
            name='rank',
            field=models.TextField(null=True),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('rank', None), ('rank', 'head'), _connector='OR'), name='post_rank'),
        ),
        migrations.RunSQL(row_journal("access_post", classes=dict.fromkeys(COLUMNS.split(), "code"))),
    ]
