"""How much each worker of a unit has to do, from the cases that the reader sees: a number tells nobody more."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.db.models import Q

from arasha.cases.models import Case, RiskJudgement, SafetyJudgement
from arasha.cases.policy import visible_to
from arasha.cases.rules.loads import Burden, Level, Limit, limit_for, weight_of
from arasha.kernel.access.models import Post, Unit, UnitFunction
from arasha.kernel.access.queries import names_of, post_holders
from arasha.kernel.access.rules import Actor
from arasha.kernel.territory.rules import lies_in

Bands = Callable[[Actor, Sequence[int], datetime], dict[int, str]]
_LENT: list[Bands] = []


def lend_bands(find: Bands) -> None:
    """Let a higher folder say, once, when it is ready, how busy units are: `room`, `near` the limit, `over` it."""
    _LENT[:] = [find]


def bands(actor: Actor, units: Sequence[int], now: datetime) -> dict[int, str]:
    """Return how busy units are, for whoever offers them a lead; those of which that is not said are not in it."""
    return _LENT[0](actor, units, now) if _LENT and units else {}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A case with its weight."""

    case: Case
    burden: Burden
    weight: Decimal


@dataclass(slots=True)
class Load:
    """What one worker of a unit answers for; `level` says whether that is near or over the limit of the unit."""

    user: int
    name: str
    limit: Limit | None = None
    cases: list[Weighed] = field(default_factory=list)

    @property
    def weight(self) -> Decimal:
        """The sum of the weights."""
        return sum((one.weight for one in self.cases), Decimal(0))

    @property
    def level(self) -> Level:
        """Where the sum stands."""
        return self.limit.level(self.weight) if self.limit else ""

    @property
    def urgent(self) -> int:
        """How many children are unsafe or at very high risk."""
        return sum(one.burden.is_urgent for one in self.cases)

    @property
    def oldest(self) -> datetime | None:
        """When the oldest of the cases was opened."""
        return min((one.case.opened_at for one in self.cases), default=None)


def workers_of(unit: Unit, now: datetime) -> list[int]:
    """Return who sits in a unit, each once."""
    return list(dict.fromkeys(user for user in post_holders(unit, now).values_list("holder", flat=True) if user))


def heads_of(unit: int, now: datetime) -> list[Post]:
    """Return the held posts that answer for a unit."""
    held = Q(until=None) | Q(until__gt=now)
    return list(Post.objects.filter(held, unit=unit, rank="head", holder__isnull=False, since__lte=now).order_by("id"))


def loads_of(actor: Actor, unit: Unit, now: datetime) -> list[Load]:
    """Return the load of each worker of a unit, the heaviest first; a case without a worker is in none."""
    limit = limit_of(unit.pk, now)
    users = workers_of(unit, now)
    names = names_of(users)
    loads = {user: Load(user, names.get(user, ""), limit) for user in users}
    for one in weighed(actor, unit, now):
        if one.case.lead_user_id in loads:
            loads[one.case.lead_user_id].cases.append(one)
    return sorted(loads.values(), key=lambda load: (-load.weight, load.name))


def own_load(actor: Actor, unit: Unit, now: datetime) -> Load | None:
    """Return what the actor answers for in the own unit."""
    return next((load for load in loads_of(actor, unit, now) if load.user == actor.user_id), None)


def limit_of(unit: int, now: datetime) -> Limit | None:
    """Return the limit of a unit's workers by its functions."""
    held = UnitFunction.objects.filter(Q(until=None) | Q(until__gt=now), unit=unit, since__lte=now)
    return limit_for(held.values_list("function", flat=True))


def weighed(actor: Actor, unit: Unit, now: datetime) -> list[Weighed]:
    """Return the open cases that a unit leads and the actor sees, the oldest first, each with its weight."""
    cases = list(visible_to(actor).filter(lead_unit=unit, state="open").order_by("opened_at", "id"))
    files = [case.dossier_id for case in cases]
    risks, safety = _newest_risk(files), _newest_safety(files)
    return [
        _weighed(case, risks.get(case.dossier_id, ""), safety.get(case.dossier_id, ""), unit, now) for case in cases
    ]


def _weighed(case: Case, risk: str, safe: str, unit: Unit, now: datetime) -> Weighed:
    far = not lies_in(case.territory_id, unit.territory_id)
    burden = Burden(case.opened_at, risk, safe == "unsafe", case.child_age, far)
    return Weighed(case, burden, weight_of(burden, now))


def _newest_risk(files: Iterable[UUID]) -> dict[UUID, str]:
    rows = RiskJudgement.objects.filter(dossier__in=files).order_by("judged_at", "id")
    return dict(rows.values_list("dossier", "level"))


def _newest_safety(files: Iterable[UUID]) -> dict[UUID, str]:
    rows = SafetyJudgement.objects.filter(dossier__in=files).order_by("judged_at", "id")
    return dict(rows.values_list("dossier", "state"))


def may_be_given(dossier: UUID, user: int) -> bool:
    """Say whether somebody sits in the unit that leads a file and is not barred from it; for its lead and the clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases.may_be_given(%s::uuid, %s)", [dossier, user])
        return bool(cursor.fetchone()[0])
