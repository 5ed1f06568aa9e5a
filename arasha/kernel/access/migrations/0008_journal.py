from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules.protection import definer_function
from arasha.kernel.journal.rules import log_journal, row_journal

SQL = Path(__file__).parent / "sql" / "0008_journal.sql"
TABLES = {
    "access_body": "id name_kk name_ru name_en code sector kind protected valid_from valid_to territory_id",
    "access_unit": (
        "id name_kk name_ru name_en code around_the_clock opens closes valid_from valid_to body_id parent_id territory_id"
    ),
    "access_unitfunction": "id since until function_id territory_id unit_id",
    "access_post": "id title_kk title_ru title_en functions scope since until holder_id unit_id",
    "access_tenure": "id since until body_id post_id user_id",
    "access_dossier": (
        "id kind opened_at closed_at access_units access_users access_until opened_mark lead_unit_id territory_id"
    ),
    "access_member": "id part reads writes since until ended_at reason dossier_id unit_id user_id",
    "access_bar": "id since ended_at reason body_id dossier_id user_id",
    "access_glass": (
        "id reason opened_at until review_due reviewed_at justified dossier_id lead_unit_id post_id reviewed_by_id "
        "user_id watching_unit_id"
    ),
}


class Migration(migrations.Migration):
    dependencies = [("access", "0007_seats"), ("journal", "0003_vault_files"), ("vault", "0001_tables")]

    operations = [
        *(
            migrations.RunSQL(row_journal(table, classes=dict.fromkeys(columns.split(), "code")))
            for table, columns in TABLES.items()
        ),
        migrations.RunSQL(log_journal("access_look")),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        migrations.RunSQL("REVOKE ALL ON FUNCTION access.act_facet(jsonb) FROM PUBLIC"),
        migrations.RunSQL("GRANT EXECUTE ON FUNCTION access.act_facet(jsonb) TO arasha_app, arasha_definer"),
        migrations.RunSQL(definer_function("access.may_read_stream(text, text, smallint)", "arasha_app")),
    ]
