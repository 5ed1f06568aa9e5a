from django.db import migrations, models

SCOPES = [
    "signals:write",
    "signals:state",
    "obligations:read",
    "obligations:meet",
    "registers:write",
    "helpline:calls",
    "directory:read",
    "webhooks",
]


class Migration(migrations.Migration):
    """Lets an account read the directory as everybody may. It opens no facet of any file."""

    dependencies = [("exchange", "0007_calls")]
    operations = [
        migrations.RemoveConstraint(model_name="account", name="account_scopes"),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("scopes__contained_by", SCOPES)), name="account_scopes"
            ),
        ),
    ]
