from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("message", "0002_notices")]
    # Readiness compares what is applied with what this version ships: two columns without a secret.
    operations = [migrations.RunSQL("GRANT SELECT (app, name) ON django_migrations TO arasha_app")]
