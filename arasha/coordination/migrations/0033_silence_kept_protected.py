from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_all, definer_function

SQL = (Path(__file__).parent / "sql" / "0033_silence_kept.sql").read_text(encoding="utf-8")
OPEN = (
    "coordination.mark_silence(uuid, text, boolean)",
    "coordination.silences_to_date(timestamptz, integer)",
    "coordination.mutes_to_cut(date, integer, integer)",
    "coordination.silences_to_answer(timestamptz, date, integer)",
    "coordination.answer_asked(uuid, text, timestamptz)",
    "coordination.silent(text)",
)


class Migration(migrations.Migration):
    """Keeps a noticed silence true when the risk changes or something is written down late; a mute no longer than may be."""

    dependencies = [("coordination", "0032_silence_kept")]
    operations = [
        migrations.RunSQL(
            definer_all("coordination_silencerule")
            + "GRANT SELECT ON public.coordination_silencerule TO arasha_backup;\n"
            + "GRANT UPDATE (since) ON public.coordination_silence TO arasha_app;"
        ),
        migrations.RunSQL(
            SQL
            + definer_function("coordination.pressing(text)")
            + "".join(definer_function(name, "arasha_app") for name in OPEN)
        ),
    ]
