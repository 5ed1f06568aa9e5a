"""The genogram of a child's family (McGoldrick and Gerson): squares, circles, and the lines between them.

Generations stand in rows, couples side by side, children below in order of birth. Each connected part of a family is
drawn by itself; whoever is joined with nobody stands beside. What contradicts itself is left out and named in `odd`.
The same people and ties in the same order make the same picture.
"""

from collections.abc import Mapping, Sequence

from arasha.people.rules.family import RELATIONSHIPS, Family, Member, Tie, family, households, shape_of, turned
from arasha.people.rules.genogram.plan import Plan, plan
from arasha.people.rules.genogram.sheet import Sheet
from arasha.people.rules.picture import Picture, Shape, bounds, moved

EDGE = 10
APART = 44
WIDE = 760


def genogram(members: Sequence[Member], ties: Sequence[Tie]) -> Picture:
    """Draw a family, in the language that is active. Wrong ties and members are left out and named; nothing raises."""
    found = family(members, ties)
    drawn = plan(found)
    numbers = households(members)
    parts = _parts(found, drawn)
    homes = _shared(found, numbers)
    pieces = [Sheet(keys, _only(drawn, keys), _here(homes, keys), _notes(keys, found)).shapes() for keys in parts]
    shapes, width, height = flow(pieces)
    return Picture(width, height, shapes, found.odd)


def flow(pieces: Sequence[Sequence[Shape]]) -> tuple[list[Shape], int, int]:
    """Put drawings beside each other, and below where the picture would get wider than the first or 760 px."""
    shapes: list[Shape] = []
    x = y = EDGE
    widest = lowest = 0
    for piece in pieces:
        sides = [bounds(shape) for shape in piece]
        left, top = min(side[0] for side in sides), min(side[1] for side in sides)
        width, height = max(side[2] for side in sides) - left, max(side[3] for side in sides) - top
        if x > EDGE and x + width > max(WIDE, widest):
            x, y = EDGE, lowest + APART
        shapes += [moved(shape, x - left, y - top) for shape in piece]
        widest, lowest = max(widest, x + width), max(lowest, y + height)
        x += width + APART
    return shapes, widest + EDGE, lowest + EDGE


def _parts(found: Family, drawn: Plan) -> list[dict[str, Member]]:
    """Return who is joined by drawn lines, the child's part first, then the larger."""
    group = {key: {key} for key in found.members}
    joined = [(couple.one, couple.other) for couple in drawn.couples]
    for net in drawn.nets:
        joined += [(net.tops[0] if net.tops else net.bottoms[0], key) for key in (*net.tops, *net.bottoms)]
    for one, other in joined:
        if group[one] is not group[other]:
            both = group[one] | group[other]
            group.update(dict.fromkeys(both, both))
    parts: dict[int, dict[str, Member]] = {}
    for key, member in found.members.items():
        parts.setdefault(id(group[key]), {})[key] = member
    return sorted(parts.values(), key=lambda part: (not any(m.is_index for m in part.values()), -len(part)))


def _only(drawn: Plan, keys: Mapping[str, Member]) -> Plan:
    """Return what concerns one part, its rows counted from its own first without empty ones."""
    used = sorted({drawn.rows[key] for key in keys})
    return Plan(
        {key: used.index(drawn.rows[key]) for key in keys},
        [couple for couple in drawn.couples if couple.one in keys],
        [net for net in drawn.nets if (*net.tops, *net.bottoms)[0] in keys],
    )


def _shared(found: Family, numbers: Mapping[str, int]) -> dict[str, int]:
    """Return the households in which more than one of the drawn live."""
    living = [member.household for member in found.members.values()]
    return {name: number for name, number in numbers.items() if living.count(name) > 1}


def _here(homes: Mapping[str, int], keys: Mapping[str, Member]) -> dict[str, int]:
    return {name: number for name, number in homes.items() if any(m.household == name for m in keys.values())}


def _notes(keys: Mapping[str, Member], found: Family) -> dict[str, str]:
    """Return what whoever is joined with nobody is to the child, where that was said."""
    notes: dict[str, str] = {}
    for tie in found.ties if len(keys) == 1 else ():
        for key in keys:
            if shape_of(tie) == "other" and key in (tie.one, tie.other):
                said = tie if tie.one == key else turned(tie, keys[key].sex)
                if found.members[said.other].is_index:
                    notes[key] = RELATIONSHIPS.label(said.kind)
    return notes


__all__ = ["flow", "genogram"]
