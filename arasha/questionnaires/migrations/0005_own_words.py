from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0005_own_words.sql"


class Migration(migrations.Migration):
    """Lets whoever asked an adult about their own safety write and read what they wrote, without a grant."""

    dependencies = [("questionnaires", "0004_responses_protected"), ("access", "0020_adult_safety")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]
