"""How a commitment stands after all its steps, and how many are missing by all counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Ran:
    """One step as far as its numbers go."""

    id: UUID
    kind: str
    at: datetime
    count: int | None = None
    due_on: date | None = None
    corrects: UUID | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Facilities promised, opened, late and dropped, the day they are due, and the state: running, late, opened,
    dropped. Late are those that are due, not opened and not dropped.
    """

    promised: int
    opened: int
    late: int
    dropped: int
    due_on: date
    state: str


def standing(steps: Iterable[Ran], *, today: date) -> Standing:
    """Work out how a commitment stands; the last correction of a step counts. There is one promise among the steps.

    What was dropped stays promised: a promise is not taken out of the numbers by not being kept.
    """
    rows = sorted(steps, key=lambda one: (one.at, str(one.id)))
    corrected = {one.corrects: one for one in rows if one.kind == "corrected"}
    promised, opened, dropped, due = 0, 0, False, date.max
    for one in rows:
        last = corrected.get(one.id)
        count = one.count if last is None or last.count is None else last.count
        if one.kind == "promised":
            promised = count or 0
            due = (last.due_on if last is not None else None) or one.due_on or date.max
        elif one.kind == "opened":
            opened += count or 0
        elif one.kind == "dropped" and count != 0:
            dropped = True
    left = max(promised - opened, 0)
    late = left if not dropped and due < today else 0
    state = "opened" if not left else "dropped" if dropped else "late" if late else "running"
    return Standing(promised, opened, late, left if dropped else 0, due, state)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many one source counted as missing, in the territory whose path this is."""

    path: str
    source: str
    count: int
    on: date
    at: datetime


def source_of(counted_by: str, source: str) -> str:
    """Return what a source is called: who counted, and where it stands."""
    return f"{counted_by}: {source}"


def needed(rows: Iterable[Counted], path: str) -> list[tuple[str, int]]:
    """Return (source, how many are missing) within a path; sources are never added to each other.

    Of one source the newest count of a territory counts; where it counted a whole territory, what it counted in parts
    of it is not added once more.
    """
    newest: dict[tuple[str, str], Counted] = {}
    for one in sorted(rows, key=lambda one: (one.on, one.at)):
        if one.path == path or one.path.startswith(f"{path}."):
            newest[one.source, one.path] = one
    sums: dict[str, int] = {}
    for (source, below), one in sorted(newest.items()):
        parts = below.split(".")
        if not any((source, ".".join(parts[:many])) in newest for many in range(1, len(parts))):
            sums[source] = sums.get(source, 0) + one.count
    return sorted(sums.items())
