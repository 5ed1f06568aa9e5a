"""What is joined with what: couples, the children of each, and the lines of kin whose parents nobody wrote down."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from arasha.people.rules.family import Family, Tie, line_of, shape_of, up
from arasha.people.rules.genogram.generations import rows_of

# How many ties of parents, couples and siblings lie between kin at the most, by generations, so that no line is needed.
IMPLIED = {0: 4, 1: 3, 2: 2, 3: 3}


@dataclass(frozen=True, slots=True)
class Couple:
    """Two who are or were joined, or have a child together; `crossed`: one stroke parted, two divorced."""

    one: str
    other: str
    line: str
    crossed: int = 0


@dataclass(frozen=True, slots=True)
class Net:
    """One line with its branches: from `tops` down to `bottoms`. Two tops are a couple; without tops it is a bracket
    over brothers and sisters; `couple` where it joins a couple that cannot stand side by side."""

    tops: tuple[str, ...]
    bottoms: tuple[str, ...]
    line: str
    couple: Couple | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is to be drawn of one family, with the row of each member."""

    rows: dict[str, int]
    couples: Sequence[Couple]
    nets: Sequence[Net]


def plan(found: Family) -> Plan:
    """Return couples, nets and rows. The order of members and ties decides wherever nothing else does."""
    parents = _parents(found)
    couples = _couples(found, parents)
    rows = rows_of(found, [(couple.one, couple.other) for couple in couples])
    nets = [*_families(parents, rows, couples), *_brackets(found, parents, rows), *_kin(found, rows)]
    level = [couple for couple in couples if rows[couple.one] == rows[couple.other]]
    nets += [link(couple.one, couple.other, couple.line, rows, couple) for couple in couples if couple not in level]
    return Plan(rows, level, nets)


def link(one: str, other: str, line: str, rows: dict[str, int], couple: Couple | None = None) -> Net:
    """Return a line between two: from the upper down to the lower, or a bracket over both."""
    if rows[one] == rows[other]:
        return Net((), (one, other), line, couple)
    upper, lower = (one, other) if rows[one] < rows[other] else (other, one)
    return Net((upper,), (lower,), line, couple)


def _parents(found: Family) -> dict[str, dict[str, list[str]]]:
    """Return for each child and line the parents. A parent's spouse needs no line of their own to the child."""
    parents: dict[str, dict[str, list[str]]] = {}
    for tie in found.ties:
        if shape_of(tie) == "parent":
            known = parents.setdefault(tie.other, {}).setdefault(line_of(tie), [])
            if tie.one not in known:
                known.append(tie.one)
    joined = {frozenset((tie.one, tie.other)) for tie in found.ties if shape_of(tie) == "couple"}
    for lines in parents.values():
        own = lines.get("birth", [])
        lines["step"] = [
            key
            for key in lines.get("step", ())
            if key not in own and not any(frozenset((key, parent)) in joined for parent in own)
        ]
    return parents


def _couples(found: Family, parents: dict[str, dict[str, list[str]]]) -> list[Couple]:
    """Return each pair once: what lasts stands over what ended, and what was said over what a child says."""
    said: dict[frozenset[str], Couple] = {}
    for tie in found.ties:
        if shape_of(tie) != "couple":
            continue
        pair = frozenset((tie.one, tie.other))
        couple = _couple(tie, found)
        if pair not in said or said[pair].crossed:
            said[pair] = couple
    for lines in parents.values():
        for line in ("birth", "care"):
            two = lines.get(line, [])[:2]
            if len(two) == 2:
                said.setdefault(frozenset(two), Couple(two[0], two[1], "unsaid"))
    return [_man_first(couple, found) for couple in said.values()]


def _couple(tie: Tie, found: Family) -> Couple:
    line = line_of(tie)
    outlived = tie.ended and any(found.members[key].died for key in (tie.one, tie.other))
    if line in ("divorced", "parted"):
        crossed = 2 if line == "divorced" else 1
    else:
        crossed = (2 if line == "married" else 1) if tie.ended and not outlived else 0
    return Couple(tie.one, tie.other, "married" if line in ("married", "divorced") else "unmarried", crossed)


def _man_first(couple: Couple, found: Family) -> Couple:
    sexes = found.members[couple.one].sex, found.members[couple.other].sex
    if sexes[0] == "girl" != sexes[1] or (sexes[1] == "boy" != sexes[0]):
        return Couple(couple.other, couple.one, couple.line, couple.crossed)
    return couple


def _families(
    parents: dict[str, dict[str, list[str]]], rows: dict[str, int], couples: Sequence[Couple]
) -> Iterable[Net]:
    """Yield a net for the children of each couple or single parent, in the order in which they are named."""
    known = {frozenset((couple.one, couple.other)): couple for couple in couples}
    children: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for child, lines in parents.items():
        for line, keys in lines.items():
            for tops in _joined(keys, rows, known):
                children.setdefault((tops, line), []).append(child)
    for (tops, line), born in children.items():
        below = tuple(child for child in born if rows[child] > rows[tops[0]])
        if below:
            yield Net(tops, below, line)
        yield from (link(top, child, line, rows) for child in born if child not in below for top in tops)


def _joined(keys: Sequence[str], rows: dict[str, int], known: dict[frozenset[str], Couple]) -> list[tuple[str, ...]]:
    """Return the first two parents as a couple where they stand in one row, everybody else alone."""
    couple = known.get(frozenset(keys[:2])) if len(keys) > 1 else None
    if couple and rows[couple.one] == rows[couple.other]:
        return [(couple.one, couple.other), *((key,) for key in keys[2:])]
    return [(key,) for key in keys]


def _brackets(found: Family, parents: dict[str, dict[str, list[str]]], rows: dict[str, int]) -> Iterable[Net]:
    """Yield a bracket over brothers and sisters of whom no common parent is known."""
    same = {key: key for key in found.members}
    first: dict[str, str] = {}
    for child, lines in parents.items():
        for parent in lines.get("birth", ()):
            _unite(same, first.setdefault(parent, child), child)
    for line in ("full", "half"):
        groups: dict[str, list[str]] = {}
        over = dict(same)
        ties = [tie for tie in found.ties if shape_of(tie) == "sibling" and line_of(tie) == line]
        ties = [tie for tie in ties if _root(same, tie.one) != _root(same, tie.other)]
        for tie in ties:
            _unite(over, tie.one, tie.other)
        for key in dict.fromkeys(key for tie in ties for key in (tie.one, tie.other)):
            group = groups.setdefault(_root(over, key), [])
            if not any(_root(same, key) == _root(same, other) for other in group):
                group.append(key)
        for group in groups.values():
            yield from _over(group, line, rows)
        same = over


def _over(group: Sequence[str], line: str, rows: dict[str, int]) -> Iterable[Net]:
    by_row: dict[int, list[str]] = {}
    for key in group:
        by_row.setdefault(rows[key], []).append(key)
    levels = [by_row[row] for row in sorted(by_row)]
    yield from (Net((), tuple(level), line) for level in levels if len(level) > 1)
    yield from (Net((one[0],), (other[0],), line) for one, other in pairwise(levels))


def _kin(found: Family, rows: dict[str, int]) -> Iterable[Net]:
    """Yield a line for kin whom no drawn line already joins."""
    near: dict[str, set[str]] = {key: set() for key in found.members}
    for tie in found.ties:
        if shape_of(tie) in ("parent", "couple", "sibling"):
            near[tie.one].add(tie.other)
            near[tie.other].add(tie.one)
    for tie in found.ties:
        if shape_of(tie) == "kin" and _distance(near, tie.one, tie.other) > IMPLIED[up(tie)]:
            yield link(tie.one, tie.other, "kin", rows)


def _distance(near: dict[str, set[str]], one: str, other: str) -> int:
    far = {one: 0}
    waiting = deque([one])
    while waiting:
        here = waiting.popleft()
        for key in near[here]:
            if key not in far:
                far[key] = far[here] + 1
                waiting.append(key)
    return far.get(other, len(near) + max(IMPLIED.values()))


def _root(same: dict[str, str], key: str) -> str:
    while same[key] != key:
        key = same[key]
    return key


def _unite(same: dict[str, str], one: str, other: str) -> None:
    same[_root(same, other)] = _root(same, one)
