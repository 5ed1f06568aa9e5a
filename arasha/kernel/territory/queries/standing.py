"""Which unit stands for a code on a day: splits, new codes and mergers followed."""

from collections.abc import Iterable
from datetime import date

from arasha.kernel.territory.models import Succession, SuccessionKind, Territory
from arasha.kernel.territory.queries.tree import chain


def successors_at(kato: str, at: date) -> list[Territory]:
    """Return the units that stand on that day for what this code once meant, in the order of their codes.

    A unit that is valid on that day stands for itself, also after a part was split off. One that has ended is
    followed to what it became; one that was not yet founded is followed back to what it came out of, or to what
    stood above it.
    """
    found: dict[str, Territory] = {}
    waiting, seen = [kato], set()
    while waiting:
        code = waiting.pop()
        unit = Territory.objects.filter(pk=code).first()
        if unit is None or code in seen:
            continue
        seen.add(code)
        if unit.valid_to is not None and unit.valid_to <= at:
            waiting += _after(code, at)
        elif unit.valid_from is not None and unit.valid_from > at:
            waiting += _before(code) or [unit.parent_id or code]
        else:
            found[code] = unit
    return [found[code] for code in sorted(found)]


def successor_at(kato: str, at: date) -> Territory | None:
    """Return the one unit that answers for this code on that day; None for a code that never existed.

    When a unit was divided among several, or ended without a successor, it is the nearest unit above all of them:
    whoever stands there decides which part a child belongs to.
    """
    standing = successors_at(kato, at)
    if len(standing) == 1:
        return standing[0]
    lines = [chain(unit.kato) for unit in standing] or [chain(kato)]
    shared = set.intersection(*({unit.kato for unit in line} for line in lines))
    above = (unit for unit in lines[0] if unit.kato in shared and _stands(unit, at))
    return next(above, None)


def lines_at(codes: Iterable[str], at: date) -> dict[str, list[Territory]]:
    """Return for each code the unit that answers for it on that day and everything above it, the nation last.

    Two queries for all codes that stand on that day; the others are followed one by one, as `successor_at` does.
    Nothing stands above a code that never existed: its line is empty.
    """
    wanted = set(codes)
    paths = {unit.kato: unit.path.split(".") for unit in Territory.objects.filter(pk__in=wanted) if _stands(unit, at)}
    above = Territory.objects.in_bulk({code for path in paths.values() for code in path})
    lines = {kato: [above[code] for code in reversed(path) if code in above] for kato, path in paths.items()}
    for code in wanted - lines.keys():
        unit = successor_at(code, at)
        lines[code] = chain(unit.kato) if unit else []
    return lines


def _stands(unit: Territory, at: date) -> bool:
    return (unit.valid_from is None or unit.valid_from <= at) and (unit.valid_to is None or unit.valid_to > at)


def _after(kato: str, at: date) -> list[str]:
    gone = Succession.objects.filter(predecessor_id=kato, at__lte=at).exclude(kind=SuccessionKind.SPLIT)
    parts = Succession.objects.filter(predecessor_id=kato, at__lte=at, kind=SuccessionKind.SPLIT)
    return list((gone if gone.exists() else parts).values_list("successor_id", flat=True))


def _before(kato: str) -> list[str]:
    return list(Succession.objects.filter(successor_id=kato).values_list("predecessor_id", flat=True))
