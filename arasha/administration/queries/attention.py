"""What an administrator should look at, counted for one place. Counts and names of units, nothing of a child."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q

from arasha.administration.models import RosterLine
from arasha.administration.queries.places import UnitFilter, administered_units, found_units, gaps
from arasha.administration.queries.proposals import waiting
from arasha.administration.queries.rosters import RosterState, roster_states
from arasha.kernel.access.models import Function, Post
from arasha.kernel.access.rules import Actor

SOON: Final = timedelta(days=30)
# A region or the nation has thousands of units: the page names the first of them, the lists have all.
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Attention:
    """What needs attention: proposals, units without people, seats that end, rosters with holes, missing functions."""

    pending: int
    empty: int
    ending: Sequence[Post]
    rosters: Sequence[RosterState]
    gaps: Sequence[Function]


def attention(actor: Actor, now: datetime) -> Attention:
    """Return what needs attention in the actor's place."""
    present = found_units(actor, UnitFilter(), now)
    ending = Post.objects.filter(
        holder__isnull=False, until__gt=now, until__lte=now + SOON, unit__in=administered_units(actor)
    )
    keeps = RosterLine.objects.filter(Q(until=None) | Q(until__gt=now), unit=OuterRef("pk"))
    ringing = present.filter(Q(around_the_clock=True) | Exists(keeps))[:MOST]
    return Attention(
        pending=len(waiting(actor, now)),
        empty=found_units(actor, UnitFilter(state="empty"), now).count(),
        ending=list(ending.select_related("unit").order_by("until", "pk")[:MOST]),
        rosters=[state for state in roster_states(list(ringing), now) if state.missing or state.holes],
        gaps=gaps([actor.territory], now).get(actor.territory, []),
    )
