from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet, definer_all, definer_function, row_security
from arasha.kernel.journal.rules import row_journal
from arasha.people import models

SQL = Path(__file__).parent / "sql"
# Table, model, and the facet that its rows belong to: a constant, or the column that says it.
TABLES = (
    ("people_person", models.Person, int(Facet.IDENTITY)),
    ("people_personname", models.PersonName, int(Facet.IDENTITY)),
    ("people_communication", models.Communication, int(Facet.IDENTITY)),
    ("people_kinship", models.Kinship, int(Facet.IDENTITY)),
    ("people_residence", models.Residence, int(Facet.IDENTITY)),
    ("people_standing", models.Standing, int(Facet.IDENTITY)),
    ("people_surrounding", models.Surrounding, int(Facet.IDENTITY)),
    ("people_contact", models.Contact, int(Facet.CONTACTS)),
    ("people_difficulty", models.Difficulty, int(Facet.HEALTH)),
    ("people_paper", models.Paper, int(Facet.DOCUMENTS)),
    ("people_address", models.Address, "facet"),
    ("people_attendance", models.Attendance, "facet"),
)


class Migration(migrations.Migration):
    """Protects people by the files that know them, journals them, and holds each fact to its person's file."""

    dependencies = [("people", "0001_tables"), ("access", "0010_covering"), ("journal", "0002_guard")]
    operations = [
        *(migrations.RunSQL(row_security(table, facet=facet)) for table, _model, facet in TABLES),
        *(
            migrations.RunSQL(row_journal(table, classes=model.Journal.classes, owner="dossier_id", facet=facet))
            for table, model, facet in TABLES
        ),
        migrations.RunSQL(definer_all("people_personidentity")),
        migrations.RunSQL(
            row_journal("people_personidentity", key="person_id", classes=models.PersonIdentity.Journal.classes)
        ),
        migrations.RunSQL((SQL / "0002_identity.sql").read_text(encoding="utf-8")),
        migrations.RunSQL(definer_function("people.identify()")),
        migrations.RunSQL(definer_function("people.may_papers(uuid, bigint, boolean)", "arasha_app")),
        migrations.RunSQL(
            "REVOKE ALL ON FUNCTION people.may_read_papers(uuid), people.may_write_papers(uuid) FROM PUBLIC;\n"
            "GRANT EXECUTE ON FUNCTION people.may_read_papers(uuid), people.may_write_papers(uuid) TO arasha_app;\n"
        ),
        migrations.RunSQL(definer_function("people.also(uuid)", "arasha_app")),
    ]
