from django.db import migrations, models

SCOPES = ["signals:write", "signals:state", "obligations:read", "obligations:meet", "registers:write", "webhooks"]
# Of a register an account of its unit reads and writes the intake alone, which lies under the facet of obligations.
MASKS = """
CREATE OR REPLACE FUNCTION exchange.masks(p_scopes text[], OUT reads bigint, OUT writes bigint)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (CASE WHEN p_scopes && ARRAY['obligations:read', 'obligations:meet', 'registers:write'] THEN 128 ELSE 0 END::bigint,
        CASE WHEN p_scopes && ARRAY['obligations:meet', 'registers:write'] THEN 128 ELSE 0 END::bigint);
"""


class Migration(migrations.Migration):
    """Lets an account send rows of its unit's registers."""

    dependencies = [("exchange", "0004_addresses")]
    operations = [
        migrations.RemoveConstraint(model_name="account", name="account_scopes"),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("scopes__contained_by", SCOPES)), name="account_scopes"
            ),
        ),
        migrations.RunSQL(MASKS),
    ]
