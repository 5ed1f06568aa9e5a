from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet, definer_function, reads_system_first

SQL = (Path(__file__).parent / "sql" / "0007_sweep.sql").read_text(encoding="utf-8")
FACET = int(Facet.OBLIGATIONS)


class Migration(migrations.Migration):
    """Lets a sweep ask and write by the batch."""

    dependencies = [("obligations", "0006_life_held"), ("access", "0012_system_first"), ("journal", "0004_plans")]
    operations = [
        migrations.RunSQL(
            SQL
            + definer_function("obligations.seats_of(uuid[], integer[], timestamptz)", "arasha_app")
            + definer_function("obligations.apply_sweep(jsonb, timestamptz)", "arasha_app"),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            reads_system_first("obligations_obligation", facet=FACET, nation=True)
            + reads_system_first("obligations_escalation", facet=FACET, nation=True),
            migrations.RunSQL.noop,
        ),
    ]
