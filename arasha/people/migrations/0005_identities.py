from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_function

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """Says that people of two files are one human being, and takes it back."""

    dependencies = [("people", "0004_finding")]
    operations = [
        migrations.RunSQL((SQL / "0005_identities.sql").read_text(encoding="utf-8")),
        migrations.RunSQL(definer_function("people.identity_of(uuid)")),
        migrations.RunSQL(definer_function("people.recognise(uuid, uuid)", "arasha_app")),
        migrations.RunSQL(definer_function("people.set_apart(uuid)", "arasha_app")),
    ]
