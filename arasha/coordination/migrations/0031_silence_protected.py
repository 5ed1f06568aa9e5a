from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_all, definer_function, row_security
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0030_silence.sql").read_text(encoding="utf-8")
# What the model declared when this migration was written.
SILENCE = dict.fromkeys(
    "id dossier_id facet rule since noticed_at ended_at muted_at muted_until mute_reason muted_by_id muter_id".split(),
    "code",
) | {"sealed": "sealed"}
INNER = ("coordination.silent_since(uuid[])", "coordination.watch(uuid[])")
OPEN = (
    "coordination.watch_again(bigint)",
    "coordination.watch_all(uuid, integer)",
    "coordination.silences_to_notice(timestamptz, integer)",
    "coordination.noticed(uuid, text)",
    "coordination.silences_to_end(timestamptz, integer)",
)
FRAMEWORK = ("watch", "watchmark", "silencelimit", "idleverb")
KEPT = """
REVOKE UPDATE ON public.coordination_silence FROM arasha_app;
GRANT UPDATE (ended_at, muted_at, muted_until, mute_reason, muted_by_id, muter_id, sealed)
    ON public.coordination_silence TO arasha_app;
"""


class Migration(migrations.Migration):
    """Shows a silence to who reads the facet of what it tells; files are watched by functions for the clock alone."""

    dependencies = [
        ("coordination", "0030_silence"),
        ("cases", "0016_workers"),
        ("plans", "0021_outside_links_protected"),
        ("journal", "0002_guard"),
    ]
    operations = [
        migrations.RunSQL(
            "".join(
                definer_all(f"coordination_{name}") + f"GRANT SELECT ON public.coordination_{name} TO arasha_backup;"
                for name in FRAMEWORK
            )
        ),
        migrations.RunSQL(row_security("coordination_silence")),
        migrations.RunSQL(row_journal("coordination_silence", classes=SILENCE, owner="dossier_id", facet="facet")),
        migrations.RunSQL(KEPT),
        migrations.RunSQL(
            SQL
            + "".join(definer_function(name) for name in INNER)
            + "".join(definer_function(name, "arasha_app") for name in OPEN)
        ),
    ]
