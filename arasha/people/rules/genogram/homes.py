"""The dashed outline around who lives together, with the number of the household in a small house."""

from collections.abc import Iterator, Mapping, Sequence

from arasha.people.rules.picture import Area, Point, Shape, Words

AROUND = 8
OVERLAP = 24
Run = tuple[str, int, int]


def outlines(
    runs: Sequence[Sequence[Run]], levels: Sequence[tuple[int, int]], numbers: Mapping[str, int]
) -> Iterator[Shape]:
    """Yield an outline around neighbours of one household and those of the row below them.

    Whoever lives there but stands elsewhere gets an outline of their own with the same number.
    """
    taken: set[tuple[int, int]] = set()
    for row, stretches in enumerate(runs):
        for at, run in enumerate(stretches):
            if (row, at) in taken:
                continue
            joined, here, below = [(row, run)], run, row + 1
            while below < len(runs):
                found = _under(here, runs[below], {place for line, place in taken if line == below})
                if found is None:
                    break
                taken.add((below, found))
                here = runs[below][found]
                joined.append((below, here))
                below += 1
            yield _outline(joined, levels)
            yield from _house(run[1] - AROUND, levels[row][0], numbers[run[0]])


def _under(run: Run, stretches: Sequence[Run], taken: set[int]) -> int | None:
    """Return which stretch of the next row shares most of its width with a stretch of the same household."""
    shared = {
        at: min(run[2], other[2]) - max(run[1], other[1])
        for at, other in enumerate(stretches)
        if other[0] == run[0] and at not in taken
    }
    best = max(shared, key=lambda at: shared[at], default=None)
    return best if best is not None and shared[best] >= OVERLAP else None


def _outline(joined: Sequence[tuple[int, Run]], levels: Sequence[tuple[int, int]]) -> Area:
    """Return the corners: down the right side and up the left one, narrow between the rows."""
    right: list[Point] = []
    left: list[Point] = []
    for place, (row, (_home, start, end)) in enumerate(joined):
        top, bottom = levels[row]
        if place:
            _row, (_name, start_above, end_above) = joined[place - 1]
            neck = max(start, start_above) - AROUND, min(end, end_above) + AROUND
            above = levels[row - 1][1]
            left += [(neck[0], above), (neck[0], top)]
            right += [(neck[1], above), (neck[1], top)]
        left += [(start - AROUND, top), (start - AROUND, bottom)]
        right += [(end + AROUND, top), (end + AROUND, bottom)]
    return Area("g-home", (*right, *reversed(left)))


def _house(x: int, y: int, number: int) -> Iterator[Shape]:
    """Yield a house with its number in the upper left corner of an outline."""
    left, top = x + 4, y + 3
    yield Area(
        "g-house", ((left, top + 8), (left + 11, top), (left + 22, top + 8), (left + 22, top + 22), (left, top + 22))
    )
    yield Words("g-number", left + 11, top + 19, str(number), 16)
