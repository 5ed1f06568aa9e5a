"""How busy other units are, in one of three words, and how many people came and left within a year."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from arasha.cases.rules.loads import LIMITS, NEW_FOR, WEIGHTS, YOUNG
from arasha.kernel.access.models import Post, Unit
from arasha.kernel.access.rules import Actor
from arasha.workforce import policy
from arasha.workforce.rules import hidden

YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Turnover:
    """People who came to a unit and left it in a year, and leads that changed hands because of it; as shown."""

    came: str
    left: str
    leads: str


def load_bands(actor: Actor, units: Sequence[int], now: datetime) -> dict[int, str]:
    """Return for units how much their workers have to do on average: `room`, `near` the limit, or `over` it.

    Units without a limit, without workers or of a protected body are not in it; nor is any for who acts in no post.
    """
    if actor.post_id is None or not units:
        return {}
    weights = {row.code: row.more["weight"] for row in WEIGHTS} | {"young_below": YOUNG, "new_days": NEW_FOR.days}
    limits = {code: [str(one.warn_at), str(one.over_at)] for code, one in LIMITS.items()}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit, band FROM workforce.load_bands(%s, %s, %s::jsonb, %s::jsonb)",
            [list(units), now, json.dumps(weights), json.dumps(limits)],
        )
        return dict(cursor.fetchall())


def turnover(actor: Actor, unit: Unit, now: datetime) -> Turnover | None:
    """Return how many people came to a unit and left it in the last year; None for who does not see its team.

    People, not seats: who changes the seat within the unit neither comes nor leaves. From one to four are hidden.
    """
    if not policy.may_see_team(actor, unit, now):
        return None
    since = now - YEAR
    seats: dict[int, list[tuple[datetime, datetime | None]]] = {}
    rows = Post.objects.filter(unit=unit, holder__isnull=False, since__lte=now)
    for holder, first, last in rows.values_list("holder", "since", "until"):
        seats.setdefault(holder, []).append((first, last))
    came = sum(any(first > since and not _held(held, first) for first, _last in held) for held in seats.values())
    left = sum(
        any(last is not None and since < last <= now and not _held(held, last, after=True) for _first, last in held)
        for held in seats.values()
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT workforce.leads_moved(%s, %s)", [unit.pk, since])
        leads = int(cursor.fetchone()[0])
    return Turnover(hidden(came), hidden(left), hidden(leads))


def _held(seats: Sequence[tuple[datetime, datetime | None]], at: datetime, *, after: bool = False) -> bool:
    """Say whether somebody held a seat of the unit just before a moment, or from it on."""
    if after:
        return any(first <= at and (last is None or last > at) for first, last in seats)
    return any(first < at and (last is None or last >= at) for first, last in seats)
