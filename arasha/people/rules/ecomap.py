"""The eco-map of a child's household (Hartman 1978): who lives there, what is around them, how they are bound.

The household is a circle in the middle with its people, the systems stand in a ring about it. How strong a bond is,
is a kind of line; arrows say where strength flows; a number on a line says that the bond is one person's alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, cos, hypot, pi, sin, sqrt
from pathlib import Path

from arasha.people.rules.family import Member, Why
from arasha.people.rules.genogram.symbols import outline, sex_of
from arasha.people.rules.picture import (
    LINE_HEIGHT,
    Area,
    Line,
    Picture,
    Round,
    Shape,
    Words,
    column,
    moved,
    width_of,
    wrapped,
)
from arasha.ui.rules import CodeList

DATA = Path(__file__).parent.parent / "data"
SYSTEMS = CodeList(DATA / "systems.csv")
BONDS = CodeList(DATA / "bonds.csv")
FLOWS = CodeList(DATA / "flows.csv")

EDGE, BETWEEN = 10, 92  # px around the picture; between the household and a system at the least
NAME, OWN = 104, 150  # px of a line of words in a system and in the household
HALF, BY, BADGE = 12, 12, 9
BESIDE = 24  # between two bonds of one system
ARROW, ZIGZAG, BREAK = 11, 6, 9
COLUMN = 9  # people under each other in the household


@dataclass(frozen=True, slots=True)
class System:
    """Something around the household: its own name and its kind of `systems.csv`."""

    key: str
    called: str
    kind: str


@dataclass(frozen=True, slots=True)
class Bond:
    """How a system and the household are bound (`bonds.csv`, `flows.csv`); `member`: it is this person's alone."""

    system: str
    strength: str
    flow: str = "none"
    member: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OddBond:
    """What is left out, and why."""

    why: Why
    bond: Bond | None = None
    system: System | None = None


@dataclass(frozen=True, slots=True)
class _Ray:
    """A straight way from the household outwards: its angle, how far beside the middle, from where to where."""

    angle: float
    aside: float
    start: float
    end: float

    def at(self, far: float, beside: float = 0.0) -> tuple[float, float]:
        """Return the point so far from the household's middle, and so far beside the way."""
        beside += self.aside
        return (
            cos(self.angle) * far - sin(self.angle) * beside,
            sin(self.angle) * far + cos(self.angle) * beside,
        )


def ecomap(household: Sequence[Member], systems: Sequence[System], bonds: Sequence[Bond]) -> Picture:
    """Draw a household and what is around it, in the language that is active; nothing raises.

    The systems stand clockwise from above in their order. Wrong bonds and doubled systems are named in `odd`;
    whoever has died stands in no household.
    """
    living = [member for member in household if not member.died]
    people = {member.key: member for member in sorted(living, key=lambda member: not member.is_index)}
    places: dict[str, System] = {}
    odd = [OddBond(Why.TWICE, system=system) for system in systems if not _first(system, places)]
    ring = list(places.values())
    kept, wrong = _sound(bonds, places, people)
    inside, room = _household(people)
    labels = {system.key: _label(system) for system in ring}
    most = max([1, *(len(own) for own in kept.values())])
    radius = max([44, ceil((most - 1) * BESIDE / 2) + 14, *(_around(lines) for lines in labels.values())])
    own, far = _distances(room, radius, most, len(ring))
    shapes: list[Shape] = [Round("e-household", 0, 0, own), *inside]
    numbers = {key: number for number, key in enumerate(people, start=1)}
    for place, system in enumerate(ring):
        angle = 2 * pi * place / len(ring) - pi / 2
        shapes += _system(system, labels[system.key], angle, far, radius)
        for at, bond in enumerate(kept.get(system.key, ())):
            aside = (at - (len(kept[system.key]) - 1) / 2) * BESIDE
            ends = sqrt(own**2 - aside**2), far - sqrt(radius**2 - aside**2)
            shapes += _bond(bond, _Ray(angle, aside, *ends), numbers.get(bond.member))
    half = ceil(far + radius if ring else own) + EDGE
    return Picture(2 * half, 2 * half, [moved(shape, half, half) for shape in shapes], [*odd, *wrong])


def _first(system: System, places: dict[str, System]) -> bool:
    """Keep a system, unless one of its key is kept."""
    known = system.key in places
    places.setdefault(system.key, system)
    return not known


def _sound(
    bonds: Sequence[Bond], systems: Mapping[str, System], people: Mapping[str, Member]
) -> tuple[dict[str, list[Bond]], list[OddBond]]:
    """Return the bonds of each system, and those that cannot be drawn."""
    kept: dict[str, list[Bond]] = {}
    odd: list[OddBond] = []
    for bond in bonds:
        if bond.system not in systems or (bond.member and bond.member not in people):
            odd.append(OddBond(Why.NOBODY, bond))
        elif bond.strength not in BONDS or bond.flow not in FLOWS:
            odd.append(OddBond(Why.KIND, bond))
        elif any(other.member == bond.member for other in kept.get(bond.system, ())):
            odd.append(OddBond(Why.TWICE, bond))
        else:
            kept.setdefault(bond.system, []).append(bond)
    return kept, odd


def _household(people: Mapping[str, Member]) -> tuple[list[Shape], int]:
    """Return the people about the middle, numbered, in as many columns as look round; and their radius."""
    lines = {key: wrapped(member.called, OWN) or ["–"] for key, member in people.items()}
    heights = {key: max(2 * HALF + 10, LINE_HEIGHT * len(lines[key]) + 8) for key in people}
    keys = list(people)
    count = max(1, ceil(sqrt(len(keys) / COLUMN)))
    each = ceil(len(keys) / count) or 1
    columns = [keys[at : at + each] for at in range(0, len(keys), each)]
    widths = [2 * HALF + BY + max(width_of(line) for key in stack for line in lines[key]) for stack in columns]
    height = max((sum(heights[key] for key in stack) for stack in columns), default=0)
    left = -(sum(widths) + 20 * (len(widths) - 1)) // 2
    radius = ceil(hypot(left, height / 2)) + 12
    shapes: list[Shape] = []
    for place, stack in enumerate(columns):
        y = -sum(heights[key] for key in stack) // 2
        for key in stack:
            number = keys.index(key) + 1
            shapes += _person(people[key], number, lines[key], left + HALF, y + heights[key] // 2)
            y += heights[key]
        left += widths[place] + 20
    return shapes, max(radius, 70)


def _person(member: Member, number: int, lines: Sequence[str], x: int, y: int) -> Iterator[Shape]:
    index = " g-person--index" if member.is_index else ""
    half = HALF + (3 if sex_of(member) == "unknown" else 0)  # a number needs more room in a diamond
    yield outline(member, f"g-person g-person--{sex_of(member)}{index}", x, y, half)
    if member.is_index:
        yield outline(member, "g-double", x, y, half + (6 if sex_of(member) == "unknown" else 4))
    yield Words("e-number", x, y + 4, str(number), 16, owner=member.key)
    top = y - LINE_HEIGHT * len(lines) // 2
    for place, line in enumerate(lines):
        yield Words("g-name", x + HALF + BY, top + 13 + LINE_HEIGHT * place, line, width_of(line), "start", member.key)


def _label(system: System) -> list[tuple[str, str]]:
    kind = SYSTEMS.label(system.kind) if system.kind in SYSTEMS else ""
    texts = [("g-name", system.called), ("g-born", "" if system.called.casefold() in kind.casefold() else kind)]
    return [(style, line) for style, text in texts for line in wrapped(text, NAME)]


def _around(lines: Sequence[tuple[str, str]]) -> int:
    """Return the radius of a circle around lines of words."""
    half = len(lines) / 2
    corners = (
        hypot(width_of(words) / 2, LINE_HEIGHT * max(half - at, at + 1 - half))
        for at, (_style, words) in enumerate(lines)
    )
    return ceil(max(corners, default=0)) + 6


def _distances(room: int, radius: int, most: int, count: int) -> tuple[int, int]:
    """Return the household's radius and how far the systems stand, so that neither they nor their bonds meet."""
    half = (most - 1) * BESIDE / 2 + BADGE + 3
    share = sin(pi / count) if count > 1 else 1.0
    own = max(room, ceil(half / share))
    return own, max(own + BETWEEN + radius, ceil((radius + 8) / share))


def _system(system: System, lines: Sequence[tuple[str, str]], angle: float, far: int, radius: int) -> list[Shape]:
    x, y = round(cos(angle) * far), round(sin(angle) * far)
    words = column(lines, x, y - LINE_HEIGHT * len(lines) // 2, system.key)
    return [Round("e-system", x, y, radius, system.key), *words]


def _bond(bond: Bond, ray: _Ray, number: int | None) -> Iterator[Shape]:
    """Yield the line of a bond, its arrows, and whose it is."""
    start = ray.start + (ARROW if bond.flow in ("to", "both") else 0)
    end = ray.end - (ARROW if bond.flow in ("from", "both") else 0)
    style = f"e-bond e-bond--{bond.strength}"
    if bond.strength == "stressful":
        yield Line(style, tuple(_zigzag(ray, start, end)))
    elif bond.strength == "broken":
        middle = (start + end) / 2
        yield _line(style, ray, (start, 0), (middle - BREAK, 0))
        yield _line(style, ray, (middle + BREAK, 0), (end, 0))
        yield from (_line("e-break", ray, (middle + side, -8), (middle + side, 8)) for side in (-BREAK, BREAK))
    else:
        yield _line(style, ray, (start, 0), (end, 0))
    if bond.flow in ("to", "both"):
        yield _arrow(ray, ray.start, start)
    if bond.flow in ("from", "both"):
        yield _arrow(ray, ray.end, end)
    if number is not None:
        x, y = (round(part) for part in ray.at(ray.end - ARROW - BADGE - 2))
        yield Round("e-badge", x, y, BADGE)
        yield Words("e-number", x, y + 4, str(number), 16)


def _zigzag(ray: _Ray, start: float, end: float) -> Iterator[tuple[int, int]]:
    """Yield the corners of a line that goes to and fro, straight at both ends."""
    count = max(2, round((end - start - 12) / ZIGZAG / 2) * 2)
    step = (end - start - 12) / count
    points = [(start, 0.0), (start + 6, 0.0)]
    points += [(start + 6 + step * (at + 0.5), ZIGZAG if at % 2 else -ZIGZAG) for at in range(count)]
    for far, beside in [*points, (end - 6, 0.0), (end, 0.0)]:
        x, y = ray.at(far, beside)
        yield round(x), round(y)


def _line(style: str, ray: _Ray, one: tuple[float, float], other: tuple[float, float]) -> Line:
    ends = (ray.at(*one), ray.at(*other))
    return Line(style, tuple((round(x), round(y)) for x, y in ends))


def _arrow(ray: _Ray, tip: float, base: float) -> Area:
    corners = (ray.at(tip), ray.at(base, 6), ray.at(base, -6))
    return Area("e-arrow", tuple((round(x), round(y)) for x, y in corners))
