"""Bodies with their units as they stand: to be listed, drawn, changed by steps, and written into a table."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from arasha.administration.models import Proposal
from arasha.administration.queries.places import administered_bodies, administered_units, administers
from arasha.administration.rules.proposals import Kind, State
from arasha.administration.rules.structure import NAMES, Step, kept
from arasha.administration.rules.structure_plan import Present
from arasha.administration.rules.structure_table import Line
from arasha.kernel.access.models import Body, Post, Unit
from arasha.kernel.access.rules import Actor
from arasha.kernel.territory.models import Territory
from arasha.kernel.worktime.rules import local

# A picture or a table of more than this is asked for place by place.
MOST: Final = 2_000
DISTRICT: Final = 2


@dataclass(slots=True)
class Branch:
    """A unit in the picture of a structure, with those that it supervises within its body."""

    unit: Unit
    below: "list[Branch]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tree:
    """The structure of one place: its bodies with their units, and how many bodies each place below has."""

    place: Territory
    bodies: Sequence[tuple[Body, Sequence[Branch]]]
    below: Sequence[tuple[Territory, int]]
    cut: bool


def body_values(body: Body) -> dict[str, Any]:
    """Return what steps may set of a body, as JSON holds it."""
    fields = (*NAMES, "sector", "kind", "territory_id", "protected")
    return {name: getattr(body, name) for name in fields}


def unit_values(unit: Unit) -> dict[str, Any]:
    """Return what steps may set of a unit, as JSON holds it; its supervising unit by the code."""
    fields = (*NAMES, "territory_id", "around_the_clock", "opens", "closes", "phone")
    parent = unit.parent.code if unit.parent else None
    return {name: kept(getattr(unit, name)) for name in fields} | {"parent": parent}


def administered_body(body_id: int) -> Body | None:
    """Return a body that the actor of this transaction administers, or None."""
    body = Body.objects.select_related("territory").filter(pk=body_id).first()
    return body if body is not None and administers(body.territory_id) else None


def found_bodies(actor: Actor, wanted: str, after: str = "") -> QuerySet[Body]:
    """Return the administered bodies that have every word in a name or the code, by code, behind a code."""
    bodies = administered_bodies(actor).annotate(number=Count("units")).order_by("code")
    for word in wanted.split()[:5]:
        named = Q(code__icontains=word)
        for name in NAMES:
            named |= Q(**{f"{name}__icontains": word})
        bodies = bodies.filter(named)
    return bodies.filter(code__gt=after) if after else bodies


def units_of(body_id: int) -> list[Unit]:
    """Return the units of a body, those that have ended too."""
    units = Unit.objects.filter(body=body_id).select_related("territory", "parent", "body")
    return list(units.order_by("name_kk", "pk"))


def valid_units(codes: Iterable[str], now: datetime) -> dict[str, Unit]:
    """Return the units of these codes that have not ended."""
    units = Unit.objects.filter(_valid(now), code__in=list(codes)).select_related("parent", "body")
    return {unit.code: unit for unit in units}


def bodies_by_code(codes: Iterable[str]) -> dict[str, Body]:
    """Return the bodies of these codes."""
    return {body.code: body for body in Body.objects.filter(code__in=list(codes))}


def unit_by_code(code: str) -> Unit | None:
    """Return a unit by its code, or None."""
    return Unit.objects.filter(code=code).select_related("parent", "body").first()


def supervised_by() -> dict[str, str]:
    """Return which unit, by its code, supervises each unit that is supervised."""
    return dict(Unit.objects.filter(parent__isnull=False).values_list("code", "parent__code"))


def titles_in(codes: Iterable[str]) -> set[tuple[str, str]]:
    """Return which posts there are, as the unit's code and the Kazakh title."""
    posts = Post.objects.filter(unit__code__in=list(codes)).exclude(until__isnull=False, holder__isnull=True)
    return set(posts.values_list("unit__code", "title_kk"))


def whole(actor: Actor, now: datetime) -> tuple[list[Body], list[Unit], list[Post]]:
    """Return the bodies of the actor's place, and their units and posts as they stand, in the order of their codes."""
    units = list(administered_units(actor).filter(_valid(now)).order_by("code")[: MOST + 1])
    bodies = list(administered_bodies(actor).order_by("code")[: MOST + 1])
    posts = (
        Post.objects.filter(unit__in=[unit.pk for unit in units]).select_related("unit").order_by("unit__code", "pk")
    )
    return bodies, units, list(posts[: MOST + 1])


def lying(steps: Sequence[Step]) -> tuple[dict[str, tuple[bool, str]], dict[str, tuple[str, str]]]:
    """Return where the bodies of these steps lie, each with whether it is protected, and where all their units do."""
    units, bodies = {step.unit for step in steps}, {step.body for step in steps}
    found = list(Unit.objects.filter(Q(code__in=units) | Q(body__code__in=bodies)).select_related("body"))
    standing = [*Body.objects.filter(code__in=bodies), *(unit.body for unit in found)]
    return (
        {body.code: (body.protected, body.territory_id) for body in standing},
        {unit.code: (unit.body.code, unit.territory_id) for unit in found if unit.valid_to is None},
    )


def present(actor: Actor, lines: Sequence[Line], now: datetime) -> Present:
    """Return what stands now of all that a table names, for `steps_of`."""
    named = {line.code for line in lines} | {line.body for line in lines}
    parents = {str(line.values["parent"]) for line in lines if line.values.get("parent")}
    bodies = list(Body.objects.filter(code__in=named))
    units = list(Unit.objects.filter(code__in=named | parents).select_related("parent", "body"))
    places = {str(line.values.get("territory_id", "")) for line in lines}
    places |= {body.territory_id for body in bodies} | {unit.territory_id for unit in units}
    day = local(now).date()
    ended = frozenset(unit.code for unit in units if unit.valid_to and unit.valid_to <= day)
    own = Unit.objects.filter(pk=actor.unit_id or 0).select_related("body").first()
    return Present(
        bodies={body.code: body_values(body) for body in bodies},
        units={unit.code: unit_values(unit) for unit in units if unit.code not in ended},
        body_of={unit.code: unit.body.code for unit in units},
        posts=frozenset(titles_in(named)),
        above=supervised_by(),
        places=_administered(actor, places),
        ended=ended,
        own=frozenset({own.code} if own else set()),
        own_body=own.body.code if own else "",
        waiting=frozenset(_waiting(now)),
    )


def _administered(actor: Actor, codes: set[str]) -> frozenset[str]:
    """Return which of these places lie in the actor's."""
    path = Territory.objects.values_list("path", flat=True).get(pk=actor.territory)
    inside = Territory.objects.filter(Q(path=path) | Q(path__startswith=f"{path}."), pk__in=codes)
    return frozenset(inside.values_list("pk", flat=True))


def _waiting(now: datetime) -> set[str]:
    """Return of which bodies and units a change waits, as `body code` and `unit code`."""
    pending = Proposal.objects.filter(kind=Kind.STRUCTURE, state=State.PENDING, expires_at__gt=now)
    steps = [step for kept_steps in pending.values_list("steps", flat=True) for step in kept_steps or []]
    return {f"unit {step['unit']}" if "unit" in step else f"body {step['body']}" for step in steps}


def structure(place: Territory, now: datetime) -> Tree:
    """Return the structure of a place: a district with all that lies in it, a region or the nation without."""
    inside = Q(territory__path=place.path)
    if place.level >= DISTRICT:
        inside |= Q(territory__path__startswith=f"{place.path}.")
    bodies = list(Body.objects.filter(inside).order_by("name_kk", "pk")[: MOST + 1])
    shown = bodies[:MOST]
    units: dict[int, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.filter(_valid(now), body__in=shown).select_related("parent").order_by("name_kk", "pk"):
        units[unit.body_id].append(unit)
    below = [] if place.level >= DISTRICT else _counted(place)
    return Tree(place, [(body, _branches(units[body.pk])) for body in shown], below, len(bodies) > MOST)


def _counted(place: Territory) -> list[tuple[Territory, int]]:
    """Return the places right below, with how many bodies stand in each and all that lies in it."""
    places = list(Territory.objects.filter(parent=place.pk, valid_to=None).order_by("pk"))
    counts: dict[str, int] = defaultdict(int)
    paths = Body.objects.filter(territory__path__startswith=f"{place.path}.").values_list("territory__path", flat=True)
    for path in paths:
        counts[path[len(place.path) + 1 :].partition(".")[0]] += 1
    return [(one, counts[one.pk]) for one in places]


def _branches(units: Sequence[Unit]) -> list[Branch]:
    """Return a body's units below each other; one that is supervised from elsewhere stands at the top."""
    branches = {unit.pk: Branch(unit) for unit in units}
    top: list[Branch] = []
    for unit in units:
        above = branches.get(unit.parent_id or 0)
        (above.below if above else top).append(branches[unit.pk])
    return top


def _valid(now: datetime) -> Q:
    return Q(valid_to=None) | Q(valid_to__gt=local(now).date())
