"""Who stands beside whom: rows of blocks, a block being a person or those who are joined as couples.

A block keeps its couples together, the man left. Brothers and sisters stand in order of birth, except that whoever is
joined with somebody whose own brothers and sisters are drawn too stands between both families. Everything else is
found by going over the rows and keeping the order with the fewest crossings.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from arasha.people.rules.family import Member
from arasha.people.rules.genogram.blocks import Block, apart, blocks_of, by_birth, must_stand_left
from arasha.people.rules.genogram.plan import Couple, Net, Plan

SWEEPS = 10


@dataclass(frozen=True, slots=True)
class Piece:
    """A net within one channel: the space under row `channel`. Nodes are keys of persons or of passages."""

    net: int
    channel: int
    tops: tuple[str, ...]
    bottoms: tuple[str, ...]


@dataclass(slots=True)
class Rows:
    """The blocks of each row from the left, and the lines between the rows, whole and in pieces."""

    blocks: list[list[Block]]
    nets: Sequence[Net]
    pieces: Sequence[Piece]


def rows_of_blocks(members: dict[str, Member], drawn: Plan) -> Rows:
    """Return the rows of one connected part of a family, in the order in which they are drawn."""
    people = blocks_of(members, drawn)
    nets = _with_couples(drawn.nets, apart(people, drawn))
    pieces, passages = pieces_of(nets, drawn.rows)
    blocks = [*people, *((key,) for key in passages)]
    births = by_birth(members, drawn)
    left_of = must_stand_left(blocks, births)
    start = _Walk(blocks, {**drawn.rows, **passages}, pieces, births).rows(members)
    best = found = [_sorted(row, {block: float(at) for at, block in enumerate(row)}, left_of) for row in start]
    least = crossings(best, pieces)
    for sweep in range(SWEEPS):
        found = _swept(found, pieces, left_of, down=sweep % 2 == 0)
        count = crossings(found, pieces)
        if count < least:
            best, least = found, count
    return Rows(best, nets, pieces)


def pieces_of(nets: Sequence[Net], rows: dict[str, int]) -> tuple[list[Piece], dict[str, int]]:
    """Cut each net at the rows that it passes; there it gets a passage, a narrow place that nobody else takes."""
    pieces: list[Piece] = []
    passages: dict[str, int] = {}
    for number, net in enumerate(nets):
        if not net.tops:
            pieces.append(Piece(number, rows[net.bottoms[0]] - 1, (), net.bottoms))
            continue
        tops, first = net.tops, rows[net.tops[0]]
        lowest = max((rows[key] for key in net.bottoms), default=first + 1)
        for channel in range(first, lowest):
            bottoms = tuple(key for key in net.bottoms if rows[key] == channel + 1)
            passage = f"\0{number}\0{channel + 1}"
            through = (passage,) if channel + 1 < lowest else ()
            passages.update(dict.fromkeys(through, channel + 1))
            pieces.append(Piece(number, channel, tops, (*bottoms, *through)))
            tops = through
    return pieces, passages


def _with_couples(nets: Sequence[Net], couples: Sequence[Couple]) -> list[Net]:
    """Let the line of a couple who are not side by side be the first line to their children, or one of its own."""
    found = list(nets)
    for couple in couples:
        pair = {couple.one, couple.other}
        at = next((at for at, net in enumerate(found) if set(net.tops) == pair and not net.couple), None)
        if at is None:
            found.append(Net((couple.one, couple.other), (), couple.line, couple))
        else:
            found[at] = replace(found[at], couple=couple)
    return found


def crossings(rows: Sequence[Sequence[Block]], pieces: Iterable[Piece]) -> int:
    """Return how often lines between neighbouring rows cross."""
    place = {key: (row, at) for row, blocks in enumerate(rows) for at, key in enumerate(_keys(blocks))}
    lines: dict[int, list[tuple[float, int]]] = {}
    for piece in pieces:
        if piece.tops and piece.bottoms:
            top = sum(place[key][1] for key in piece.tops) / len(piece.tops)
            lines.setdefault(piece.channel, []).extend((top, place[key][1]) for key in piece.bottoms)
    return sum(
        (one[0] - other[0]) * (one[1] - other[1]) < 0
        for drawn in lines.values()
        for at, one in enumerate(drawn)
        for other in drawn[:at]
    )


def _keys(blocks: Iterable[Block]) -> list[str]:
    return [key for block in blocks for key in block]


class _Walk:
    """A first order: from the child up over the left parent's kin, then the parent, then the right one's kin."""

    def __init__(
        self, blocks: Sequence[Block], row: dict[str, int], pieces: Sequence[Piece], births: Sequence[Sequence[str]]
    ) -> None:
        self._block_of = {key: block for block in blocks for key in block}
        self._row = row
        self._age = {key: at for keys in births for at, key in enumerate(keys)}
        self._above: dict[str, list[str]] = {}
        self._below: dict[Block, list[str]] = {}
        self._seen: set[Block] = set()
        for piece in pieces:
            over = piece.tops or piece.bottoms
            for key in piece.bottoms:
                self._above.setdefault(key, []).extend(over)
                self._below.setdefault(self._block_of[over[0]], []).append(key)

    def rows(self, members: dict[str, Member]) -> list[list[Block]]:
        """Return the blocks of each row in the order in which they are met, the child's first."""
        found: list[list[Block]] = [[] for _row in range(max(self._row.values()) + 1)]
        for key in sorted(self._block_of, key=lambda key: not (key in members and members[key].is_index)):
            self._walk(self._block_of[key], found)
        return found

    def _walk(self, start: Block, found: list[list[Block]]) -> None:
        """Go everywhere from a block, with a stack of our own: a family may be deeper than Python's."""
        stack = [self._steps(start, found)]
        while stack:
            block = next(stack[-1], None)
            if block is None:
                stack.pop()
            else:
                stack.append(self._steps(block, found))

    def _steps(self, block: Block, found: list[list[Block]]) -> Iterator[Block]:
        """Yield where to go from a block; on the way it takes its own place."""
        if block in self._seen:
            return
        self._seen.add(block)
        for place, key in enumerate(block):
            yield from (self._block_of[upper] for upper in self._above.get(key, ()))
            if place == 0:
                found[self._row[key]].append(block)
        for key in sorted(self._below.get(block, ()), key=lambda key: self._age.get(key, 0)):
            yield self._block_of[key]


def _swept(
    rows: list[list[Block]],
    pieces: Sequence[Piece],
    left_of: dict[Block, set[Block]],
    *,
    down: bool,
) -> list[list[Block]]:
    """Return the rows with each block put under (or over) the middle of what it is joined with."""
    place = {key: float(at) for row in rows for at, key in enumerate(_keys(row))}
    found = [list(row) for row in rows]
    for number in range(len(rows)) if down else reversed(range(len(rows))):
        wishes: dict[str, list[float]] = {}
        for piece in pieces:
            if not piece.tops:
                continue
            top = sum(place[key] for key in piece.tops) / len(piece.tops)
            if down and piece.channel == number - 1:
                for key in piece.bottoms:
                    wishes.setdefault(key, []).append(top)
            elif not down and piece.channel == number:
                for key in piece.tops:
                    wishes.setdefault(key, []).extend(place[other] for other in piece.bottoms)
        middles = {block: _middle(block, wishes, place) for block in found[number]}
        found[number] = _sorted(found[number], middles, left_of)
        place.update((key, float(at)) for at, key in enumerate(_keys(found[number])))
    return found


def _middle(block: Block, wishes: dict[str, list[float]], place: dict[str, float]) -> float:
    own = [wish for key in block for wish in wishes.get(key, ())]
    return sum(own) / len(own) if own else sum(place[key] for key in block) / len(block)


def _sorted(
    row: Sequence[Block],
    middles: dict[Block, float],
    left_of: dict[Block, set[Block]],
) -> list[Block]:
    """Return a row by its wishes, the left one first among the same; whoever must stand left of another does."""
    waiting = sorted(row, key=lambda block: middles[block])
    found: list[Block] = []
    while waiting:
        held = set(waiting)
        block = next(block for block in waiting if not left_of[block] & held)
        waiting.remove(block)
        found.append(block)
    return found
