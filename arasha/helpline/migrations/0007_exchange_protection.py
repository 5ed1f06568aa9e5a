from pathlib import Path

from django.db import migrations

from arasha.helpline import models
from arasha.kernel.access.rules import definer_all, definer_function
from arasha.kernel.journal.rules import row_journal

SQL = Path(__file__).parent / "sql"
PROTECTED = ("call", "callevent", "callnumber", "daysalt", "extension", "pastedition", "pastfigure")
PLACE = """
CREATE SCHEMA IF NOT EXISTS helpline;
REVOKE ALL ON SCHEMA helpline FROM PUBLIC;
GRANT USAGE ON SCHEMA helpline TO arasha_app, arasha_definer;
GRANT SELECT ON public.helpline_reasonedition TO arasha_app, arasha_definer, arasha_backup;
"""
FOR_APP = (
    "helpline.day_salt(bytea)",
    "helpline.forget_number(uuid)",
    "helpline.forget_calls(timestamptz, interval)",
    "helpline.supervised()",
    "helpline.strange_lines(timestamptz)",
)
FIGURES = (
    "helpline.contact_figures(timestamptz, timestamptz, text)",
    "helpline.call_figures(timestamptz, timestamptz)",
    "helpline.past_figures(date, date, text)",
)


class Migration(migrations.Migration):
    """Lets an exchange tell of calls and nobody read them but counted; opens lines and past figures to supervisors."""

    dependencies = [("helpline", "0006_exchange_tables"), ("exchange", "0007_calls"), ("journal", "0002_guard")]
    operations = [
        migrations.RunSQL(PLACE),
        *(
            migrations.RunSQL(definer_all(f"helpline_{table}") + f"GRANT SELECT ON public.helpline_{table} TO arasha_backup;")
            for table in PROTECTED
        ),
        migrations.RunSQL(row_journal("helpline_extension", classes=models.Extension.Journal.classes)),
        migrations.RunSQL(row_journal("helpline_pastedition", classes=models.PastEdition.Journal.classes)),
        migrations.RunSQL((SQL / "0007_exchange.sql").read_text(encoding="utf-8")),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in FOR_APP),
        migrations.RunSQL((SQL / "0007_figures.sql").read_text(encoding="utf-8")),
        migrations.RunSQL(definer_function("helpline.counted_units()")),
        migrations.RunSQL(
            "REVOKE ALL ON FUNCTION helpline.whole_months(timestamptz, timestamptz) FROM PUBLIC;"
            "GRANT EXECUTE ON FUNCTION helpline.whole_months(timestamptz, timestamptz) TO arasha_app, arasha_definer;"
        ),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in FIGURES),
    ]
