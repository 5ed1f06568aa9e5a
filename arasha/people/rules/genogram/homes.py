"""The dashed outline around who lives together, with the number of the household in a small house."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from arasha.people.rules.picture import Area, Point, Shape, Words

AROUND = 8
OVERLAP = 24  # px that two rows share at the least, so that the outline goes straight down between them
ASIDE = 200  # px that it may go aside between two rows at the most
Run: TypeAlias = tuple[str, int, int]
Joins: TypeAlias = dict[tuple[int, int], tuple[int, tuple[int, int]]]


def outlines(
    runs: Sequence[Sequence[Run]], levels: Sequence[tuple[int, int]], numbers: Mapping[str, int]
) -> Iterator[Shape]:
    """Yield an outline around neighbours of one household and those of the row below them.

    Whoever lives there but stands elsewhere gets an outline of their own with the same number.
    """
    joins = {key: join for row in range(len(runs) - 1) for key, join in _joins(row, runs[row], runs[row + 1]).items()}
    below = {(row + 1, at) for (row, _at), (at, _neck) in joins.items()}
    for row, stretches in enumerate(runs):
        for at, run in enumerate(stretches):
            if (row, at) not in below:
                yield Area("g-home", tuple(_corners(row, at, runs, levels, joins)))
                yield from _house(run[1] - AROUND, levels[row][0], numbers[run[0]])


def _joins(row: int, upper: Sequence[Run], lower: Sequence[Run]) -> Joins:
    """Return which stretch goes on below as which, and between which x; those that share most come first."""
    near = sorted(
        (
            (min(one[2], other[2]) - max(one[1], other[1]), at, below)
            for at, one in enumerate(upper)
            for below, other in enumerate(lower)
            if one[0] == other[0]
        ),
        key=lambda found: (-found[0], found[1:]),
    )
    joins: Joins = {}
    for shared, at, below in near:
        starts, ends = (upper[at][1], lower[below][1]), (upper[at][2], lower[below][2])
        neck = (max(starts), min(ends)) if shared >= OVERLAP else (min(starts), max(ends))
        others = [found for _below, found in joins.values()]
        if shared < OVERLAP:
            others += [(run[1], run[2]) for run in (*upper, *lower) if run not in (upper[at], lower[below])]
        taken = any(key[1] == at or found == below for key, (found, _neck) in joins.items())
        if not taken and shared > -ASIDE and not any(_near(neck, other) for other in others):
            joins[row, at] = below, neck
    return joins


def _near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Say whether outlines around two stretches would touch."""
    return one[0] - AROUND <= other[1] + AROUND and other[0] - AROUND <= one[1] + AROUND


def _corners(
    row: int, at: int, runs: Sequence[Sequence[Run]], levels: Sequence[tuple[int, int]], joins: Joins
) -> list[Point]:
    """Return the corners: down the right side and up the left one, with a neck between the rows."""
    right: list[Point] = []
    left: list[Point] = []
    while True:
        (_home, start, end), (top, bottom) = runs[row][at], levels[row]
        left += [(start - AROUND, top), (start - AROUND, bottom)]
        right += [(end + AROUND, top), (end + AROUND, bottom)]
        if (row, at) not in joins:
            return [*right, *reversed(left)]
        below, neck = joins[row, at]
        left += [(neck[0] - AROUND, y) for y in (bottom, levels[row + 1][0])]
        right += [(neck[1] + AROUND, y) for y in (bottom, levels[row + 1][0])]
        row, at = row + 1, below


def _house(x: int, y: int, number: int) -> Iterator[Shape]:
    """Yield a house with its number in the upper left corner of an outline."""
    left, top = x + 4, y + 3
    yield Area(
        "g-house", ((left, top + 8), (left + 11, top), (left + 22, top + 8), (left + 22, top + 22), (left, top + 22))
    )
    yield Words("g-number", left + 11, top + 19, str(number), 16)
