from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from arasha.kernel.access.rules.protection import definer_function

SQL = Path(__file__).parent / "sql" / "0014_accounts.sql"
BY_WHOM = models.Q(models.Q(('account__isnull', False), ('user', None)), models.Q(('account', None), ('user__isnull', False)), _connector='OR')


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0013_two_persons'),
    ]

    operations = [
        migrations.AlterField(
            model_name='look',
            name='user',
            field=models.IntegerField(db_column='user_id', null=True),
        ),
        migrations.AddField(
            model_name='look',
            name='account',
            field=models.IntegerField(db_column='account_id', null=True),
        ),
        migrations.AddIndex(
            model_name='look',
            index=models.Index(condition=~models.Q(('account', None)), fields=['account', 'at'], name='look_account'),
        ),
        migrations.AddConstraint(
            model_name='look',
            constraint=models.CheckConstraint(condition=BY_WHOM, name='look_by_whom'),
        ),
        migrations.AlterField(
            model_name='budget',
            name='user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='budget',
            name='account',
            field=models.IntegerField(db_column='account_id', null=True),
        ),
        migrations.AddConstraint(
            model_name='budget',
            constraint=models.UniqueConstraint(fields=('account', 'day'), name='budget_account_day'),
        ),
        migrations.AddConstraint(
            model_name='budget',
            constraint=models.CheckConstraint(condition=BY_WHOM, name='budget_whose'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        migrations.RunSQL(definer_function("access.is_account()", "arasha_app")),
        migrations.RunSQL(definer_function("access.refuse_account()")),
    ]
