"""The obligation clock: a case's first seven days as one turn, one ring an obligation, drawn on the server."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

CENTRE = 158.0
TURN = 168.0  # hours
RIM, RIM_INSIDE = 130.0, 122.0
RADII = (111.0, 97.0, 83.0, 69.0, 55.0, 41.0)
START = 0.2  # an arc begins a little after twelve, so that full turns stay visible


@dataclass(frozen=True, slots=True)
class Ring:
    """One obligation: when it was raised, is due, was met; `kind` as in `parts.STATES`."""

    kind: str
    raised: datetime
    due: datetime
    met: datetime | None = None


@dataclass(frozen=True, slots=True)
class Arc:
    """A stroke along a ring: path and class."""

    path: str
    style: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A number on a ring; the same number stands in the list beside the clock."""

    x: str
    y: str
    text_y: str
    number: int
    kind: str


@dataclass(frozen=True, slots=True)
class Label:
    """A day's name outside the rim."""

    x: str
    y: str
    anchor: str
    day: date


@dataclass(frozen=True, slots=True)
class Clock:
    """Everything the template draws."""

    off: Sequence[str]
    ticks: Sequence[str]
    labels: Sequence[Label]
    tracks: Sequence[float]
    arcs: Sequence[Arc]
    badges: Sequence[Badge]
    hand: tuple[str, str, str] | None
    day: int
    ends: date


def clock(opened: datetime, now: datetime, rings: Sequence[Ring], days_off: frozenset[date]) -> Clock:
    """Draw at most six obligations, first due outermost; after day 7 the hand stays away.

    `opened` and `now` must be in the reader's time zone: a day on the rim is a local day.
    """
    hours = _hours(opened, now)
    arcs: list[Arc] = []
    badges: list[Badge] = []
    for number, (radius, ring) in enumerate(zip(RADII, rings, strict=False), start=1):
        arcs.extend(_arcs(ring, radius, opened, hours))
        badges.append(_badge(ring, radius, number, opened))
    midnights = list(_midnights(opened))
    last = opened + timedelta(hours=TURN)
    return Clock(
        off=[_band(a, b) for a, b, day in _days(opened) if day in days_off],
        ticks=[f"M{_at(118, hour)}L{_at(133, hour)}" for hour in midnights],
        labels=[_label(_place(a, b), day) for a, b, day in _days(opened) if b - a > 7],
        tracks=RADII[: len(rings)],
        arcs=arcs,
        badges=badges,
        hand=(f"M{_at(34, hours)}L{_at(137, hours)}", *_xy(137, hours)) if hours <= TURN else None,
        day=min(int(hours // 24) + 1, 8),
        ends=last.date(),
    )


def _arcs(ring: Ring, radius: float, opened: datetime, now: float) -> Iterator[Arc]:
    begin = max(_hours(opened, ring.raised), START)
    due = min(_hours(opened, ring.due), TURN - START)
    if ring.met is not None:
        met = _hours(opened, ring.met)
        yield Arc(_arc(radius, begin, due), "open c-thin")
        yield Arc(_arc(radius, begin, max(min(met, TURN - START), begin + 1.4)), "met")
    elif ring.kind == "late":
        yield Arc(_arc(radius, begin, due), "wait c-thin")
        yield Arc(_arc(radius, due, min(now, TURN - START)), "late")
    elif ring.kind == "soon":
        yield Arc(_arc(radius, begin, due), "soon c-thin")
    else:
        yield Arc(_arc(radius, begin, due), "wait c-thin c-dotted" if ring.kind == "suspended" else "wait c-thin")


def _badge(ring: Ring, radius: float, number: int, opened: datetime) -> Badge:
    if ring.met is None:
        hour = min(_hours(opened, ring.due), TURN)
    else:
        hour = min(max(_hours(opened, ring.met) + 1.2, 3.2), TURN)
    x, y = _xy(radius, hour)
    return Badge(x, y, f"{float(y) + 3.6:.1f}", number, ring.kind)


def _place(a: float, b: float) -> float:
    """A day's name stands in its middle; the last, cut short by the turn's end, keeps away from the hand's home."""
    return a + 4.2 if b >= TURN and b - a < 12 else (a + b) / 2


def _label(hour: float, day: date) -> Label:
    x, y = (float(part) for part in _xy(143, hour))
    near = 5 if y < 60 else 60  # at the top the hand stands between the first and the last day
    anchor = "start" if x > CENTRE + near else "end" if x < CENTRE - near else "middle"
    return Label(f"{x:.1f}", f"{y + (0 if y < 60 else 9 if y > 256 else 4):.1f}", anchor, day)


def _days(opened: datetime) -> Iterator[tuple[float, float, date]]:
    """Yield from hour, to hour and date of each local day of the turn."""
    edges = [0.0, *_midnights(opened), TURN]
    for index, (a, b) in enumerate(pairwise(edges)):
        yield a, b, (opened + timedelta(days=index)).date()


def _midnights(opened: datetime) -> Iterator[float]:
    first = 24 - (opened.hour + opened.minute / 60)
    yield from (hour for index in range(8) if (hour := first + 24 * index) < TURN)


def _band(a: float, b: float) -> str:
    return f"M{_at(RIM, a)}{_sweep(RIM, a, b, 1)}L{_at(RIM_INSIDE, b)}{_sweep(RIM_INSIDE, b, a, 0)}z"


def _arc(radius: float, a: float, b: float) -> str:
    return f"M{_at(radius, a)}{_sweep(radius, a, b, 1)}"


def _sweep(radius: float, a: float, b: float, clockwise: int) -> str:
    large = 1 if abs(b - a) > TURN / 2 else 0
    return f"A{radius:g} {radius:g} 0 {large} {clockwise} {_at(radius, b)}"


def _at(radius: float, hour: float) -> str:
    return " ".join(_xy(radius, hour))


def _xy(radius: float, hour: float) -> tuple[str, str]:
    angle = math.radians(hour / TURN * 360 - 90)
    return f"{CENTRE + radius * math.cos(angle):.1f}", f"{CENTRE + radius * math.sin(angle):.1f}"


def _hours(opened: datetime, at: datetime) -> float:
    return (at - opened).total_seconds() / 3600
