"""Who keeps together in a row, and who must stand left of whom: couples, and brothers and sisters by birth."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias, TypeVar

from arasha.people.rules.family import Member
from arasha.people.rules.genogram.plan import Couple, Plan

Block: TypeAlias = tuple[str, ...]
Key = TypeVar("Key", str, tuple[str, ...])


def blocks_of(members: dict[str, Member], drawn: Plan) -> list[Block]:
    """Return every person once: alone, or in the line of those who are joined as couples."""
    near: dict[str, set[str]] = {key: set() for key in members}
    for couple in drawn.couples:
        near[couple.one].add(couple.other)
        near[couple.other].add(couple.one)
    blocks: list[Block] = []
    seen: set[str] = set()
    for key in members:
        if key not in seen:
            found = _reached(key, near)
            seen |= found
            inside = [couple for couple in drawn.couples if couple.one in found]
            blocks.append(chain(inside, [other for other in members if other in found]) if inside else (key,))
    return blocks


def chain(couples: Sequence[Couple], keys: Sequence[str]) -> Block:
    """Return joined persons in a line, so that as many couples as can be stand side by side with the man left."""
    near: dict[str, list[str]] = {key: [] for key in keys}
    for couple in sorted(couples, key=lambda couple: -couple.crossed):
        near[couple.one].append(couple.other)
        near[couple.other].append(couple.one)
    ends = [key for key in keys if len(near[key]) == 1] or list(keys)
    middle = max(keys, key=lambda key: len(near[key]))
    many = len(near[middle]) > 2
    there = _followed(near[middle][0] if many else ends[0], near)
    back = tuple(reversed(there))
    return back if not many and _men_left(couples, back) > _men_left(couples, there) else there


def apart(blocks: Sequence[Block], drawn: Plan) -> list[Couple]:
    """Return the couples who found no place side by side: their line goes below those between them."""
    neighbours = {frozenset(two) for block in blocks for two in pairwise(block)}
    return [couple for couple in drawn.couples if frozenset((couple.one, couple.other)) not in neighbours]


def by_birth(members: dict[str, Member], drawn: Plan) -> list[list[str]]:
    """Return brothers and sisters in order of birth; whoever has no day keeps the place in which they were named."""
    named = {key: at for at, key in enumerate(members)}
    sets = []
    for net in drawn.nets:
        if net.line in ("birth", "full") and len(net.bottoms) > 1:
            keys = sorted(net.bottoms, key=named.__getitem__)
            days = iter(sorted((key for key in keys if members[key].first_day), key=lambda key: _day(members, key)))
            sets.append([next(days) if members[key].first_day else key for key in keys])
    return sets


def must_stand_left(blocks: Sequence[Block], births: Sequence[Sequence[str]]) -> dict[Block, set[Block]]:
    """Return for each block those left of it. Blocks that join two sets of brothers and sisters are free; a wish that
    contradicts an earlier one is passed over."""
    block_of = {key: block for block in blocks for key in block}
    sets: dict[Block, set[int]] = {}
    for number, keys in enumerate(births):
        for key in keys:
            sets.setdefault(block_of[key], set()).add(number)
    left_of: dict[Block, set[Block]] = {block: set() for block in blocks}
    for keys in births:
        free = list(dict.fromkeys(block_of[key] for key in keys if len(sets[block_of[key]]) == 1))
        for at, right in enumerate(free):
            for left in free[:at]:
                if right not in _reached(left, left_of):
                    left_of[right].add(left)
    return left_of


def _reached(start: Key, near: Mapping[Key, set[Key]]) -> set[Key]:
    found = {start}
    waiting = [start]
    while waiting:
        new = near[waiting.pop()] - found
        found |= new
        waiting.extend(new)
    return found


def _followed(start: str, near: dict[str, list[str]]) -> Block:
    """Return everybody in the order in which they are met from the first."""
    line: dict[str, None] = {}
    waiting = [start]
    while waiting:
        key = waiting.pop()
        if key not in line:
            line[key] = None
            waiting.extend(reversed(near[key]))
    return tuple(line)


def _men_left(couples: Sequence[Couple], line: Sequence[str]) -> float:
    """Count neighbours with the man left; among equals, whoever parted stands further left."""
    place = {key: at for at, key in enumerate(line)}
    return sum(
        (place[couple.other] - place[couple.one] == 1) - (0.01 * place[couple.one] if couple.crossed else 0)
        for couple in couples
    )


def _day(members: dict[str, Member], key: str) -> int:
    day = members[key].first_day
    return day.toordinal() if day else 0
