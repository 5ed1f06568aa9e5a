import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    """What is half written of a safety plan; the order in which facts of entitlement were written."""

    dependencies = [
        ("access", "0019_public_reads_nothing"),
        ("plans", "0005_late_parts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SafetyPlanDraft",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.ForeignKey(db_index=False, on_delete=PROTECT, related_name="+", to="access.dossier")),
                ("place", models.PositiveIntegerField()),
                ("revision", models.PositiveIntegerField()),
                ("after", models.PositiveSmallIntegerField()),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("kept_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("sealed", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "place"), name="safety_plan_draft_place"),
                ],
            },
        ),
        migrations.AddField("eligibilityfact", "place", models.PositiveIntegerField(default=0)),
        migrations.AddConstraint(
            "eligibilityfact",
            models.UniqueConstraint(
                condition=models.Q(place__gt=0), fields=("dossier", "place"), name="eligibility_fact_in_order"
            ),
        ),
    ]
