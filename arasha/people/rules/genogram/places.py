"""Where everybody stands from left to right: as near as can be to those they are joined with, never on another."""

from collections.abc import Iterator, Mapping, Sequence

from arasha.people.rules.genogram.blocks import Block
from arasha.people.rules.genogram.order import Piece, Rows

GAP, NARROW = 40, 22
PASSAGE = 12
ROUNDS = 40
# How strongly whoever is joined with nobody above and below stays where they are.
STAY = 0.05


def centres(rows: Rows, widths: Mapping[str, int]) -> dict[str, int]:
    """Return the middle of each person and passage in px from the left edge. `widths`: of persons, with their words."""
    width = {key: widths.get(key, PASSAGE) for row in rows.blocks for block in row for key in block}
    inner = {block: list(_inner(block, width)) for row in rows.blocks for block in row}
    offset = {key: middle for block, middles in inner.items() for key, middle in zip(block, middles, strict=True)}
    spread = {block: middles[-1] + width[block[-1]] / 2 for block, middles in inner.items()}
    steps = [list(_steps(row, spread, width)) for row in rows.blocks]
    x = {
        key: step + offset[key]
        for row, away in zip(rows.blocks, steps, strict=True)
        for block, step in zip(row, away, strict=True)
        for key in block
    }
    near = _near(rows.pieces)
    order = list(range(len(rows.blocks)))
    for turn in range(ROUNDS):
        for number in order if turn % 2 else reversed(order):
            row, away = rows.blocks[number], steps[number]
            wishes = [_wish(block, x, offset, near) for block in row]
            flat = _rising([(wish - step, weight) for (wish, weight), step in zip(wishes, away, strict=True)])
            for block, level, step in zip(row, flat, away, strict=True):
                x.update((key, level + step + offset[key]) for key in block)
    first = min(x[key] - width[key] / 2 for key in x)
    return {key: round(middle - first) for key, middle in x.items()}


def _inner(block: Block, width: Mapping[str, int]) -> Iterator[float]:
    """Yield the middle of each of a block, from its left edge."""
    left = 0.0
    for key in block:
        yield left + width[key] / 2
        left += width[key] + GAP


def _steps(row: Sequence[Block], spread: Mapping[Block, float], width: Mapping[str, int]) -> Iterator[float]:
    """Yield how far from the first each block begins where they stand as close as they may."""
    left = 0.0
    for place, block in enumerate(row):
        yield left
        following = row[place + 1] if place + 1 < len(row) else block
        narrow = PASSAGE in (width[block[-1]], width[following[0]])
        left += spread[block] + (NARROW if narrow else GAP)


def _near(pieces: Sequence[Piece]) -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...], int]]]:
    """Return for each person what pulls: whose middle should stand at whose, and how strongly."""
    near: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], int]]] = {}
    for piece in pieces:
        if piece.tops and piece.bottoms:
            near.setdefault(piece.tops[0], []).append((piece.tops, piece.bottoms, len(piece.bottoms)))
        for key in piece.bottoms:
            to = piece.tops or tuple(other for other in piece.bottoms if other != key)
            near.setdefault(key, []).append(((key,), to, 1))
    return near


def _wish(
    block: Block,
    x: Mapping[str, float],
    offset: Mapping[str, float],
    near: Mapping[str, Sequence[tuple[tuple[str, ...], tuple[str, ...], int]]],
) -> tuple[float, float]:
    """Return where a block's left edge would like to be, and how much it would."""
    total, weight = (x[block[0]] - offset[block[0]]) * STAY, STAY
    for key in block:
        for own, others, strength in near.get(key, ()):
            goal = sum(x[other] for other in others) / len(others)
            total += strength * (goal - sum(offset[mine] for mine in own) / len(own))
            weight += strength
    return total / weight, weight


def _rising(wishes: Sequence[tuple[float, float]]) -> list[float]:
    """Return the rising figures that lie nearest to what is wished (pool adjacent violators)."""
    pools: list[tuple[float, float, int]] = []
    for wish, weight in wishes:
        pool = (wish, weight, 1)
        while pools and pools[-1][0] >= pool[0]:
            before = pools.pop()
            both = before[1] + pool[1]
            pool = ((before[0] * before[1] + pool[0] * pool[1]) / both, both, before[2] + pool[2])
        pools.append(pool)
    return [level for level, _weight, count in pools for _place in range(count)]
