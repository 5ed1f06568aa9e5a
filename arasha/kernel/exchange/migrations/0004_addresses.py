from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0003_webhooks'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='subscription', name='subscription_address'),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(('address__regex', '^https?://[^\\s#]+$')), name='subscription_address'),
        ),
    ]
