"""What is owed because of a level of risk."""

from uuid import UUID

from arasha.obligations.models import Obligation
from arasha.obligations.rules import OWED

PROCEDURE = "risk_response"


def answers_owed(dossier: UUID, level: str = "") -> list[Obligation]:
    """Return the duties to answer a level of risk (default: any) that are still owed in a file, the first due first."""
    rows = Obligation.objects.filter(
        dossier=dossier, protocol__code=PROCEDURE, state__in=[state.value for state in OWED]
    )
    if level:
        rows = rows.filter(step=f"respond_{level}")
    return list(rows.select_related("unit").order_by("due_now", "pk"))
