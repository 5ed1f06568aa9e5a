"""Bodies, units and posts as administrators see them: what is where, since when, who sits there, what is missing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from arasha.kernel.access.models import Body, Function, Post, Unit, UnitFunction
from arasha.kernel.access.rules import Actor
from arasha.kernel.territory.models import Territory
from arasha.kernel.worktime.rules import local

# What still rests on a unit, by kind: a higher folder adds its own when its app is ready, as `number of a unit`.
# Each must be a definer function's answer to who administers the unit: a number, never a name.
POINTERS: Final[dict[str, Callable[[int], int]]] = {}


@dataclass(frozen=True, slots=True)
class UnitFilter:
    """Which units a list shows; empty fields narrow nothing."""

    place: str = ""
    function: str = ""
    sector: str = ""
    words: str = ""
    state: str = ""  # "" valid now | "ended" | "all" | "empty": nobody sits there


@dataclass(frozen=True, slots=True)
class Sitting:
    """Somebody's time in a post."""

    post_id: int
    user_id: int
    name: str
    since: datetime
    until: datetime | None


def administers(territory: str) -> bool:
    """Say whether the actor of this transaction administers a territory."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.administers(%s)", [territory])
        return bool(cursor.fetchone()[0])


def administered_units(actor: Actor) -> QuerySet[Unit]:
    """Return the units of the actor's territory and below, whenever they were valid."""
    return Unit.objects.filter(_below(actor.territory)).select_related("body", "territory", "parent")


def administered_bodies(actor: Actor) -> QuerySet[Body]:
    """Return the bodies of the actor's territory and below."""
    return Body.objects.filter(_below(actor.territory)).select_related("territory")


def administered_unit(unit_id: int) -> Unit | None:
    """Return a unit that the actor of this transaction administers, or None."""
    unit = Unit.objects.select_related("body", "territory", "parent").filter(pk=unit_id).first()
    return unit if unit is not None and administers(unit.territory_id) else None


def found_units(actor: Actor, wanted: UnitFilter, now: datetime) -> QuerySet[Unit]:
    """Return the administered units that a filter names, by place, name and number."""
    day = local(now).date()
    units = administered_units(actor)
    if wanted.state == "ended":
        units = units.filter(valid_to__lte=day)
    elif wanted.state != "all":
        units = units.filter(Q(valid_to=None) | Q(valid_to__gt=day))
    if wanted.state == "empty":
        units = units.filter(~Exists(_held(now).filter(unit=OuterRef("pk"))))
    if wanted.place:
        units = units.filter(_below(wanted.place))
    if wanted.function:
        units = units.filter(Exists(_given(now).filter(unit=OuterRef("pk"), function=wanted.function)))
    if wanted.sector:
        units = units.filter(body__sector=wanted.sector)
    for word in wanted.words.split()[:5]:
        units = units.filter(_named(word))
    return units.order_by("territory_id", "name_kk", "pk")


def after(units: QuerySet[Unit], last: int) -> QuerySet[Unit]:
    """Return the units behind one of them, in the order of `found_units`; all of them when it is not among them."""
    mark = units.filter(pk=last).first()
    if mark is None:
        return units
    later = Q(territory_id=mark.territory_id, name_kk=mark.name_kk, pk__gt=mark.pk)
    later |= Q(territory_id=mark.territory_id, name_kk__gt=mark.name_kk) | Q(territory_id__gt=mark.territory_id)
    return units.filter(later)


def functions_of(units: Iterable[int], at: datetime) -> dict[int, list[Function]]:
    """Return the functions that units have at a moment."""
    found: dict[int, list[Function]] = defaultdict(list)
    given = _given(at).filter(unit__in=list(units)).select_related("function").order_by("function_id")
    for one in given:
        if one.function not in found[one.unit_id]:
            found[one.unit_id].append(one.function)
    return found


def holders_of(units: Iterable[int], at: datetime) -> dict[int, int]:
    """Return how many people sit in each unit."""
    counted = _held(at).filter(unit__in=list(units)).values("unit_id").annotate(n=Count("pk"))
    return {row["unit_id"]: row["n"] for row in counted}


def given_to(unit_id: int) -> list[UnitFunction]:
    """Return every function that a unit has, had or is to have, the newest first."""
    given = UnitFunction.objects.filter(unit=unit_id).select_related("function", "territory")
    return list(given.order_by("-since", "function_id"))


def posts_in(unit_id: int) -> list[Post]:
    """Return the posts of a unit, heads first."""
    return list(Post.objects.filter(unit=unit_id).order_by("rank", "title_kk", "pk"))


def sittings(unit_id: int) -> list[Sitting]:
    """Return who sits, sat and is to sit in the posts of an administered unit, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT post_id, user_id, name, since, until FROM administration.tenures(%s)", [unit_id])
        return [Sitting(*row) for row in cursor.fetchall()]


def owed_by(unit_id: int) -> dict[str, int]:
    """Return how much work rests on a unit, by kind: files that it leads, duties that it owes. Numbers alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT administration.led_files(%s)", [unit_id])
        counts = {"files": int(cursor.fetchone()[0])}
    return counts | {kind: count(unit_id) for kind, count in POINTERS.items()}


def pointing(unit_id: int, at: datetime) -> dict[str, int]:
    """Return how much still rests on a unit that is to end, by kind: files led, duties, functions, people, units."""
    counts = owed_by(unit_id)
    counts["functions"] = UnitFunction.objects.filter(Q(until=None) | Q(until__gt=at), unit=unit_id).count()
    counts["people"] = _held(at).filter(unit=unit_id).count()
    day = local(at).date()
    counts["units"] = Unit.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), parent=unit_id).count()
    return counts


def gaps(places: Sequence[str], at: datetime) -> Mapping[str, list[Function]]:
    """Return, for each place, the functions that no body has there or above it: there a duty would find nobody."""
    paths = dict(Territory.objects.filter(pk__in=places).values_list("pk", "path"))
    wanted = {code for path in paths.values() for code in path.split(".")}
    served: dict[str, set[str]] = defaultdict(set)
    for function, territory in _given(at).filter(territory__in=wanted).values_list("function_id", "territory_id"):
        served[territory].add(function)
    functions = list(Function.objects.exclude(reads=0).order_by("label_kk"))
    return {
        place: [
            function
            for function in functions
            if not any(function.code in served[code] for code in paths[place].split("."))
        ]
        for place in places
        if place in paths
    }


def places_below(actor: Actor, at: datetime) -> list[Territory]:
    """Return the actor's own territory, and the regions and districts in it."""
    day = local(at).date()
    valid = Q(valid_to=None) | Q(valid_to__gt=day)
    return list(_within(actor.territory).filter(valid, level__lte=2).order_by("pk"))


def _within(territory: str) -> QuerySet[Territory]:
    path = Territory.objects.values_list("path", flat=True).get(pk=territory)
    return Territory.objects.filter(Q(path=path) | Q(path__startswith=f"{path}."))


def _below(territory: str) -> Q:
    path = Territory.objects.filter(pk=territory).values_list("path", flat=True).first()
    if path is None:
        return Q(pk=None)
    return Q(territory__path=path) | Q(territory__path__startswith=f"{path}.")


def _named(word: str) -> Q:
    found = Q(code__icontains=word) | Q(body__code__icontains=word)
    for owner in ("", "body__"):
        for language in ("kk", "ru", "en"):
            found |= Q(**{f"{owner}name_{language}__icontains": word})
    return found


def _given(at: datetime) -> QuerySet[UnitFunction]:
    return UnitFunction.objects.filter(since__lte=at).exclude(until__lte=at)


def _held(at: datetime) -> QuerySet[Post]:
    return Post.objects.filter(holder__isnull=False, since__lte=at).exclude(until__lte=at)


def valid_on(day: date) -> Q:
    """Return what makes a body or unit valid on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
