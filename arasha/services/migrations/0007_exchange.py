from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_all, definer_function

SQL = (Path(__file__).parent / "sql" / "0007_exchange.sql").read_text(encoding="utf-8")
TABLES = ["services_load", "services_loadrow", "services_publication"]
FUNCTIONS = [
    ("services.published()", "arasha_app", "arasha_public"),
    ("services.keeps_load(uuid)", "arasha_app"),
]


class Migration(migrations.Migration):
    """Who reads what was handed in, and what everybody is given."""

    dependencies = [
        ('services', '0006_loads'),
    ]

    operations = [
        *(migrations.RunSQL(definer_all(table) + f"GRANT SELECT ON public.{table} TO arasha_backup;") for table in TABLES),
        migrations.RunSQL(SQL),
        *(migrations.RunSQL(definer_function(*function)) for function in FUNCTIONS),
    ]
