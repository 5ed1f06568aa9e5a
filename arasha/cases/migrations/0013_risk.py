import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


def codes(length: int) -> django.contrib.postgres.fields.ArrayField:
    return django.contrib.postgres.fields.ArrayField(
        base_field=models.CharField(max_length=length), default=list, size=None
    )


class Migration(migrations.Migration):
    """A judgement of risk says what the rules suggested, why another level was chosen, and by when to respond."""

    dependencies = [
        ("access", "0016_account_leaves"),
        ("cases", "0012_happened_protected"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("riskjudgement", "suggested", models.CharField(blank=True, default="", max_length=16)),
        migrations.AddField("riskjudgement", "grounds", codes(40)),
        migrations.AddField("riskjudgement", "reasons", codes(32)),
        migrations.AddField("riskjudgement", "override", models.CharField(blank=True, default="", max_length=32)),
        migrations.AddField("riskjudgement", "unseen", models.CharField(blank=True, default="", max_length=32)),
        migrations.AddField("riskjudgement", "respond_by", models.DateTimeField(null=True)),
        migrations.AddField(
            "riskjudgement",
            "user",
            models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name="riskjudgement",
            constraint=models.CheckConstraint(
                condition=models.Q(override="") | (~models.Q(suggested="") & ~models.Q(suggested=models.F("level"))),
                name="risk_override_of_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="riskjudgement",
            constraint=models.CheckConstraint(
                condition=models.Q(suggested="") | models.Q(suggested=models.F("level")) | ~models.Q(override=""),
                name="risk_override_has_reason",
            ),
        ),
        migrations.CreateModel(
            name="RiskText",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("facet", models.SmallIntegerField()),
                ("sealed", models.BinaryField()),
                ("dossier", models.ForeignKey(on_delete=PROTECT, related_name="+", to="access.dossier")),
                (
                    "judgement",
                    models.ForeignKey(on_delete=PROTECT, related_name="texts", to="cases.riskjudgement"),
                ),
            ],
        ),
    ]
