from django.db import migrations

TRIGGERS = {
    "vault_erasure": ["append_only", "no_truncate"],
    "vault_history": ["forget_at_once", "keep_history", "no_truncate"],
}


class Migration(migrations.Migration):
    """Lets the triggers fire under session_replication_role = replica, too."""

    dependencies = [("vault", "0003_erased_stays_erased")]
    operations = [
        migrations.RunSQL(f"ALTER TABLE public.{table} ENABLE ALWAYS TRIGGER {trigger}")
        for table, triggers in TRIGGERS.items()
        for trigger in triggers
    ]
