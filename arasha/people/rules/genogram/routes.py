"""Where the lines between the rows leave, run and arrive, so that none runs along or through another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from arasha.people.rules.genogram.blocks import Block
from arasha.people.rules.genogram.order import Piece, Rows

STEP, PAIR, REACH = 10, 8, 36
NEAR, MEET = 4, 9  # px between lines that are told apart; px by which a line may move to be straight
NUDGES = (0, 5, -5, 10, -10, 15, -15)


@dataclass(slots=True)
class Route:
    """A piece with the x of each end; `track` counts from the upper row. `between`: leaves from the couple's line."""

    piece: Piece
    tops: list[int]
    bottoms: list[int]
    between: bool
    track: int = 0

    @property
    def span(self) -> tuple[int, int]:
        """Return the leftmost and the rightmost x."""
        return min(self.tops + self.bottoms), max(self.tops + self.bottoms)


def routes(rows: Rows, x: Mapping[str, int], middle: Mapping[Block, int]) -> list[Route]:
    """Return every piece with its ends and its track. `middle`: between whom there is room for a line down."""
    found = [
        Route(piece, [], [], between=tuple(piece.tops) in middle or tuple(reversed(piece.tops)) in middle)
        for piece in rows.pieces
    ]
    under = _spread(found, x, middle, upper=True)
    over = _spread(found, x, middle, upper=False)
    for at, route in enumerate(found):
        piece = route.piece
        if route.between:
            two = piece.tops if tuple(piece.tops) in middle else tuple(reversed(piece.tops))
            route.tops = [under[at, "\0".join(two)]]
        else:
            route.tops = [under[at, key] for key in piece.tops]
        route.bottoms = [over[at, key] for key in piece.bottoms]
    for channel in sorted({piece.channel for piece in rows.pieces}):
        level = [route for route in found if route.piece.channel == channel]
        _nudge(level)
        _tracks(level)
    return found


def _spread(
    found: Sequence[Route], x: Mapping[str, int], middle: Mapping[Block, int], *, upper: bool
) -> dict[tuple[int, str], int]:
    """Return where at a person each of their lines begins: side by side, in the order in which they go away."""
    at_key: dict[str, list[tuple[float, int]]] = {}
    base: dict[str, int] = {}
    for at, route in enumerate(found):
        for name, place in _ends(route, x, middle, upper=upper):
            others = route.piece.bottoms if upper else route.piece.tops
            goal = sum(x[key] for key in others) / len(others) if others else float(place)
            at_key.setdefault(name, []).append((goal, at))
            base[name] = place
    ends: dict[tuple[int, str], int] = {}
    for name, wishes in at_key.items():
        step = min(STEP, REACH // max(len(wishes) - 1, 1)) if "\0" not in name else PAIR
        for place, (_goal, at) in enumerate(sorted(wishes)):
            ends[at, name] = round(base[name] + (place - (len(wishes) - 1) / 2) * step)
    return ends


def _ends(route: Route, x: Mapping[str, int], middle: Mapping[Block, int], *, upper: bool) -> Iterator[tuple[str, int]]:
    piece = route.piece
    if upper and route.between:
        two = piece.tops if tuple(piece.tops) in middle else tuple(reversed(piece.tops))
        yield "\0".join(two), middle[tuple(two)]
    else:
        yield from ((key, x[key]) for key in (piece.tops if upper else piece.bottoms))


def _nudge(level: Sequence[Route]) -> None:
    """Move the upper ends off the lower ends of other lines, and onto their own where they almost meet."""
    for route in level:
        for at, end in enumerate(route.tops):
            taken = [
                *((other, NEAR) for whose in level if whose is not route for other in whose.bottoms),
                *((other, NEAR + 2) for whose in level if whose is not route for other in whose.tops),
            ]
            own = [other for other in route.bottoms if abs(other - end) <= (MEET if route.between else NEAR + 2)]
            tries = [*own[:1], *(end + nudge for nudge in NUDGES[: 3 if route.between else None])]
            free = (there for there in tries if all(abs(there - other) >= room for other, room in taken))
            route.tops[at] = next(free, end)


def _tracks(level: Sequence[Route]) -> None:
    """Give every line its own height where two would run along each other; the first to fit is the highest."""
    ends: list[list[tuple[int, int]]] = []
    for route in sorted(level, key=lambda route: (route.span[1] - route.span[0], route.span, route.piece.net)):
        left, right = route.span
        if left == right:
            continue
        free = [
            track
            for track, taken in enumerate(ends)
            if all(right + NEAR < other[0] or other[1] + NEAR < left for other in taken)
        ]
        track = free[0] if free else len(ends)
        if not free:
            ends.append([])
        route.track = track
        ends[track].append((left, right))
