"""Telling who keeps the directory that entries grew stale: once a week a unit, never once an entry."""

from datetime import datetime

from arasha.kernel.access.rules import Actor
from arasha.kernel.messages.actions import NewNotice, notify_many
from arasha.services import policy, queries

NOTICE = "directory_to_ask"
LINK = "/services/keep/again/"


def remind_keepers(*, actor: Actor, now: datetime) -> int:
    """Tell each unit that keeps the directory where something is to be asked again, or waits for an answer.

    Returns how many units were told. Raises NotAllowed for anybody but the clock's work.
    """
    if not actor.is_system:
        raise policy.NotAllowed
    units = queries.units_to_remind(now)
    notify_many(actor=actor, notices=[NewNotice(NOTICE, LINK, units=[unit]) for unit in units], now=now)
    return len(units)
