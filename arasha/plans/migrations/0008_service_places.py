import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

PROTECT = django.db.models.deletion.PROTECT
STATES = ["asked", "waiting", "booked", "missed", "begun", "ended", "refused", "withdrawn", "handed_over"]
RUNNING = STATES[:5]


def key(to, **more):
    return models.ForeignKey(on_delete=PROTECT, related_name="+", to=to, **more)


class Migration(migrations.Migration):
    """A child's place at an offering, and the steps by which it came to stand as it does."""

    dependencies = [
        ("access", "0019_public_reads_nothing"),
        ("plans", "0007_drafts_protected"),
        ("services", "0009_room_protected"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ServicePlace",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", key("access.dossier")),
                ("offering", key("services.offering", db_index=False)),
                ("service", models.TextField()),
                ("root", key("plans.serviceplace")),
                (
                    "after",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="followers", to="plans.serviceplace"),
                ),
                ("state", models.TextField()),
                ("steps", models.PositiveSmallIntegerField(default=1)),
                ("urgency", models.TextField()),
                ("why", models.TextField(blank=True, default="")),
                ("waits_since", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("booked_on", models.DateField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("hand_over_at", models.DateTimeField(null=True)),
                ("hand_over_by", models.DateField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("unit", key("access.unit", db_index=False)),
                ("user", key(settings.AUTH_USER_MODEL, db_index=False, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["offering", "waits_since"],
                        condition=Q(state__in=RUNNING),
                        name="service_place_runs",
                    ),
                    models.Index(fields=["due_at"], condition=Q(state__in=RUNNING[:4]), name="service_place_due"),
                    models.Index(fields=["hand_over_at"], condition=Q(state__in=RUNNING), name="service_place_ends"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=Q(state__in=STATES), name="service_place_state"),
                    models.CheckConstraint(condition=Q(steps__gte=1), name="service_place_steps"),
                    models.UniqueConstraint(
                        fields=["dossier", "offering"], condition=Q(state__in=RUNNING), name="service_place_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServicePlaceStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "place",
                    models.ForeignKey(
                        db_index=False, on_delete=PROTECT, related_name="way", to="plans.serviceplace"
                    ),
                ),
                ("dossier", key("access.dossier", db_index=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("step", models.TextField()),
                ("at", models.DateTimeField()),
                ("on", models.DateField(null=True)),
                ("said_by", models.TextField(blank=True, default="")),
                ("reason", models.TextField(blank=True, default="")),
                ("done", models.TextField(blank=True, default="")),
                ("result", models.TextField(blank=True, default="")),
                ("urgency", models.TextField(blank=True, default="")),
                ("unit", key("access.unit", db_index=False)),
                ("user", key(settings.AUTH_USER_MODEL, db_index=False, null=True)),
                ("sealed", models.BinaryField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=["place", "number"], name="service_place_in_order")],
            },
        ),
    ]
