"""Commitments with how they stand today, and what is missing. The overview counts the very rows that the list shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q

from arasha.coverage import policy
from arasha.coverage.models import Commitment, Need, Step
from arasha.coverage.rules import PROGRAMMES, Counted, Ran, Standing, needed, source_of, standing
from arasha.kernel.access.rules import Actor, NotThere
from arasha.kernel.territory.models import Territory
from arasha.kernel.territory.queries import children_of
from arasha.kernel.territory.rules import NATION

PAGE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to: a kind, a programme, how they stand, and a territory with all below it."""

    area: str = NATION
    kind: str = ""
    programme: str = ""
    shown: str = ""  # a code of shown.csv
    own: bool = False  # of the territory itself, without what lies below it


@dataclass(frozen=True, slots=True)
class Line:
    """One commitment and how it stands."""

    row: Commitment
    stands: Standing


@dataclass(frozen=True, slots=True)
class Row:
    """One territory in the overview. Need (by source), promised, opened, late, dropped stand side by side."""

    place: Territory
    needs: list[tuple[str, int]]
    promised: int
    opened: int
    late: int
    dropped: int
    whole: bool = False
    own: bool = False


def commitment(actor: Actor, commitment_id: UUID) -> Commitment:
    """Return one commitment. Raises NotThere."""
    found = policy.visible_to(actor).select_related("territory").filter(pk=commitment_id).first()
    if found is None:
        raise NotThere
    return found


def line(actor: Actor, commitment_id: UUID, *, today: date) -> Line:
    """Return one commitment with how it stands. Raises NotThere."""
    row = commitment(actor, commitment_id)
    return Line(row, _stands(row.steps.all(), today))


def lines(actor: Actor, asked: Asked, *, today: date) -> list[Line]:
    """Return the commitments that fit, the first due first.

    All of them: how one stands follows from its steps, so that is chosen after reading (thousands in a country).
    """
    rows = policy.visible_to(actor).filter(_at(asked.area, own=asked.own))
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.programme:
        rows = rows.filter(programme=asked.programme)
    rows = rows.select_related("territory").prefetch_related(Prefetch("steps", Step.objects.order_by("entered_at")))
    found = [Line(row, _stands(row.steps.all(), today)) for row in rows]
    if asked.shown:
        found = [one for one in found if _shown(one.stands, asked.shown)]
    return sorted(found, key=lambda one: (one.stands.due_on, str(one.row.pk)))


def needs(actor: Actor, *, area: str, kind: str) -> list[Need]:
    """Return all counts of what is missing in a territory and below it, the newest first."""
    rows = policy.visible_needs(actor).filter(_at(area), kind=kind).select_related("territory")
    return list(rows.order_by("-counted_on", "-entered_at"))


def overview(actor: Actor, place: Territory, kind: str, *, today: date, language: str) -> list[Row]:
    """Return a line for a territory as a whole, one for what is its own, and one for each unit right below it."""
    found = lines(actor, Asked(area=place.kato, kind=kind), today=today)
    counted = [
        Counted(one.territory.path, source_of(one.counted_by, one.source), one.count, one.counted_on, one.entered_at)
        for one in needs(actor, area=place.kato, kind=kind)
    ]
    rows = [_row(place, found, counted, whole=True)]
    own = [one for one in found if one.row.territory_id == place.kato]
    rows.append(_row(place, own, [one for one in counted if one.path == place.path], own=True))
    below = children_of(place.kato, today, language=language)
    return rows + [_row(one, [line for line in found if _holds(one, line)], counted) for one in below]


def programmes(found: Iterable[Line]) -> dict[str, int]:
    """Return how many were promised in these commitments, by programme."""
    sums = dict.fromkeys((one.code for one in PROGRAMMES), 0)
    for one in found:
        if one.row.programme in sums:
            sums[one.row.programme] += one.stands.promised
    return sums


def _row(place: Territory, found: list[Line], counted: list[Counted], *, whole: bool = False, own: bool = False) -> Row:
    stands = [one.stands for one in found]
    return Row(
        place,
        needed(counted, place.path),
        sum(one.promised for one in stands),
        sum(one.opened for one in stands),
        sum(one.late for one in stands),
        sum(one.dropped for one in stands),
        whole,
        own,
    )


def _shown(stands: Standing, code: str) -> bool:
    """Say whether a commitment is among those that make the number which bears this code."""
    if code == "open":
        return stands.state in {"running", "late"}
    return {"late": stands.late, "opened": stands.opened, "dropped": stands.dropped}[code] > 0


def _holds(place: Territory, one: Line) -> bool:
    return f"{one.row.territory.path}.".startswith(f"{place.path}.")


def _at(area: str, *, own: bool = False) -> Q:
    if own:
        return Q(territory_id=area)
    path = Territory.objects.filter(pk=area).values_list("path", flat=True).first() or "-"
    return Q(territory__path=path) | Q(territory__path__startswith=f"{path}.")


def _stands(steps: Iterable[Step], today: date) -> Standing:
    rows = (Ran(one.pk, one.kind, one.entered_at, one.count, one.due_on, one.corrects_id) for one in steps)
    return standing(rows, today=today)
