from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_all, definer_function
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0002_protection.sql").read_text(encoding="utf-8")
COLUMNS = {
    "governance_pilot": "id unit_id entered_by_id entered_at",
    "governance_step": "id pilot_id number kind on evaluator said document until decision afterwards corrects_id unit_id"
    " entered_by_id entered_at",
    "governance_description": "id pilot_id step_id title_kk title_ru title_en aim_kk aim_ru aim_en territories unit_id"
    " money amount first_day children serves offerings",
    "governance_reminder": "id pilot_id since rung told_at",
}
FUNCTIONS = [
    ("governance.keeps(text[])", "arasha_app"),
    ("governance.keeps_pilot(uuid)", "arasha_app"),
    ("governance.follows(uuid, integer)", "arasha_app"),
    ("governance.is_decided(uuid)", "arasha_app"),
    ("governance.correctable(uuid, uuid, date)", "arasha_app"),
    ("governance.described_by(uuid, uuid)", "arasha_app"),
    ("governance.open_offerings(uuid[])", "arasha_app"),
    ("governance.hold(uuid)", "arasha_app"),
]


def protect(table):
    return (
        definer_all(table)
        + row_journal(table, classes=dict.fromkeys(COLUMNS[table].split(), "code"))
        + f"GRANT SELECT ON public.{table} TO arasha_backup;"
    )


class Migration(migrations.Migration):
    """Who keeps the register of pilots; nothing in it changes, and a decided pilot is neither prolonged nor decided."""

    dependencies = [
        ("access", "0020_adult_safety"),
        ("journal", "0003_vault_files"),
        ("territory", "0001_tree"),
        ("services", "0001_directory"),
        ("governance", "0001_pilots"),
    ]

    operations = [
        *(migrations.RunSQL(protect(table)) for table in COLUMNS),
        migrations.RunSQL(SQL),
        *(migrations.RunSQL(definer_function(*function)) for function in FUNCTIONS),
    ]
