from pathlib import Path

from django.db import migrations, models

from arasha.kernel.journal.rules import row_journal

SQL = Path(__file__).parent / "sql" / "0015_structure.sql"
COLUMNS = (
    "id name_kk name_ru name_en code around_the_clock opens closes phone valid_from valid_to body_id parent_id "
    "territory_id"
)


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0014_accounts'),
    ]

    operations = [
        migrations.AddField(
            model_name='unit',
            name='phone',
            field=models.TextField(null=True),
        ),
        migrations.RunSQL(row_journal("access_unit", classes=dict.fromkeys(COLUMNS.split(), "code"))),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]
