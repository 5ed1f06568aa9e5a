from django.db import migrations, models
from django.db.models import F, Q


def word(length):
    return models.CharField(max_length=length, blank=True, default="")


class Migration(migrations.Migration):
    """Holds the rows to what may be said of a duty in each state, and finds them by what counts now."""

    dependencies = [("obligations", "0005_life_of_old_rows")]

    operations = [
        migrations.AlterField("obligation", "role", word(60)),
        migrations.AlterField("obligation", "due_now", models.DateTimeField()),
        migrations.AlterField("obligation", "number", word(12)),
        migrations.AlterField("obligation", "delivered_by", word(20)),
        migrations.AlterField("obligation", "outcome", word(60)),
        migrations.AlterField("answer", "outcome", word(60)),
        migrations.RemoveConstraint("obligation", "obligation_state"),
        migrations.RemoveConstraint("obligation", "obligation_found_by"),
        migrations.RemoveConstraint("obligation", "obligation_met_once"),
        migrations.RemoveIndex("obligation", "obligation_owed"),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(condition=Q(('state__in', ['open', 'overdue'])), fields=['unit', 'due_now'], name='obligation_owed'),
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(condition=Q(('state', 'suspended')), fields=['suspended_until'], name='obligation_suspended'),
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(condition=Q(Q(('number', ''), _negated=True), ('delivered_at', None), ('ended_at', None)), fields=['raised_at'], name='obligation_undelivered'),
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(condition=Q(('caused_by', None), _negated=True), fields=['caused_by'], name='obligation_causes'),
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(condition=Q(('replaced_by', None), _negated=True), fields=['replaced_by'], name='obligation_replaces'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=Q(('state__in', ['open', 'overdue', 'suspended', 'met', 'met_late', 'declined', 'waived', 'superseded'])), name='obligation_state'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=Q(('found_by__in', ['district', 'region', 'nation', 'named', 'substitute', 'nobody'])), name='obligation_found_by'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=Q(('delivered_by__in', ['inbox', 'paper', 'phone', ''])), name='obligation_delivered_by'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=Q(Q(('ended_at', None), ('met_at', None), ('state__in', ['open', 'overdue']), ('suspended_at', None)), Q(('ended_at', None), ('met_at', None), ('next_check_at', None), ('state', 'suspended'), ('suspended_at__isnull', False), ('suspended_until__gt', F('suspended_at')), ('suspended_until__isnull', False)), Q(('ended_at', None), ('met_at__isnull', False), ('next_check_at', None), ('state__in', ['met', 'met_late']), ('suspended_at', None)), Q(('ended_at__isnull', False), ('met_at', None), ('state__in', ['declined', 'waived', 'superseded']), ('next_check_at', None), ('suspended_at', None)), _connector='OR'), name='obligation_ends_once'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=Q(('due_now__gte', F('due_at')), Q(('extended_to', None), ('extended_to', F('due_now')), _connector='OR')), name='obligation_due_now'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=Q(('asked_until', None), ('state__in', ['open', 'overdue', 'suspended']), _connector='OR'), name='obligation_asked'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=Q(Q(('delivered_at', None), ('delivered_by', '')), Q(('delivered_at__isnull', False), Q(('delivered_by', ''), _negated=True)), _connector='OR'), name='obligation_delivered'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=Q(('kind__in', ['asked_time', 'granted_time', 'refused_time', 'declined', 'suspended', 'resumed', 'waived', 'superseded', 'reopened', 'delivered'])), name='remark_kind'),
        ),
    ]
