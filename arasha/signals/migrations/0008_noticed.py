import uuid

import django.db.models.deletion
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    """What rules noticed, and which facts they counted."""

    dependencies = [
        ("access", "0016_account_leaves"),
        ("people", "0009_absences_protected"),
        ("signals", "0007_receipts_protected"),
    ]

    operations = [
        migrations.CreateModel(
            name="Noticed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("facet", models.SmallIntegerField()),
                ("rule", models.CharField(max_length=32)),
                ("version", models.PositiveSmallIntegerField()),
                ("count", models.PositiveSmallIntegerField()),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("state", models.CharField(default="unread", max_length=16)),
                ("reason", models.CharField(blank=True, default="", max_length=32)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "by_unit",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to="access.unit"),
                ),
                ("dossier", models.ForeignKey(on_delete=PROTECT, related_name="+", to="access.dossier")),
                ("person", models.ForeignKey(on_delete=PROTECT, related_name="+", to="people.person")),
                ("unit", models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to="access.unit")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["dossier"], name="noticed_of_file"),
                    models.Index(condition=models.Q(unit__isnull=False), fields=["unit", "at"], name="noticed_of_unit"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(state="unread", reason="", decided_at=None)
                        | models.Q(state="signal", reason="", decided_at__isnull=False)
                        | (models.Q(state="dismissed", decided_at__isnull=False) & ~models.Q(reason="")),
                        name="noticed_decided_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticedFact",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.UUIDField(null=True)),
                (
                    "dossier",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to="access.dossier"),
                ),
                ("noticed", models.ForeignKey(on_delete=PROTECT, related_name="+", to="signals.noticed")),
            ],
        ),
    ]
