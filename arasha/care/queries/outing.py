"""Who is out alone, who answers for them, and which coordination their silence reaches."""

from datetime import datetime

from django.db.models import QuerySet

from arasha.care import policy
from arasha.care.models import Outing
from arasha.cases.queries import heads_of
from arasha.kernel.access.models import Unit
from arasha.kernel.access.queries import body_for, post_holders
from arasha.kernel.access.rules import Actor
from arasha.kernel.territory.queries import district_of

LINE = ("coordination_district", "coordination_region", "coordination_nation")
POLICE = ("juvenile_inspection", "women_children_police")


def own_outing(actor: Actor) -> Outing | None:
    """Return the entry of the actor that runs."""
    return policy.outings_visible_to(actor).filter(user=actor.user_id or 0, ended_at=None).first()


def own_past(actor: Actor, most: int = 5) -> list[Outing]:
    """Return the actor's last entries that ended."""
    rows = policy.outings_visible_to(actor).filter(user=actor.user_id or 0, ended_at__isnull=False)
    return list(rows.order_by("-started_at", "-pk")[:most])


def out_now(actor: Actor, *, late_at: datetime | None = None) -> QuerySet[Outing]:
    """Return who is out now as far as the actor may know, whoever is latest first; only the late with `late_at`."""
    rows = policy.outings_visible_to(actor).filter(ended_at=None)
    if late_at is not None:
        rows = rows.filter(expected_at__lt=late_at)
    return rows.select_related("unit").order_by("expected_at", "pk")


def heads_over(outing: Outing, now: datetime) -> list[int]:
    """Return the posts that answer for the worker's unit, the worker's own left out."""
    return [post.pk for post in heads_of(outing.unit_id, now) if post.holder_id != outing.user_id]


def others_of(outing: Outing, now: datetime) -> bool:
    """Say whether anybody but the worker sits in the unit."""
    return post_holders(outing.unit, now).exclude(holder=outing.user_id).exists()


def coordination_of(unit: Unit, now: datetime) -> Unit | None:
    """Return the coordination above a unit in which somebody sits: of the district, else region, else nation."""
    for function in LINE:
        found = body_for(function, unit.territory_id, now)
        if found is not None and found.pk != unit.pk and post_holders(found, now).exists():
            return found
    return None


def police_near(unit: Unit, now: datetime) -> list[Unit]:
    """Return the units of the police that serve a unit's place."""
    district = district_of(unit.territory_id)
    place = district.kato if district else unit.territory_id
    found = [body_for(function, place, now) for function in POLICE]
    return list(dict.fromkeys(one for one in found if one is not None))
