"""Who is on duty: for whoever must reach a unit now, and for the pages that arrange it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from arasha.administration.models import RosterChange, RosterLine
from arasha.administration.rules import roster
from arasha.kernel.access.models import Unit
from arasha.kernel.access.rules import Actor
from arasha.kernel.territory.models import Territory
from arasha.kernel.worktime.queries import calendar
from arasha.kernel.worktime.rules import AROUND_THE_CLOCK, Calendar, Hours, local
from arasha.ui.rules import phones

WEEK: Final = timedelta(days=7)
Lines = dict[int, list[roster.Line]]
Changes = dict[int, list[roster.Change]]


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody whom one may ring now: `phone` as people read it, `until` when nothing of theirs follows at once."""

    name: str
    phone: str
    until: datetime
    deputy: bool
    call: str = ""  # the address that a phone dials


@dataclass(frozen=True, slots=True)
class Roster:
    """A unit's roster between two moments."""

    unit: Unit
    lines: Sequence[roster.Line]
    changes: Sequence[roster.Change]
    stretches: Sequence[roster.Stretch]
    holes: Sequence[roster.Period]


@dataclass(frozen=True, slots=True)
class RosterState:
    """How a unit's roster stands for the coming week: its holes, or that a unit round the clock has none at all."""

    unit: Unit
    has_roster: bool
    missing: bool
    holes: Sequence[roster.Period]
    now: Sequence[OnDuty]


def on_duty(unit_ids: Iterable[int], at: datetime) -> dict[int, list[OnDuty]]:
    """Return, for each unit, who is on duty at a moment, first persons before deputies; [] where nobody is.

    Two queries for any number of units. Whoever acts in a post may ask: these are numbers for work.
    """
    units = list(dict.fromkeys(unit_ids))
    lines, changes = _kept(units, at, at + roster.HORIZON)
    return {unit: [_shown(one) for one in roster.on_duty(lines[unit], changes[unit], at)] for unit in units}


def roster_of(unit: Unit, begin: datetime, end: datetime) -> Roster:
    """Return a unit's roster between two moments, with the holes in it."""
    lines, changes = _kept([unit.pk], begin, end)
    found = roster.stretches(lines[unit.pk], changes[unit.pk], begin, end)
    wanted = roster.needed(hours_of(unit), calendar(), begin, end)
    return Roster(unit, lines[unit.pk], changes[unit.pk], found, roster.holes(wanted, found))


def roster_states(units: Sequence[Unit], now: datetime) -> list[RosterState]:
    """Return how the rosters of some units stand for the week from now on, in the order given; three queries."""
    lines, changes = _kept([unit.pk for unit in units], now, now + WEEK)
    days = calendar()
    return [_state(unit, lines[unit.pk], changes[unit.pk], days, now) for unit in units]


def _state(
    unit: Unit, lines: list[roster.Line], changes: list[roster.Change], days: Calendar, now: datetime
) -> RosterState:
    hours = hours_of(unit)
    found = roster.stretches(lines, changes, now, now + WEEK)
    has = bool(lines or changes)
    missing = not has and hours is not None and hours.around_the_clock
    # a unit with office hours may do without a roster; one that keeps a roster must not leave holes in it
    wanted = roster.needed(hours, days, now, now + WEEK) if has else []
    ringing = [_shown(one) for one in roster.on_duty(lines, changes, now)]
    return RosterState(unit, has, missing, roster.holes(wanted, found), ringing)


def may_arrange(unit_id: int) -> bool:
    """Say whether the actor of this transaction arranges a unit's roster: head, supervising head, or administrator."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT administration.arranges_roster(%s)", [unit_id])
        return bool(cursor.fetchone()[0])


def arranged_units(actor: Actor, at: datetime) -> QuerySet[Unit]:
    """Return the units whose rosters the actor arranges, in order of their names."""
    units = _valid(at)
    if "administration" in actor.functions:
        return units.filter(_below(actor.territory)).order_by("name_kk", "pk")
    heads = actor.unit_id is not None and may_arrange(actor.unit_id)
    headed = Q(pk=actor.unit_id) | Q(parent=actor.unit_id) if heads else Q(pk=None)
    return units.filter(headed).order_by("name_kk", "pk")


def duty_units(actor: Actor, at: datetime) -> list[Unit]:
    """Return the units of the actor's place and above it that keep a roster, or must: the nearest first."""
    path = Territory.objects.values_list("path", flat=True).get(pk=actor.territory)
    keeps = RosterLine.objects.filter(Q(until=None) | Q(until__gt=at), unit=OuterRef("pk"))
    units = _valid(at).filter(territory__in=path.split(".")).filter(Q(around_the_clock=True) | Exists(keeps))
    # Whose name stands here is known in the whole region: of a refuge only to those who work there.
    units = units.filter(Q(body__protected=False) | Q(body=actor.body_id))
    return list(units.order_by("-territory__level", "name_kk", "pk"))


def unit_at(unit_id: int, at: datetime) -> Unit | None:
    """Return a unit that exists at a moment, or None."""
    return _valid(at).filter(pk=unit_id).first()


def _valid(at: datetime) -> QuerySet[Unit]:
    day = local(at).date()
    valid = Q(valid_to=None) | Q(valid_to__gt=day)
    return Unit.objects.filter(valid, valid_from__lte=day).select_related("body", "territory")


def _below(territory: str) -> Q:
    path = Territory.objects.values_list("path", flat=True).get(pk=territory)
    return Q(territory__path=path) | Q(territory__path__startswith=f"{path}.")


def hours_of(unit: Unit) -> Hours | None:
    """Return when a unit's door is open; None where nobody has said."""
    if unit.around_the_clock:
        return AROUND_THE_CLOCK
    return Hours(unit.opens, unit.closes) if unit.opens and unit.closes else None


def _kept(units: list[int], begin: datetime, end: datetime) -> tuple[Lines, Changes]:
    lines: Lines = defaultdict(list)
    changes: Changes = defaultdict(list)
    if not units:
        return lines, changes
    kept = RosterLine.objects.filter(unit__in=units, since__lt=end).filter(Q(until=None) | Q(until__gt=begin))
    for one in kept.order_by("weekday", "starts", "deputy", "id"):
        lines[one.unit_id].append(
            roster.Line(
                one.weekday,
                one.starts,
                one.ends,
                one.name,
                one.phone,
                one.deputy,
                one.since,
                one.until,
                str(one.id),
            )
        )
    differing = RosterChange.objects.filter(
        unit__in=units, starts_at__lt=end, ends_at__gt=begin, withdrawn_at__isnull=True
    )
    for other in differing.order_by("starts_at", "id"):
        kind = roster.Kind(other.kind)
        changes[other.unit_id].append(
            roster.Change(kind, other.starts_at, other.ends_at, other.name, other.phone, other.deputy, str(other.id))
        )
    return lines, changes


def _shown(one: roster.Stretch) -> OnDuty:
    return OnDuty(one.name, phones.shown(one.phone), one.ends, one.deputy, phones.dialled(one.phone))
