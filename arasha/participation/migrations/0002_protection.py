from pathlib import Path

from django.db import migrations

from arasha.kernel.access.rules import Facet, definer_all, definer_function, row_security
from arasha.kernel.journal.rules import row_journal

SQL = Path(__file__).parent / "sql"
PLAN, OBLIGATIONS, NARRATIVE = int(Facet.PLAN), int(Facet.OBLIGATIONS), int(Facet.NARRATIVE)
# What the models declared when this migration was written.
TABLES = (
    ("participation_invitation", "id dossier_id offering_id unit_id given_on period", "", PLAN),
    (
        "participation_round",
        "id dossier_id offering_id service place_id period outcome invited answers figures",
        "",
        OBLIGATIONS,
    ),
    ("participation_text", "id round_id dossier_id language marked state version", "sealed link", NARRATIVE),
)
REPLY = dict.fromkeys("id round_id offering_id unit_id words said_at".split(), "code")
PUBLIC = (
    "participation.find_slip(bytea, text[])",
    "participation.post_feedback(bytea, text[], uuid, integer, bytea, uuid, bytea)",
)
STAFF = (
    "participation.put_slip(uuid, bytea, text, bytea)",
    "participation.take_words(integer)",
    "participation.letter_done(uuid)",
    "participation.letter_left(uuid)",
    "participation.waiting_periods(text[])",
    "participation.take_answers(text)",
    "participation.end_period(text)",
    "participation.may_reply(uuid, uuid)",
)


def _protected(table: str, codes: str, sealed: str, facet: int) -> list[migrations.RunSQL]:
    classes = dict.fromkeys(codes.split(), "code") | dict.fromkeys(sealed.split(), "sealed")
    return [
        migrations.RunSQL(row_security(table, facet=facet)),
        migrations.RunSQL(row_journal(table, classes=classes, owner="dossier_id", facet=facet)),
    ]


class Migration(migrations.Migration):
    """Shows rounds and words to who supervises, lets children post, and nobody read slips or letters."""

    dependencies = [("participation", "0001_tables"), ("services", "0010_quicker"), ("journal", "0002_guard")]
    operations = [
        *(operation for table in TABLES for operation in _protected(*table)),
        migrations.RunSQL(definer_all("participation_slip")),
        migrations.RunSQL(definer_all("participation_letter")),
        migrations.RunSQL(definer_all("participation_reply") + row_journal("participation_reply", classes=REPLY)),
        migrations.RunSQL((SQL / "0002_protection.sql").read_text(encoding="utf-8")),
        migrations.RunSQL(definer_function("participation.demand_letters()")),
        *(migrations.RunSQL(definer_function(signature, "arasha_public")) for signature in PUBLIC),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in STAFF),
        migrations.RunSQL(definer_function("participation.told(uuid)", "arasha_app, arasha_public")),
    ]
