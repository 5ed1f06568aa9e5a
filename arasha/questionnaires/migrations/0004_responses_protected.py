from django.db import migrations

from arasha.kernel.access.rules import row_security
from arasha.kernel.journal.rules import row_journal
from arasha.questionnaires.models import Answer, Response

JOURNALLED = (("questionnaires_response", Response), ("questionnaires_answer", Answer))
TABLES = ("questionnaires_response", "questionnaires_responsedraft", "questionnaires_answer")


class Migration(migrations.Migration):
    """Shows each response to who may read its facet, and to nobody else; what is half written is in no journal."""

    dependencies = [("questionnaires", "0003_responses"), ("journal", "0002_guard")]
    operations = [
        *(migrations.RunSQL(row_security(table)) for table in TABLES),
        *(
            migrations.RunSQL(row_journal(table, classes=model.Journal.classes, owner="dossier_id", facet="facet"))
            for table, model in JOURNALLED
        ),
    ]
