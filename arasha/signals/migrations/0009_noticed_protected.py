from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_all, definer_function
from arasha.kernel.journal.rules import row_journal
from arasha.signals.models import Noticed, NoticedFact

SQL = Path(__file__).parent / "sql"
FUNCTIONS = (
    "signals.reads_noticed(uuid, uuid, integer, smallint)",
    "signals.hurt(timestamptz, integer)",
    "signals.seen(uuid[])",
    "signals.sealed_readers(uuid, smallint)",
    "signals.put_noticed(uuid, uuid, uuid, smallint, text, integer, integer, date, date, integer, timestamptz,"
    " uuid[], uuid[])",
    "signals.decide_noticed(uuid, text, text, timestamptz, uuid)",
)


class Migration(migrations.Migration):
    """Shows what was noticed to its readers alone, journals it, and lets definer functions alone write it."""

    dependencies = [("signals", "0008_noticed"), ("access", "0016_account_leaves"), ("journal", "0002_guard")]
    operations = [
        migrations.RunSQL(definer_all("signals_noticed")),
        migrations.RunSQL(definer_all("signals_noticedfact")),
        migrations.RunSQL(row_journal("signals_noticed", classes=Noticed.Journal.classes)),
        migrations.RunSQL(row_journal("signals_noticedfact", classes=NoticedFact.Journal.classes)),
        migrations.RunSQL((SQL / "0009_noticed.sql").read_text(encoding="utf-8")),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in FUNCTIONS),
    ]
