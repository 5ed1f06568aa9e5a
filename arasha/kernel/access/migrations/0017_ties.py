import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    """What ties people to bodies in which they hold no post."""

    dependencies = [("access", "0016_account_leaves")]

    operations = [
        migrations.CreateModel(
            name="Tie",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("declared_at", models.DateTimeField()),
                ("struck_at", models.DateTimeField(null=True)),
                ("body", models.ForeignKey(on_delete=PROTECT, related_name="+", to="access.body")),
                (
                    "struck_by",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("user", models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(until=None) | models.Q(until__gt=models.F("since")), name="tie_period"
                    ),
                    models.CheckConstraint(condition=models.Q(kind__regex="^[a-z_]{1,32}$"), name="tie_kind"),
                    models.CheckConstraint(
                        condition=models.Q(struck_at=None, struck_by=None)
                        | (
                            models.Q(struck_at__isnull=False, struck_by__isnull=False)
                            & ~models.Q(struck_by=models.F("user"))
                        ),
                        name="tie_struck_by_another",
                    ),
                ],
            },
        ),
    ]
