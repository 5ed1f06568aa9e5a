"""What every picture of a family must hold, whoever is in it; used by the tests beside it."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from arasha.people.rules.picture import Area, Box, Line, Picture, Round, Shape, Words, bounds

# How far from its middle a symbol is entered by no line, in px; lines end on its edge, which is round or slanting.
CORE = 10
Side = tuple[float, float, float, float]
Segment = tuple[tuple[int, int], tuple[int, int]]


def solid(shapes: Sequence[Shape]) -> Iterator[tuple[str, Side]]:
    """Yield whose it is and the sides of everything that must lie on nothing else."""
    for shape in shapes:
        if shape.owner and not shape.style.startswith(("g-double", "g-died")):
            yield shape.owner, bounds(shape)
        elif "g-house" in shape.style:
            yield "\0house", bounds(shape)


def overlaps(picture: Picture) -> list[tuple[str, str]]:
    """Return whose symbols and words lie on each other's."""
    return [
        (one, other)
        for (one, a), (other, b) in combinations(solid(picture.shapes), 2)
        if one != other and a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


def outside(picture: Picture) -> list[Shape]:
    """Return what lies beyond the edges."""
    return [
        shape
        for shape in picture.shapes
        for left, top, right, bottom in [bounds(shape)]
        if left < 0 or top < 0 or right > picture.width or bottom > picture.height
    ]


def struck(picture: Picture) -> list[tuple[str, Line]]:
    """Return whose symbol or words a line goes through; lines here are upright or level."""
    found = []
    for line in picture.shapes:
        if isinstance(line, Line) and not isinstance(line, Area) and line.style.startswith("g-line"):
            for owner, core in _cores(picture.shapes):
                if any(_meets(one, other, core) for one, other in pairwise(line.points)):
                    found.append((owner, line))
    return found


def alongside(picture: Picture) -> list[tuple[Line, Line]]:
    """Return lines that run over each other for a stretch, so that nobody could tell whose is whose."""
    lines = [shape for shape in picture.shapes if isinstance(shape, Line) and shape.style.startswith("g-line")]
    return [
        (one, other)
        for one, other in combinations(lines, 2)
        if any(_shared(a, b) > 1 for a in pairwise(one.points) for b in pairwise(other.points))
    ]


def touching(one: Area, other: Area) -> bool:
    """Say whether the sides of two outlines meet; they are upright or level."""
    boxes = [
        [
            (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
            for a, b in pairwise([*area.points, area.points[0]])
        ]
        for area in (one, other)
    ]
    return any(a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3] for a in boxes[0] for b in boxes[1])


def _shared(one: Segment, other: Segment) -> int:
    """Return how many px two upright or level lines have in common."""
    for along, across in ((0, 1), (1, 0)):
        if len({point[across] for point in (*one, *other)}) == 1:
            a, b = (sorted(point[along] for point in line) for line in (one, other))
            return min(a[1], b[1]) - max(a[0], b[0])
    return 0


def _cores(shapes: Sequence[Shape]) -> Iterator[tuple[str, Side]]:
    for shape in shapes:
        left, top, right, bottom = bounds(shape)
        if isinstance(shape, Words) and shape.owner:
            yield shape.owner, (left + 1, top + 1, right - 1, bottom - 1)
        elif isinstance(shape, Box | Round | Area) and "g-person" in shape.style:
            x, y = (left + right) / 2, (top + bottom) / 2
            yield shape.owner, (x - CORE, y - CORE, x + CORE, y + CORE)


def _meets(one: tuple[int, int], other: tuple[int, int], side: Side) -> bool:
    left, right = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    return left < side[2] and right > side[0] and top < side[3] and bottom > side[1]


def middle(picture: Picture, key: str) -> tuple[float, float]:
    """Return the middle of somebody's symbol."""
    for shape in picture.shapes:
        if shape.owner == key and "g-person" in shape.style:
            left, top, right, bottom = bounds(shape)
            return (left + right) / 2, (top + bottom) / 2
    raise KeyError(key)


def inside(point: tuple[float, float], corners: Sequence[tuple[int, int]]) -> bool:
    """Say whether a point lies within corners (an upward ray crosses its sides an odd number of times)."""
    x, y = point
    crossed = False
    for (x1, y1), (x2, y2) in pairwise([*corners, corners[0]]):
        if (x1 > x) != (x2 > x) and y > y1 + (x - x1) * (y2 - y1) / (x2 - x1):
            crossed = not crossed
    return crossed


def with_style(picture: Picture, style: str) -> list[Shape]:
    """Return what has a class."""
    return [shape for shape in picture.shapes if style in shape.style.split()]
