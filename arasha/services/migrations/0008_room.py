import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    """How much room an offering has, as it was said."""

    dependencies = [
        ("access", "0019_public_reads_nothing"),
        ("services", "0007_exchange"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoomSaid",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "offering",
                    models.ForeignKey(
                        db_index=False, on_delete=PROTECT, related_name="room", to="services.offering"
                    ),
                ),
                ("protected", models.BooleanField()),
                ("number", models.IntegerField()),
                ("places", models.SmallIntegerField(null=True)),
                ("free", models.SmallIntegerField(null=True)),
                ("usually", models.TextField(blank=True, default="")),
                ("said_on", models.DateField()),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=PROTECT, related_name="+", to="access.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["offering", "number"], name="room_in_order"),
                    models.CheckConstraint(condition=Q(number__gte=1), name="room_from_one"),
                    models.CheckConstraint(
                        condition=(Q(places=None) | Q(places__range=(0, 10_000)))
                        & (Q(free=None) | Q(free__range=(0, 10_000)))
                        & (Q(places=None) | Q(free=None) | Q(free__lte=F("places"))),
                        name="room_counts",
                    ),
                    models.CheckConstraint(
                        condition=Q(protected=False, usually="")
                        | Q(
                            protected=True,
                            usually__in=["yes", "no", "unknown"],
                            places=None,
                            free=None,
                            said_on__iso_week_day=1,
                        ),
                        name="room_of_protected_is_a_word",
                    ),
                ],
            },
        ),
    ]
