"""What is owed because of a level of risk."""

from uuid import UUID

from django.db.models import QuerySet

from arasha.obligations.models import Obligation
from arasha.obligations.rules import OWED

PROCEDURE = "risk_response"


def duties_to_answer() -> QuerySet[Obligation]:
    """Return the duties to answer a level of risk that are still owed, the first due first."""
    rows = Obligation.objects.filter(protocol__code=PROCEDURE, state__in=[state.value for state in OWED])
    return rows.order_by("due_now", "pk")


def answers_owed(dossier: UUID, level: str = "") -> list[Obligation]:
    """Return a file's duties to answer a level of risk (default: any) that are still owed, the first due first."""
    rows = duties_to_answer().filter(dossier=dossier)
    if level:
        rows = rows.filter(step=f"respond_{level}")
    return list(rows.select_related("unit"))
