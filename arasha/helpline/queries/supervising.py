"""Who watches over a unit of the helpline: its heads, and the helpline above it."""

from datetime import datetime

from arasha.helpline import policy
from arasha.kernel.access.models import Post, Unit, UnitFunction
from arasha.kernel.access.queries import post_holders, supervisor_of


def heads(unit: Unit, now: datetime) -> list[Post]:
    """Return the posts that answer for a unit and that somebody holds."""
    return list(post_holders(unit, now).filter(rank="head").order_by("pk"))


def helpline_above(unit: Unit, now: datetime) -> Unit | None:
    """Return the unit above where it is a helpline, too: no coordination and no ministry watches over contacts."""
    above = supervisor_of(unit, now)
    if above is None or not UnitFunction.objects.filter(unit=above, function=policy.FUNCTION, until=None).exists():
        return None
    return above


def seats_above(unit: Unit, now: datetime) -> list[Post]:
    """Return the posts of the helpline above that somebody holds."""
    above = helpline_above(unit, now)
    return list(post_holders(above, now)) if above is not None else []
