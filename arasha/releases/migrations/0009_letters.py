from django.db import migrations, models


class Migration(migrations.Migration):
    """Keeps the day of a letter, the day by which it wants an answer, and what is kept back where the rest is given."""

    dependencies = [("releases", "0008_climb_held")]
    operations = [
        migrations.AddField(
            model_name="filerequest", name="letter_on", field=models.DateField(null=True)
        ),
        migrations.AddField(
            model_name="filerequest", name="wanted_on", field=models.DateField(null=True)
        ),
        migrations.AddField(
            model_name="release", name="withheld", field=models.TextField(blank=True, default="")
        ),
        migrations.AddField(
            model_name="release", name="ground", field=models.TextField(blank=True, default="")
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("ground", ""), ("withheld", ""))
                | models.Q(
                    ("give", True),
                    models.Q(("withheld", ""), _negated=True),
                    models.Q(("ground", ""), _negated=True),
                ),
                name="release_partly",
            ),
        ),
    ]
