import uuid

import django.db.models.deletion
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    """Who else is thought of when harm was done in an institution."""

    dependencies = [("access", "0016_account_leaves"), ("cases", "0008_child")]

    operations = [
        migrations.CreateModel(
            name="Considered",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("facet", models.SmallIntegerField()),
                ("kind", models.CharField(max_length=16)),
                ("called", models.CharField(max_length=200)),
                ("by_name", models.BooleanField()),
                ("named_at", models.DateTimeField()),
                ("way", models.CharField(blank=True, default="", max_length=16)),
                ("reason", models.CharField(blank=True, default="", max_length=32)),
                ("decided_at", models.DateTimeField(null=True)),
                ("dossier", models.ForeignKey(on_delete=PROTECT, related_name="+", to="access.dossier")),
                ("named_by", models.ForeignKey(on_delete=PROTECT, related_name="+", to="access.unit")),
                ("unit", models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to="access.unit")),
            ],
            options={
                "indexes": [models.Index(fields=["dossier"], name="considered_of_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(reason="", way="", decided_at=None, unit=None)
                        | (
                            ~models.Q(reason="")
                            & ~models.Q(way="")
                            & models.Q(decided_at__isnull=False, unit__isnull=False)
                        ),
                        name="considered_whole",
                    ),
                    models.CheckConstraint(condition=models.Q(kind__in=["child", "colleague"]), name="considered_kind"),
                ],
            },
        ),
    ]
