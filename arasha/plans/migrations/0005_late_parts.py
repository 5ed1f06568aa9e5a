from django.db import migrations, models

from arasha.kernel.journal.rules import row_journal
from arasha.plans.models import AssessmentPart


class Migration(migrations.Migration):
    """Keeps when it was last said that a part is late, so that it is said once, and weekly at most."""

    dependencies = [("plans", "0004_assessments_protected")]
    operations = [
        migrations.AddField(
            model_name="assessmentpart",
            name="reminded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="assessmentpart",
            index=models.Index(
                condition=models.Q(("state__in", ["asked", "begun"])), fields=["by_when"], name="assessment_part_owed"
            ),
        ),
        migrations.RunSQL(
            row_journal(
                "plans_assessmentpart", classes=AssessmentPart.Journal.classes, owner="dossier_id", facet="facet"
            )
        ),
    ]
