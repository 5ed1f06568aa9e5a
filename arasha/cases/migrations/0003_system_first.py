from django.db import migrations

from arasha.kernel.access.rules import Facet, system_first


class Migration(migrations.Migration):
    """Asks once a query whether this is system work, before the team of each row is looked up."""

    dependencies = [("cases", "0002_protection")]
    operations = [
        migrations.RunSQL(system_first("cases_case", facet=int(Facet.IDENTITY)), migrations.RunSQL.noop),
        migrations.RunSQL(system_first("cases_caseorigin", facet=int(Facet.OBLIGATIONS)), migrations.RunSQL.noop),
    ]
