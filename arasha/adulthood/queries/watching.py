"""Which races are lost and not yet told of: what the clock goes by."""

from datetime import date
from uuid import UUID

from arasha.adulthood.models import Application
from arasha.adulthood.queries.reading import race_of
from arasha.kernel.worktime.rules import local
from arasha.obligations.models import Obligation

LOST = ("late", "over")
SPEED = ("ask_for_speed", "ask_for_speed_again", "ask_for_speed_now")


def newly_lost(today: date, limit: int) -> list[UUID]:
    """Return applications under way whose limits end after the 18th birthday by now, and nobody was told so."""
    found: list[UUID] = []
    for row in Application.objects.filter(state="open", dossier__closed_at=None).order_by("filed_at", "id").iterator():
        if is_newly_lost(row, today):
            found.append(row.pk)
        if len(found) == limit:
            break
    return found


def is_newly_lost(row: Application, today: date) -> bool:
    """Say whether a race is lost and no step for more speed was owed since the stage began.

    Where the procedure never owed anything for the application, its clock has nothing to go on with.
    """
    if race_of(row, today).state not in LOST:
        return False
    owed = list(Obligation.objects.filter(dossier=row.dossier_id, about=row.pk))
    said = [one for one in owed if one.step in SPEED and local(one.raised_at).date() >= row.since]
    return bool(owed) and not said
