"""One connected part of a family, drawn: symbols in rows, the lines between them, who lives together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from arasha.people.rules.family import Member
from arasha.people.rules.genogram.blocks import Block
from arasha.people.rules.genogram.homes import outlines
from arasha.people.rules.genogram.order import Rows, rows_of_blocks
from arasha.people.rules.genogram.places import GAP, centres
from arasha.people.rules.genogram.plan import Couple, Plan
from arasha.people.rules.genogram.routes import Route, routes
from arasha.people.rules.genogram.symbols import HALF, Label, label, symbol, top_at
from arasha.people.rules.picture import Line, Point, Shape

STRIP = 26  # above the symbols of a row, for the number of a household
FOOT = 8  # below the words of a row
CHANNEL, TRACK = 28, 12  # between two rows, and for each line more that runs there


@dataclass(frozen=True, slots=True)
class Level:
    """A row from above: where it begins, the middle of its symbols, where it ends."""

    top: int
    middle: int
    bottom: int


class Sheet:
    """A part of the family with everybody's place; `homes`: the numbers of households to be outlined, `notes`: a line
    under a name."""

    def __init__(
        self, members: Mapping[str, Member], drawn: Plan, homes: Mapping[str, int], notes: Mapping[str, str]
    ) -> None:
        self._members = members
        self._plan = drawn
        self._homes = homes
        self._labels: dict[str, Label] = {key: label(member, notes.get(key, "")) for key, member in members.items()}
        self._rows: Rows = rows_of_blocks(dict(members), drawn)
        self._x = centres(self._rows, {key: words.width for key, words in self._labels.items()})
        self._routes = routes(self._rows, self._x, self._middles())
        self._row = {key: row for row, blocks in enumerate(self._rows.blocks) for block in blocks for key in block}
        self._levels, self._channels = self._heights()

    def shapes(self) -> list[Shape]:
        """Return everything from back to front: outlines, lines, symbols with their names."""
        places = {key: (self._x[key], self._levels[self._row[key]].middle) for key in self._members}
        return [
            *outlines(self._runs(), [(level.top, level.bottom) for level in self._levels], self._homes),
            *(line for couple in self._plan.couples for line in self._couple(couple)),
            *(line for route in self._routes for line in self._lines(route)),
            *(
                shape
                for key, member in self._members.items()
                for shape in symbol(member, self._labels[key], *places[key])
            ),
        ]

    def _middles(self) -> dict[Block, int]:
        """Return for each two side by side the middle of the gap between them, left and right in this order."""
        return {
            (one, other): (self._right(one) + self._x[other] - self._labels[other].width // 2) // 2
            for blocks in self._rows.blocks
            for block in blocks
            for one, other in pairwise(block)
        }

    def _right(self, key: str) -> int:
        return self._x[key] + self._labels[key].width // 2

    def _heights(self) -> tuple[list[Level], dict[int, int]]:
        """Return the rows, and where the first line runs in each channel."""
        strip = STRIP if self._homes else 2
        tracks: dict[int, int] = {}
        for route in self._routes:
            tracks[route.piece.channel] = max(tracks.get(route.piece.channel, 0), route.track + 1)
        levels: list[Level] = []
        channels = {-1: 2}
        y = 0 if -1 not in tracks else TRACK * tracks[-1]
        for number, blocks in enumerate(self._rows.blocks):
            keys = [key for block in blocks for key in block if key in self._labels]
            below = max((self._labels[key].height for key in keys), default=HALF)
            levels.append(Level(y, y + strip + HALF, y + strip + HALF + below + FOOT))
            channels[number] = levels[-1].bottom + CHANNEL // 2
            y = levels[-1].bottom + CHANNEL + TRACK * (tracks.get(number, 1) - 1)
        return levels, channels

    def _couple(self, couple: Couple) -> Iterator[Shape]:
        """Yield the line between two side by side, with its strokes."""
        left, right = sorted((couple.one, couple.other), key=lambda key: self._x[key])
        middle = self._middles().get((left, right))
        if middle is not None:
            y = self._levels[self._row[left]].middle
            yield Line(f"g-line g-line--{couple.line}", ((self._x[left] + HALF, y), (self._x[right] - HALF, y)))
            yield from _strokes(couple, middle - GAP // 2 + 3, y)

    def _lines(self, route: Route) -> Iterator[Shape]:
        """Yield a piece: down from each upper end, along its track, down to each lower end."""
        piece, net = route.piece, self._rows.nets[route.piece.net]
        y = self._channels[piece.channel] + TRACK * route.track
        style = f"g-line g-line--{net.line}"
        couple = net.couple if piece.tops == net.tops else None  # a passage belongs to the children alone
        first = f"g-line g-line--{couple.line}" if couple else style
        keys = piece.tops[:1] if route.between else piece.tops
        for x, key in zip(route.tops, keys, strict=True):
            yield Line(first, (*self._start(key, x, between=route.between), (x, y)))
        left, right = route.span
        if left != right:
            yield Line(first if len(route.tops) > 1 else style, ((left, y), (right, y)))
        if couple and route.tops:
            yield from _strokes(couple, route.tops[-1], (self._under(keys[-1], between=False) + y) // 2, lying=True)
        for x, key in zip(route.bottoms, piece.bottoms, strict=True):
            yield Line(style, ((x, y), (x, self._over(key, x))))

    def _start(self, key: str, x: int, *, between: bool) -> list[Point]:
        """Return where a line leaves from; one that passes a row may go aside below it."""
        own, level = self._x[key], self._levels[self._row[key]]
        if key in self._labels or own == x:
            return [(x, self._under(key, between=between))]
        return [(own, level.top), (own, level.bottom), (x, level.bottom)]

    def _under(self, key: str, *, between: bool) -> int:
        level = self._levels[self._row[key]]
        if between:
            return level.middle
        return level.middle + self._labels[key].height + 3 if key in self._labels else level.top

    def _over(self, key: str, x: int) -> int:
        level = self._levels[self._row[key]]
        if key not in self._members:
            return level.top
        return level.middle - top_at(self._members[key], x - self._x[key])

    def _runs(self) -> list[list[tuple[str, int, int]]]:
        """Return for each row the stretches of neighbours of one household: its name, left and right."""
        rows = []
        for blocks in self._rows.blocks:
            runs: list[tuple[str, int, int]] = []
            last = ""
            for key in (key for block in blocks for key in block if key in self._members):
                home = self._members[key].household
                left, right = self._x[key] - self._labels[key].width // 2, self._right(key)
                if home and home == last:
                    runs[-1] = (home, runs[-1][1], right)
                elif home in self._homes:
                    runs.append((home, left, right))
                last = home
            rows.append(runs)
        return rows


def _strokes(couple: Couple, x: int, y: int, *, lying: bool = False) -> Iterator[Shape]:
    """Yield one stroke through a couple's line for who parted, two for who divorced; `lying`: the line is upright."""
    style = f"g-cross g-cross--{'divorced' if couple.crossed > 1 else 'parted'}"
    for number in range(couple.crossed):
        away = 5 * number
        if lying:
            yield Line(style, ((x - 8, y + 3 - away), (x + 8, y - 3 - away)))
        else:
            yield Line(style, ((x + away - 3, y + 8), (x + away + 3, y - 8)))
