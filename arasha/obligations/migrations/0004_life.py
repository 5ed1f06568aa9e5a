import uuid

from django.db import migrations, models
from django.db.models.deletion import PROTECT

from arasha.kernel.access.rules import Facet, row_security
from arasha.kernel.journal.rules import row_journal

FACET = int(Facet.OBLIGATIONS)
# What the models declared when this migration was written; a test compares them with what they declare now.
COLUMNS = {
    "obligation": "id dossier_id protocol_id step unit_id function role territory found_by from_moment due_at due_now "
    "extended_to asked_until suspended_at suspended_until derivation ladder rung state next_check_at raised_at number "
    "delivered_at delivered_by undelivered_at seen_at met_at met_by_unit_id met_by_post_id outcome ended_at "
    "caused_by_id replaced_by_id",
    "answer": "id obligation_id dossier_id text given_at unit_id post_id outcome withdrawn_at",
    "evidence": "id answer_id dossier_id file_id",
    "remark": "id obligation_id dossier_id kind reason until at unit_id post_id text",
}
NEW = ("evidence", "remark")


def classes(table):
    return {column: "sealed" if column == "text" else "code" for column in COLUMNS[table].split()}


def journal(table):
    return row_journal(f"obligations_{table}", classes=classes(table), owner="dossier_id", facet=FACET)


def protect(table):
    name = f"obligations_{table}"
    return row_security(name, facet=FACET) + f"GRANT SELECT ON public.{name} TO arasha_backup;"


def key(to, **more):
    return models.ForeignKey(on_delete=PROTECT, db_index=False, related_name="+", to=to, **more)


def moment():
    return models.DateTimeField(null=True)


def word(length):
    """A text that old rows get in the next migration, inside an act."""
    return models.CharField(max_length=length, blank=True, default="", null=True)


def added(model, **fields):
    return [migrations.AddField(model, name, field) for name, field in fields.items()]


class Migration(migrations.Migration):
    """Columns for what may happen to a duty besides meeting it, and tables for what is said of it."""

    dependencies = [("obligations", "0003_system_first"), ("vault", "__first__")]

    operations = [
        *added(
            "obligation",
            role=word(60),
            due_now=moment(),
            extended_to=moment(),
            asked_until=moment(),
            suspended_at=moment(),
            suspended_until=moment(),
            number=word(12),
            delivered_at=moment(),
            delivered_by=word(20),
            undelivered_at=moment(),
            seen_at=moment(),
            outcome=word(60),
            ended_at=moment(),
            caused_by=models.ForeignKey(
                "obligations.obligation", PROTECT, null=True, db_index=False, related_name="causes"
            ),
            replaced_by=models.ForeignKey(
                "obligations.obligation", PROTECT, null=True, db_index=False, related_name="replaces"
            ),
        ),
        *added(
            "answer",
            unit=key("access.unit", null=True),
            post=key("access.post", null=True),
            outcome=word(60),
            withdrawn_at=moment(),
        ),
        migrations.CreateModel(
            "Evidence",
            [
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("answer", models.ForeignKey("obligations.answer", PROTECT, related_name="evidence")),
                ("dossier", key("access.dossier")),
                ("file", key("vault.keptfile")),
            ],
            {"verbose_name_plural": "evidence"},
        ),
        migrations.CreateModel(
            "Remark",
            [
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("obligation", models.ForeignKey("obligations.obligation", PROTECT, related_name="remarks")),
                ("dossier", key("access.dossier")),
                ("kind", models.CharField(max_length=20)),
                ("reason", models.CharField(max_length=60, blank=True)),
                ("until", moment()),
                ("at", models.DateTimeField()),
                ("unit", key("access.unit", null=True)),
                ("post", key("access.post", null=True)),
                ("text", models.BinaryField(null=True)),
            ],
        ),
        *(migrations.RunSQL(protect(table)) for table in NEW),
        *(migrations.RunSQL(journal(table)) for table in COLUMNS),
    ]
