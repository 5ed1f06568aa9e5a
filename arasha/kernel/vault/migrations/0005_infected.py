from django.db import migrations, models


class Migration(migrations.Migration):
    """Lets an original be kept in which the scanner found something, and definer functions take a copy away."""

    dependencies = [("vault", "0004_triggers_always")]
    operations = [
        migrations.AlterField(
            model_name="keptfile",
            name="scanned",
            field=models.TextField(
                choices=[("clean", "Clean"), ("not_configured", "Not Configured"), ("infected", "Infected")]
            ),
        ),
        migrations.RunSQL("GRANT DELETE ON public.vault_keptfile TO arasha_definer"),
    ]
