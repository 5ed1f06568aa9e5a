"""Bodies learn that an emergency holds for them, that it is over, and that they stand in. No notice names a child."""

from datetime import datetime

from arasha.emergency import queries
from arasha.emergency.models import Emergency, Standing
from arasha.kernel.access.rules import Actor
from arasha.kernel.messages.actions import NewNotice, notify_many
from arasha.kernel.worktime.rules import local

DECLARED, ENDED, STANDS_IN = "emergency_declared", "emergency_ended", "emergency_stands_in"


def tell_all(actor: Actor, row: Emergency, code: str, now: datetime) -> None:
    """Tell every unit in the emergency's territory but the one that did it; one statement however many they are."""
    units = [unit for unit in queries.told(row, local(now).date()) if unit != actor.unit_id]
    if units:
        notify_many(actor=actor, notices=[NewNotice(code, _link(row), units=units)], now=now)


def tell_substitute(actor: Actor, said: Standing, now: datetime) -> None:
    """Tell the unit that is named to stand in, if there is one."""
    if said.instead_id is not None:
        notices = [NewNotice(STANDS_IN, _link(said.emergency), units=[said.instead_id])]
        notify_many(actor=actor, notices=notices, now=now)


def _link(row: Emergency) -> str:
    return f"/emergencies/{row.pk}/"
