from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_all, definer_function
from arasha.kernel.journal.rules import row_journal
from arasha.people import models

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """Parts a child into two people by an adoption, and lets one function know that they belong together."""

    dependencies = [("people", "0010_adoptions")]
    operations = [
        migrations.RunSQL(definer_all("people_adoption")),
        migrations.RunSQL(row_journal("people_adoption", classes=models.Adoption.Journal.classes)),
        migrations.RunSQL((SQL / "0011_adoption.sql").read_text(encoding="utf-8")),
        migrations.RunSQL(definer_function("people.of_guardianship(uuid)")),
        migrations.RunSQL(definer_function("people.seal_adoption(uuid, uuid, uuid)", "arasha_app")),
        migrations.RunSQL(definer_function("people.adoption_of(uuid)", "arasha_app")),
        migrations.RunSQL(definer_function("people.lift_adoption(uuid)", "arasha_app")),
    ]
