from django.db import migrations

from arasha.kernel.access.rules import Facet, system_first


class Migration(migrations.Migration):
    """Asks once a query whether this is system work, before the team of each row is looked up."""

    dependencies = [("obligations", "0002_protection")]
    operations = [
        migrations.RunSQL(system_first("obligations_obligation", facet=int(Facet.OBLIGATIONS)), migrations.RunSQL.noop),
        migrations.RunSQL(system_first("obligations_escalation", facet=int(Facet.OBLIGATIONS)), migrations.RunSQL.noop),
        migrations.RunSQL(system_first("obligations_answer", facet=int(Facet.OBLIGATIONS)), migrations.RunSQL.noop),
        migrations.RunSQL(system_first("obligations_gap", facet=int(Facet.OBLIGATIONS)), migrations.RunSQL.noop),
    ]
