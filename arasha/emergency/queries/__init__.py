"""Which emergencies run where, how each body there works, and who stands in."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from arasha.emergency import policy
from arasha.emergency.models import Emergency, Standing
from arasha.kernel.access.models import Unit, UnitFunction
from arasha.kernel.access.queries import supervisor_of
from arasha.kernel.access.rules import Actor, NotThere
from arasha.kernel.territory.models import Territory
from arasha.kernel.worktime.rules import local


def emergency(actor: Actor, key: UUID) -> Emergency:
    """Return one emergency. Raises NotThere."""
    row = policy.visible_to(actor).select_related("territory").filter(pk=key).first()
    if row is None:
        raise NotThere
    return row


def running(actor: Actor, today: date) -> QuerySet[Emergency]:
    """Return the emergencies of all territories that run on a day."""
    return policy.visible_to(actor).filter(ended_at=None, first_on__lte=today, last_on__gte=today)


def running_for(actor: Actor, place: Territory, today: date) -> list[Emergency]:
    """Return the emergencies that hold in a territory, its region or the nation, the first declared first."""
    return list(running(actor, today).filter(territory__in=place.path.split(".")).order_by("declared_at", "id"))


def seen_from(actor: Actor, place: Territory, *, past: bool, today: date) -> QuerySet[Emergency]:
    """Return the emergencies above and below a territory: those that run or will, or those that are over."""
    near = Q(territory__in=place.path.split(".")) | Q(territory__path__startswith=f"{place.path}.")
    over = Q(ended_at__isnull=False) | Q(last_on__lt=today)
    rows = policy.visible_to(actor).filter(near).filter(over if past else ~over)
    return rows.select_related("territory").order_by("-first_on", "-declared_at", "id")


def units_in(row: Emergency, actor: Actor, today: date) -> QuerySet[Unit]:
    """Return the units that stand in the emergency's territory on a day.

    A protected body, as a refuge, stands on no list: nobody but its own people learns that it is there.
    """
    path = row.territory.path
    inside = Q(territory__path=path) | Q(territory__path__startswith=f"{path}.")
    standing = Q(valid_to=None) | Q(valid_to__gt=today)
    shown = Q(body__protected=False) | Q(pk=actor.unit_id or 0)
    rows = Unit.objects.filter(inside, standing, shown, valid_from__lte=today)
    return rows.select_related("territory").order_by("id")


def latest(rows: Iterable[Emergency], actor: Actor) -> dict[int, Standing]:
    """Return by unit what was said last in any of these emergencies."""
    said = policy.visible_standings(actor).filter(emergency__in=[one.pk for one in rows])
    return {one.unit_id: one for one in said.select_related("instead").order_by("said_at", "id")}


def lifted(row: Emergency, actor: Actor) -> list[str]:
    """Return which conditions of services the emergency lifts, by the latest word."""
    said = policy.visible_liftings(actor).filter(emergency=row).order_by("-said_at", "-id").first()
    return list(said.conditions) if said else []


def told(row: Emergency, today: date) -> list[int]:
    """Return the units that are told of an emergency: all that stand in its territory, protected ones too."""
    path = row.territory.path
    inside = Q(territory__path=path) | Q(territory__path__startswith=f"{path}.")
    standing = Q(valid_to=None) | Q(valid_to__gt=today)
    return list(Unit.objects.filter(inside, standing, valid_from__lte=today).values_list("pk", flat=True))


def closed(actor: Actor, now: datetime) -> dict[int, int | None]:
    """Return the units that are closed now in some emergency, each with the unit that was named to stand in."""
    today = local(now).date()
    said = latest(running(actor, today), actor).values()
    return {one.unit_id: one.instead_id for one in said if one.state == "closed" and one.until >= today}


def instead_of(unit: int, shut: dict[int, int | None], now: datetime) -> list[int]:
    """Return who may stand in for a closed unit: the one named (or its own, if it is closed too), then who supervises.

    A unit that is closed stands in for nobody.
    """
    found, step, been = [], shut.get(unit), {unit}
    while step is not None and step not in been:
        been.add(step)
        if step not in shut:
            found.append(step)
        step = shut.get(step)
    above = supervisor_of(Unit.objects.select_related("parent").get(pk=unit), now)
    while above is not None and above.pk in shut and above.pk not in been:
        been.add(above.pk)
        above = supervisor_of(above, now)
    return found + ([above.pk] if above is not None and above.pk not in shut and above.pk not in found else [])


def may_stand_in(unit: Unit, now: datetime) -> QuerySet[Unit]:
    """Return the units of the same function in the territory or its region that could stand in for one."""
    held = Q(until=None) | Q(until__gt=now)
    own = UnitFunction.objects.filter(held, unit=unit, since__lte=now).values("function")
    near = unit.territory.path.split(".")[:2]
    same = UnitFunction.objects.filter(held, since__lte=now, function__in=own).values("unit")
    today = local(now).date()
    standing = Q(valid_to=None) | Q(valid_to__gt=today)
    inside = Q(territory__path__startswith=".".join(near)) | Q(territory__in=near)
    rows = Unit.objects.filter(inside, standing, pk__in=same, body__protected=False)
    return rows.exclude(pk=unit.pk).order_by("territory__path", "id")
