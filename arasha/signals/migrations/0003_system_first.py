from django.db import migrations

from arasha.kernel.access.rules import Facet, system_first


class Migration(migrations.Migration):
    """Asks once a query whether this is system work, before the team of each row is looked up."""

    dependencies = [("signals", "0002_protection")]
    operations = [
        migrations.RunSQL(system_first("signals_signal", facet=int(Facet.CONCERN)), migrations.RunSQL.noop),
        migrations.RunSQL(system_first("signals_signaltext"), migrations.RunSQL.noop),
        migrations.RunSQL(system_first("signals_signalreporter"), migrations.RunSQL.noop),
    ]
