from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_function
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0003_webhooks.sql").read_text(encoding="utf-8")
SUBSCRIPTION = "id account_id address events made_at ended_at ended_why"
FOR_APP = (
    "exchange.subscribe(uuid, integer, text, text[], bytea)",
    "exchange.end_subscription(uuid)",
    "exchange.claim(integer)",
    "exchange.end_try(uuid, integer, text, integer)",
    "exchange.failing(interval)",
    "exchange.give_up(uuid)",
    "exchange.resend(uuid)",
)
FOR_NOBODY = ("exchange.note_act()", "exchange.demand_system()")


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0002_accounts'),
    ]

    operations = [
        migrations.RunSQL(row_journal("exchange_subscription", classes=dict.fromkeys(SUBSCRIPTION.split(), "code"))),
        migrations.RunSQL(SQL),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in FOR_APP),
        *(migrations.RunSQL(definer_function(signature)) for signature in FOR_NOBODY),
    ]
