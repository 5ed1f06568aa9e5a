"""What the clock asks of places: who waits too long, whose service ends, and who is to be told."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from arasha.cases.queries import COORDINATION
from arasha.kernel.access.models import UnitFunction
from arasha.kernel.access.queries import team_of
from arasha.kernel.worktime.rules import local
from arasha.plans.models import ServicePlace
from arasha.plans.queries.assessing import lead_of
from arasha.plans.rules import places as rules

RUNNING = rules.RUNNING
HANDING_OVER = "/plans/handing-over/"
# Of what is protected the last day is kept nowhere, and it is told by the month: whoever counts back from
# the day on which the lead heard of it learns no more.
ENDING = """
SELECT p.id, e.ends, e.by, e.ends AND p.hand_over_at <= %(again)s AND NOT EXISTS (
         SELECT FROM plans_serviceplace f WHERE f.after_id = p.id AND f.state = ANY (%(running)s)) AS again
  FROM plans_serviceplace p
  JOIN services_offering o ON o.id = p.offering_id
  JOIN services_site s ON s.id = o.site_id
  JOIN services_provider v ON v.id = s.provider_id
 CROSS JOIN LATERAL (
   SELECT least(o.ends_on, v.funded_until, s.closed_on - 1, v.ended_on - 1) AS last) d
 CROSS JOIN LATERAL (
   SELECT o.status = 'closed'
          OR coalesce(d.last <= CASE WHEN s.protected THEN %(month)s ELSE %(until)s END::date, false),
          CASE WHEN NOT s.protected THEN d.last END) AS e (ends, by)
 WHERE p.state = ANY (%(running)s) AND p.id = coalesce(%(place)s, p.id)
   AND (e.ends <> (p.hand_over_at IS NOT NULL)
        OR e.ends AND p.hand_over_by IS DISTINCT FROM e.by
        OR e.ends AND p.hand_over_at <= %(again)s AND NOT EXISTS (
             SELECT FROM plans_serviceplace f WHERE f.after_id = p.id AND f.state = ANY (%(running)s)))
 ORDER BY p.id LIMIT %(limit)s"""


def ending_places(now: datetime, limit: int, place: UUID | None = None) -> list[tuple[UUID, bool, date | None, bool]]:
    """Return the running places whose service ends, or ends no longer, otherwise than they say; for the clock.

    With each: whether it ends, its last day (None of a protected one, or where it is closed already), and whether it
    is to be told of again because nobody has asked a place elsewhere. With a place, of that one alone: what still has
    to be said of it once its row is held.
    """
    until = local(now).date() + rules.place_limit("service_ends")
    values: dict[str, Any] = {
        "running": list(RUNNING),
        "until": until,
        "month": (until.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1),
        "again": now - rules.place_limit("again"),
        "limit": limit,
        "place": place,
    }
    with connection.cursor() as cursor:
        cursor.execute(ENDING, values)
        return [(place, ends, by, again) for place, ends, by, again in cursor.fetchall()]


def waits_too_long(now: datetime, limit: int) -> list[UUID]:
    """Return the places of children who wait longer than their urgency allows and of whom nothing was said lately."""
    return list(_overdue(now).order_by("due_at", "id").values_list("id", flat=True)[:limit])


def is_overdue(row: ServicePlace, now: datetime) -> bool:
    """Say whether of this place it is still to be told that a child waits too long."""
    return _overdue(now).filter(pk=row.pk).exists()


def _overdue(now: datetime) -> QuerySet[ServicePlace]:
    again = Q()
    for urgency in rules.URGENT:
        again |= Q(urgency=urgency, told_at__lte=now - rules.told_again(urgency))
    return ServicePlace.objects.filter(
        Q(told_at=None) | again, state__in=rules.NOT_BEGUN, due_at__lte=now, dossier__closed_at=None
    )


def who_answers(dossier: UUID, now: datetime) -> list[int]:
    """Return the units that answer for a file's places: who leads it, and coordination on its team."""
    members = {member.unit_id for member in team_of([dossier]) if member.unit_id is not None}
    held = UnitFunction.objects.filter(Q(until=None) | Q(until__gt=now), unit__in=members, since__lte=now)
    units = set(held.filter(function__in=COORDINATION[:2]).values_list("unit_id", flat=True))
    lead = lead_of(dossier)
    return sorted(units | ({lead} if lead is not None else set()))
