from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_all, definer_function
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0009_room.sql").read_text(encoding="utf-8")
COLUMNS = dict.fromkeys("id offering_id protected number places free usually said_on unit_id".split(), "code")
BACKUP = "GRANT SELECT ON public.services_roomsaid TO arasha_backup;"


class Migration(migrations.Migration):
    """Who says how much room there is, and what staff learn of it."""

    dependencies = [
        ("journal", "0003_vault_files"),
        ("services", "0008_room"),
    ]

    operations = [
        migrations.RunSQL(
            definer_all("services_roomsaid") + row_journal("services_roomsaid", classes=COLUMNS) + BACKUP
        ),
        migrations.RunSQL(SQL),
        migrations.RunSQL(definer_function("services.may_say_room(uuid, boolean)", "arasha_app")),
        migrations.RunSQL(definer_function("services.room(uuid[], date)", "arasha_app")),
    ]
