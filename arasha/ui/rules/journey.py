"""The journey: a lane a body, acts as marks on it, silence as boxes; placed on the server, drawn by the styles.

Time has two scales. The right part shows the last eight days, a column each; what was before is pressed into the left
part, with a hatched break between them. Places are whole hundredths of a part: classes of the stylesheet, because
pages allow no inline style.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal

DAYS = 8
COLUMNS_BEFORE = 3
DAY = timedelta(days=1)
# The narrowest that the parts get where the journey is drawn (wider than 860 px), in px, and how wide type runs there.
LEFT, RIGHT, ALONE = 130.0, 280.0, 410.0
LETTER, BADGE, PLUS, ROOM = 6.6, 26.0, 20.0, 10.0
THIN = frozenset({"rule", "was"})
Part = Literal["before", "days"]


@dataclass(frozen=True, slots=True)
class Mark:
    """An act on a lane: its number in the list, colour, two or three words, where it leads."""

    at: datetime
    number: int
    kind: str
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A silence: `kind` "" for an answer that did not come, "quiet" where nothing was written, "all" for everybody.

    "rule" and "was" are drawn thin and without words over all others: what a rule found, and what it found before.
    """

    since: datetime
    until: datetime
    words: str
    few: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """One body's acts and silences; `child` is the first lane, of the child's own."""

    name: str
    note: str
    marks: Sequence[Mark]
    gaps: Sequence[Gap] = ()
    child: bool = False


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark with its place; `label` is empty where it finds no room, `more` how many acts stand under it besides."""

    x: int
    mark: Mark
    label: str
    left: bool = False
    more: int = 0


@dataclass(frozen=True, slots=True)
class PlacedGap:
    """A gap with its place and the words that fit into it."""

    x: int
    width: int
    words: str
    gap: Gap


@dataclass(frozen=True, slots=True)
class Track:
    """One part of a lane."""

    marks: Sequence[PlacedMark] = ()
    gaps: Sequence[PlacedGap] = ()


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """A lane with both its parts; `row` is its place from above, 1 being the axis."""

    lane: Lane
    row: int
    before: Track
    days: Track


@dataclass(frozen=True, slots=True)
class Journey:
    """Everything that the template draws. Without `before` the file is younger than the right part."""

    lanes: Sequence[DrawnLane]
    before: Sequence[tuple[int, date]]
    days: Sequence[tuple[int, date]]
    off: Sequence[tuple[int, int]]
    now: int
    gaps_before: Sequence[PlacedGap] = ()
    gaps_days: Sequence[PlacedGap] = ()
    rows: int = 0


@dataclass(frozen=True, slots=True)
class _Span:
    """A part of time and how wide it is drawn at the least."""

    since: datetime
    until: datetime
    width: float
    columns: int = field(default=DAYS)

    def place(self, at: datetime) -> float:
        """Return the hundredth of the part at which a moment lies, not beyond its ends."""
        share = (at - self.since) / (self.until - self.since) * 100
        return min(max(share, 0.0), 100.0)

    def holds(self, at: datetime) -> bool:
        return self.since <= at < self.until

    def share(self, pixels: float) -> float:
        """Return how many hundredths so many pixels take at the least width."""
        return pixels / self.width * 100


def journey(
    lanes: Sequence[Lane], everybody: Sequence[Gap], opened: datetime, now: datetime, days_off: frozenset[date]
) -> Journey:
    """Place lanes and gaps. `opened` and `now` must be in the reader's time zone: a column is a local day."""
    before, days = _spans(opened, now)
    drawn = [
        DrawnLane(lane, row, _track(lane, everybody, before), _track(lane, everybody, days))
        for row, lane in enumerate(lanes, start=2)
    ]
    return Journey(
        lanes=drawn,
        before=[] if before is None else list(_columns(before)),
        days=list(_columns(days)),
        off=[(index * 100 // DAYS, 100 // DAYS) for index, (_x, day) in enumerate(_columns(days)) if day in days_off],
        now=round(days.place(now)),
        gaps_before=list(_gaps(everybody, before)),
        gaps_days=list(_gaps(everybody, days)),
        rows=len(drawn),
    )


def _spans(opened: datetime, now: datetime) -> tuple[_Span | None, _Span]:
    """Return the pressed part, where there is one, and the last eight days, today the last of them."""
    tomorrow = _midnight(now) + DAY
    first = _midnight(opened)
    if tomorrow - first <= DAYS * DAY:
        return None, _Span(first, first + DAYS * DAY, ALONE)
    turn = tomorrow - DAYS * DAY
    return _Span(first, turn, LEFT, COLUMNS_BEFORE), _Span(turn, tomorrow, RIGHT)


def _midnight(at: datetime) -> datetime:
    return datetime.combine(at.date(), time(), at.tzinfo)


def _columns(span: _Span) -> Iterator[tuple[int, date]]:
    """Yield the place and the day at which each column begins; a short past has fewer columns than it has room for."""
    length = span.until - span.since
    columns = min(span.columns, max(length // DAY, 1))
    for index in range(columns):
        yield round(index * 100 / columns), (span.since + length * index / columns).date()


def _track(lane: Lane, everybody: Sequence[Gap], span: _Span | None) -> Track:
    if span is None:
        return Track()
    boxes = list(_gaps(lane.gaps, span))
    taken = [mark for mark in lane.marks if span.holds(mark.at)]
    return Track(list(_marks(taken, span, [*boxes, *_gaps(everybody, span)])), boxes)


def _marks(marks: Sequence[Mark], span: _Span, boxes: Sequence[PlacedGap]) -> Iterator[PlacedMark]:
    """Yield marks from the left; those that would lie on one another are one, with how many more there are.

    A label ends before the next mark, box or edge, else it turns to the left, else the number stands alone.
    """
    piles: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda mark: (mark.at, mark.number)):
        needs = BADGE + (PLUS if piles and len(piles[-1]) > 1 else 0)  # "+2" stands beside a pile
        if piles and span.place(mark.at) - span.place(piles[-1][0].at) < span.share(needs):
            piles[-1].append(mark)
        else:
            piles.append([mark])
    places = [span.place(pile[0].at) for pile in piles]
    end_before = 0.0
    for index, pile in enumerate(piles):
        x, mark, more = places[index], pile[0], len(pile) - 1
        after = places[index + 1] if index + 1 < len(piles) else 100.0
        limit = min([box.x for box in boxes if box.x + box.width > x] + [after])
        need = span.share(BADGE + len(mark.label) * LETTER)
        fits = bool(mark.label) and not more and x + need <= limit
        begin = x - need + span.share(ROOM)
        before = max([box.x + box.width for box in boxes if box.x < x] + [end_before])
        turned = bool(mark.label) and not more and not fits and begin >= before
        yield PlacedMark(round(x), mark, mark.label if fits or turned else "", turned, more)
        end_before = x + (need if fits else span.share(BADGE))


def _gaps(gaps: Sequence[Gap], span: _Span | None) -> Iterator[PlacedGap]:
    """Yield what of each gap lies in the part, with the words that fit; one box never lies on the one before it."""
    last = -1
    for gap in sorted(gaps, key=lambda gap: gap.since):
        if span is None or gap.until <= span.since or gap.since >= span.until:
            continue
        x = max(round(span.place(gap.since)), last + 1)
        width = round(span.place(gap.until)) - x
        if width < 1:
            continue
        last = x + width
        room = width / 100 * span.width - ROOM
        shown = () if gap.kind in THIN else (gap.words, gap.few)
        words = next((words for words in shown if len(words) * LETTER <= room), "")
        yield PlacedGap(x, width, words, gap)
