from pathlib import Path

import django.db.models.deletion
import uuid
from django.db import migrations, models

from arasha.helpline.models import SmsLine
from arasha.kernel.access.rules import Facet, definer_all, row_security
from arasha.kernel.journal.rules import row_journal

SQL = Path(__file__).parent / "sql"
CONTACTS = int(Facet.CONTACTS)


class Migration(migrations.Migration):
    """What channels keep: mailboxes of chats, numbers of short messages, how far each sending is."""

    dependencies = [("helpline", "0002_protection"), ("doors", "0005_chat")]
    operations = [
        migrations.CreateModel(
            "Chat",
            [
                ("contact", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="+", serialize=False, to="helpline.contact")),
                ("mailbox", models.UUIDField()),
                ("shown", models.CharField(default="waiting", max_length=8)),
                ("told", models.BooleanField(default=False)),
                ("over", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["mailbox"], name="chat_mailbox"),
                    models.Index(condition=models.Q(("over", False)), fields=["contact"], name="chat_not_over"),
                ]
            },
        ),
        migrations.CreateModel(
            "SmsLine",
            [
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("sealed", models.BinaryField()),
                ("contact", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="helpline.contact")),
                ("dossier", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.dossier")),
            ],
        ),
        migrations.CreateModel(
            "SmsSending",
            [
                ("message", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="+", serialize=False, to="helpline.message")),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("state", "waiting")), fields=["due_at"], name="sms_due")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("state__in", ["waiting", "handed", "delivered", "failed"])), name="sms_state_known")
                ],
            },
        ),
        migrations.RunSQL(definer_all("helpline_chat")),
        migrations.RunSQL(definer_all("helpline_smssending")),
        migrations.RunSQL(row_security("helpline_smsline", facet=CONTACTS)),
        migrations.RunSQL(row_journal("helpline_smsline", classes=SmsLine.Journal.classes, owner="dossier_id", facet=CONTACTS)),
        migrations.RunSQL((SQL / "0003_channels.sql").read_text(encoding="utf-8")),
    ]
