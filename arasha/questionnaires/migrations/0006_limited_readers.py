from django.db import migrations

TABLES = ("questionnaires_response", "questionnaires_responsedraft", "questionnaires_answer")
# What was written of a child under the facet of plans is not for a service that knows the file by a referral alone.
CLOSED = "facet <> 6 OR dossier_id <> ALL ((SELECT access.limited())::uuid[])"


def closed(table: str) -> str:
    return (
        f"CREATE POLICY whole_plan ON public.{table} AS RESTRICTIVE TO arasha_app"
        f" USING ({CLOSED}) WITH CHECK ({CLOSED});"
    )


class Migration(migrations.Migration):
    """Closes forms under the facet of plans to services that know a file by a referral alone."""

    dependencies = [("questionnaires", "0005_own_words"), ("access", "0021_limited_parts")]
    operations = [migrations.RunSQL(closed(table), migrations.RunSQL.noop) for table in TABLES]
