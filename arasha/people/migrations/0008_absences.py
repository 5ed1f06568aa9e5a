import uuid

import django.db.models.deletion
from django.db import migrations, models

FACT = [
    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
    ("since", models.DateField(null=True)),
    ("until", models.DateField(null=True)),
    ("recorded_at", models.DateTimeField()),
    ("ended_at", models.DateTimeField(null=True)),
]
OF = [
    (
        "dossier",
        models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.dossier"),
    ),
    ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
    (
        "unit",
        models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.unit"),
    ),
]


class Migration(migrations.Migration):
    """Times away from school, and what of reproductive health lies under seal."""

    dependencies = [("access", "0016_account_leaves"), ("people", "0007_matching")]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[*FACT, ("kind", models.CharField(max_length=16)), *OF],
            options={"indexes": [models.Index(fields=["person"], name="absence_of_person")]},
        ),
        migrations.CreateModel(
            name="Pregnancy",
            fields=[*FACT, ("sealed", models.BinaryField()), *OF],
            options={"indexes": [models.Index(fields=["person"], name="pregnancy_of_person")]},
        ),
    ]
