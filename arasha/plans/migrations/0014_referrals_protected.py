from django.db import migrations

from arasha.kernel.access.rules import Facet, row_security
from arasha.kernel.journal.rules import row_journal

PLAN, OBLIGATIONS = int(Facet.PLAN), int(Facet.OBLIGATIONS)


def codes(columns: str, *sealed: str) -> dict[str, str]:
    return dict.fromkeys(["id", "dossier_id", *columns.split()], "code") | dict.fromkeys(sealed, "sealed")


# What the models declared when this migration was written: table, classes, facet.
TABLES = (
    (
        "plans_referral",
        codes(
            "place_id from_unit_id from_user_id to_unit_id purpose consent without reads_until sent_at seen_at returned_at"
            " fed_back_at steps duty_id back_id"
        ),
        PLAN,
    ),
    ("plans_referralstep", codes("referral_id number step at unit_id user_id", "sealed", "child"), PLAN),
    (
        "plans_specialistquestion",
        codes("specialist urgency from_unit_id from_user_id to_unit_id asked_at answered_at duty_id", "sealed"),
        OBLIGATIONS,
    ),
    ("plans_specialistanswer", codes("question_id facet at unit_id user_id", "sealed"), "facet"),
)
# What was sent, said or answered stands as it was: what comes later is another row.
UNCHANGED = """
REVOKE UPDATE ON public.plans_referralstep, public.plans_specialistanswer FROM arasha_app;
DROP POLICY team_updates ON public.plans_referralstep;
DROP POLICY team_updates ON public.plans_specialistanswer;
REVOKE UPDATE ON public.plans_referral, public.plans_specialistquestion FROM arasha_app;
GRANT UPDATE (seen_at, returned_at, fed_back_at, steps, duty_id, back_id) ON public.plans_referral TO arasha_app;
GRANT UPDATE (answered_at, duty_id) ON public.plans_specialistquestion TO arasha_app;
"""


class Migration(migrations.Migration):
    """Shows referrals to who reads plans, questions to who works on the file, answers to who reads their facet."""

    dependencies = [("plans", "0013_referrals"), ("journal", "0002_guard")]
    operations = [
        *(migrations.RunSQL(row_security(table, facet=facet)) for table, _classes, facet in TABLES),
        *(
            migrations.RunSQL(row_journal(table, classes=classes, owner="dossier_id", facet=facet))
            for table, classes, facet in TABLES
        ),
        migrations.RunSQL(UNCHANGED),
    ]
