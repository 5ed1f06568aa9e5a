from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_all, definer_function
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0002_protection.sql").read_text(encoding="utf-8")
COLUMNS = {
    "services_provider": "id body_id kind protected ownership funded_until source ended_on",
    "services_site": (
        "id provider_id protected name_kk name_ru name_en territory_id address_kk address_ru latitude longitude"
        " phone mail web around_the_clock hours step_free closed_on"
    ),
    "services_offering": (
        "id site_id protected service level age_from age_to sexes siblings with_parent son_to languages needs"
        " conditions served cost price remote status begins_on ends_on verified_on verified_by_id"
    ),
}
FUNCTIONS = [
    ("services.keeps(text)", "arasha_app"),
    ("services.keeps_body(integer)", "arasha_app"),
    ("services.keeps_site(uuid)", "arasha_app"),
    ("services.works_for(uuid)", "arasha_app"),
    ("services.works_at(uuid)", "arasha_app"),
    ("services.add_body(integer, text, text, text, text, text, text, text, boolean)", "arasha_app"),
    ("services.protect_site()",),
]


def protect(table):
    return (
        definer_all(table)
        + row_journal(table, classes=dict.fromkeys(COLUMNS[table].split(), "code"))
        + f"GRANT SELECT ON public.{table} TO arasha_backup;"
    )


class Migration(migrations.Migration):
    """Who reads the directory, who keeps it, and what is protected in it."""

    dependencies = [
        ('access', '0019_public_reads_nothing'),
        ('journal', '0003_vault_files'),
        ('services', '0001_directory'),
    ]

    operations = [
        *(migrations.RunSQL(protect(table)) for table in COLUMNS),
        migrations.RunSQL(SQL),
        *(migrations.RunSQL(definer_function(*function)) for function in FUNCTIONS),
    ]
