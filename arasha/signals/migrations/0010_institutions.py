import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Where harm was done when it was done in an institution, and who is suspected."""

    dependencies = [("access", "0018_ties_protected"), ("signals", "0009_noticed_protected")]

    operations = [
        migrations.AddField(model_name="signal", name="happened_in", field=models.TextField(null=True)),
        migrations.AddField(
            model_name="signal",
            name="institution",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.body"
            ),
        ),
        migrations.AddField(model_name="signal", name="suspect", field=models.TextField(null=True)),
    ]
