from django.db import migrations, models

KINDS = (
    *("asked_time", "granted_time", "refused_time", "declined", "suspended", "resumed", "waived", "superseded"),
    *("reopened", "delivered", "asked"),
)


class Migration(migrations.Migration):
    """Says what a duty is about where an agreement obliges; lets a remark say what is wanted, in the words of the agreement or decision that obliges."""

    dependencies = [("access", "0020_adult_safety"), ("obligations", "0011_ties")]
    operations = [
        migrations.AddField("obligation", "about", models.UUIDField(null=True)),
        migrations.RemoveConstraint(model_name="obligation", name="obligation_once"),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.UniqueConstraint(
                fields=("dossier", "protocol", "step", "unit", "from_moment"),
                condition=models.Q(about=None),
                name="obligation_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.UniqueConstraint(
                fields=("about", "step", "unit"),
                condition=models.Q(about__isnull=False, state__in=["open", "overdue", "suspended"]),
                name="obligation_about_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            "obligation", models.Index(condition=~models.Q(about=None), fields=["about"], name="obligation_about")
        ),
        migrations.RemoveConstraint(model_name="remark", name="remark_kind"),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(condition=models.Q(kind__in=[*KINDS]), name="remark_kind"),
        ),
    ]
