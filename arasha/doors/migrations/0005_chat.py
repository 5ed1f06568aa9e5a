from pathlib import Path

from django.db import migrations, models

from arasha.kernel.access.rules import definer_all, definer_function

SQL = Path(__file__).parent / "sql"
PUBLIC = (
    "doors.post_chat(uuid, integer, bytea, bytea, bytea)",
    "doors.look_into(bytea)",
    "doors.renew_code(bytea, bytea, bytea, bytea, bytea)",
    "doors.attended()",
)
STAFF = (
    "doors.attend(boolean, boolean, timestamptz)",
    "doors.take_chats(integer)",
    "doors.hold_chat(uuid)",
    "doors.put_sitting(uuid, bytea, bytea, timestamptz)",
    "doors.chat_told(uuid, uuid)",
)
KINDS = models.CheckConstraint(condition=models.Q(kind__in=["tell", "add", "chat"]), name="letter_kind_known")


class Migration(migrations.Migration):
    """Chats over a code: a kind of letter, what is said in a sitting, and whether somebody is there."""

    dependencies = [("doors", "0004_parcels_protected")]
    operations = [
        migrations.AddField("mailbox", "chat", models.BooleanField(db_default=False, default=False)),
        migrations.AddField("mailbox", "sitting", models.BinaryField(null=True)),
        migrations.AddField("mailbox", "sat_at", models.DateTimeField(null=True)),
        migrations.RemoveConstraint("letter", "letter_kind_known"),
        migrations.AddConstraint("letter", KINDS),
        migrations.CreateModel(
            "Watch",
            [
                ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("until", models.DateTimeField()),
                ("busy", models.BooleanField()),
                ("opens_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunSQL(definer_all("doors_watch")),
        migrations.RunSQL((SQL / "0005_chat.sql").read_text(encoding="utf-8")),
        migrations.RunSQL("DROP FUNCTION doors.open_mailbox(bytea), doors.change_code(bytea, bytea, bytea, bytea)"),
        *(migrations.RunSQL(definer_function(signature, "arasha_public")) for signature in PUBLIC),
        *(migrations.RunSQL(definer_function(signature, "arasha_app")) for signature in STAFF),
    ]
