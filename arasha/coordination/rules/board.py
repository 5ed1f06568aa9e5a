"""How the board counts: ages as bands, rates as levels of colour, changes against last Friday."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from arasha.coordination.rules.phrases import DATA
from arasha.ui.rules import CodeList

AGES = CodeList(DATA / "ages.csv")
RATES = CodeList(DATA / "rates.csv")
WEEKS = 12
FRIDAY = 4
PAUSED, AHEAD = -1, 0


@dataclass
class Figures:
    """What lies in one place, or with one body: open and late, how old what is late is, since when the oldest."""

    open: int = 0
    late: int = 0
    paused: int = 0
    bands: list[int] = field(default_factory=lambda: [0] * len(list(AGES)))
    oldest: date | None = None

    def add(self, band: int, n: int, oldest: date | None) -> None:
        """Take in one row of the counters."""
        if band == PAUSED:
            self.paused += n
            return
        self.open += n
        if band > AHEAD:
            self.late += n
            self.bands[band - 1] += n
            self.oldest = min(filter(None, [self.oldest, oldest]), default=None)

    @property
    def rate(self) -> float:
        """How many of a hundred that are open are late."""
        return self.late * 100 / self.open if self.open else 0.0

    @property
    def level(self) -> int:
        """Which of the three colours a tile has; 0 where nothing is late."""
        if not self.late:
            return 0
        return max(int(row.code) for row in RATES if self.rate >= float(row.more["from"]))


def edges() -> list[int]:
    """Return the ages at which bands begin, the first at zero."""
    return [int(row.more["from"]) for row in AGES]


def aged(code: str, today: date) -> tuple[date | None, date]:
    """Return on which days that fell due which is of an age today: the first, and the day after the last.

    The first is None for the age that has no end. Raises KeyError for a code that is no age.
    """
    codes = [row.code for row in AGES]
    if code not in codes:
        raise KeyError(code)
    place, begins = codes.index(code), edges()
    first = today - timedelta(days=begins[place + 1] - 1) if place + 1 < len(begins) else None
    return first, today - timedelta(days=begins[place] - 1)


def fridays(today: date, count: int = WEEKS) -> list[date]:
    """Return the last Fridays that are over, oldest first."""
    back = (today.weekday() - FRIDAY - 1) % 7 + 1
    return [today - timedelta(days=back + 7 * week) for week in range(count)][::-1]


def neutral(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def total(rows: Iterable[Figures]) -> Figures:
    """Add figures up."""
    whole = Figures()
    for row in rows:
        whole.open += row.open
        whole.late += row.late
        whole.paused += row.paused
        whole.bands = [a + b for a, b in zip(whole.bands, row.bands, strict=True)]
        whole.oldest = min(filter(None, [whole.oldest, row.oldest]), default=None)
    return whole
