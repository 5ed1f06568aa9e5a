"""Writing duties down: their rows, the numbers of their notices, the units that join the file because they owe."""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from arasha.kernel.access.models import Unit
from arasha.kernel.worktime.rules import AROUND_THE_CLOCK, Hours
from arasha.obligations import rules
from arasha.obligations.models import Obligation

# Read over the telephone and written on paper: no letters that look like digits.
LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def hours_of(unit: Unit | None) -> Hours:
    """Return when a unit's door is open; round the clock when there is none, so that nothing waits for nobody."""
    if unit is None or unit.around_the_clock:
        return AROUND_THE_CLOCK
    return Hours(unit.opens, unit.closes) if unit.opens and unit.closes else Hours()


def new_number() -> str:
    """Return a notice's number: 50 random bits in ten signs, not counted up: it says nothing of other notices."""
    signs = [secrets.choice(LETTERS) for _ in range(10)]
    return "".join([*signs[:5], "-", *signs[5:]])


def put_notice(obligation: Obligation, number: str, *, held: bool, now: datetime) -> None:
    """Make a new duty a written notice: delivered at once where somebody of the unit works here and may know."""
    obligation.number = number
    if held:
        obligation.delivered_at, obligation.delivered_by = now, rules.DeliveredBy.INBOX.value


def oblige(dossier: UUID, units: Collection[int | None]) -> None:
    """Let the units that owe something in a file join its team, by one statement; inside an open act."""
    owing = sorted({unit for unit in units if unit is not None})
    if owing:
        with connection.cursor() as cursor:
            cursor.execute("SELECT obligations.oblige(%s::uuid, %s::integer[])", [dossier, owing])
