from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import definer_all, definer_function
from arasha.kernel.journal.rules import row_journal

SQL = (Path(__file__).parent / "sql" / "0002_accounts.sql").read_text(encoding="utf-8")
PLACE = """
CREATE SCHEMA exchange;
REVOKE ALL ON SCHEMA exchange FROM PUBLIC;
GRANT USAGE ON SCHEMA exchange TO arasha_app, arasha_definer;
GRANT SELECT ON public.exchange_event TO arasha_app, arasha_definer, arasha_backup;
"""
ACCOUNT = "id unit_id name scopes functions networks proposed_by_id proposed_at confirmed_by_id confirmed_at ended_at"
PROTECTED = ("account", "token", "keptanswer", "subscription", "signingkey", "delivery")
FOR_APP = (
    "exchange.arranges(integer)",
    "exchange.masks(text[])",
    "exchange.enter(bytea, text)",
    "exchange.note_use(bytea)",
    "exchange.propose(integer, text, text[], text[], text[])",
    "exchange.confirm(integer)",
    "exchange.end_account(integer)",
    "exchange.issue_token(integer, uuid, bytea, integer, interval)",
    "exchange.revoke_token(uuid)",
    "exchange.names(integer[])",
    "exchange.budgets()",
    "exchange.confirm_budget(integer, integer)",
    "exchange.kept_answer(bytea)",
    "exchange.keep_answer(bytea, bytea, bytea)",
    "exchange.forget_answers()",
)
FOR_NOBODY = (
    "exchange.staff(integer)",
    "exchange.barred(integer)",
    "exchange.token_lock(bytea)",
    "exchange.arranged(integer)",
    "exchange.end_token(uuid)",
)


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0001_tables'),
        ('journal', '0003_vault_files'),
    ]

    operations = [
        migrations.RunSQL(PLACE),
        *(
            migrations.RunSQL(definer_all(f"exchange_{table}") + f"GRANT SELECT ON public.exchange_{table} TO arasha_backup;")
            for table in PROTECTED
        ),
        migrations.RunSQL(row_journal("exchange_account", classes=dict.fromkeys(ACCOUNT.split(), "code"))),
        migrations.RunSQL(SQL),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in FOR_APP),
        *(migrations.RunSQL(definer_function(signature)) for signature in FOR_NOBODY),
    ]
