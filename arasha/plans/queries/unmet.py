"""Unmet need, counted by the database, which holds small numbers back itself."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from arasha.kernel.access.rules import Actor
from arasha.plans import policy

UNMET = "SELECT * FROM plans.unmet_need(%s, %s, %s)"


@dataclass(frozen=True)
class UnmetNeed:
    """Needs of one kind; None: fewer than ten. Others are rounded to five.

    `what`: all, service, place or month with `code`; of "refusal" only `asked` is counted: how often for that reason.
    `begun`: help began somewhere; `waiting`: it has not, and is still asked; `unmet`: it has not, and nothing is asked
    any more; `missed`: the child did not come at least once.
    """

    what: str
    code: str
    asked: int | None
    begun: int | None
    waiting: int | None
    unmet: int | None
    missed: int | None


def unmet_need(actor: Actor, since: date, until: date, place: str) -> list[UnmetNeed]:
    """Return what was asked and not given in whole months (`until` not included) at a place of the actor's territory.

    Raises NotAllowed; Refused for parts of months and for other territories.
    """
    if not policy.may_see_unmet(actor):
        raise policy.NotAllowed
    with connection.cursor() as cursor:
        cursor.execute(UNMET, [since, until, place])
        return [UnmetNeed(*row) for row in cursor.fetchall()]
