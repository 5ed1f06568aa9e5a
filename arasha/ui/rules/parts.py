"""The components of a page as values; each has a template of the same name in `ui/parts`."""

from collections.abc import Sequence
from dataclasses import dataclass

from arasha.ui.rules.page import Action, Link

STATES = ("late", "soon", "wait", "met", "open", "extended", "suspended")
SAFETY = ("safe", "unsafe", "unknown")


@dataclass(frozen=True, slots=True)
class State:
    """Where an obligation stands: a kind of `STATES` and words that say the amount ("15 h late")."""

    kind: str
    words: str

    def __post_init__(self) -> None:
        """Refuse a kind that has no shape: ValueError."""
        if self.kind not in STATES:
            raise ValueError(f"no such state: {self.kind}")


@dataclass(frozen=True, slots=True)
class Safety:
    """Is the child safe now: `kind` of `SAFETY`, who saw the child last, by when to judge again; never left out."""

    kind: str
    heading: str
    why: str
    action: Action | None = None

    def __post_init__(self) -> None:
        """Refuse a kind that has no shape: ValueError."""
        if self.kind not in SAFETY:
            raise ValueError(f"no such safety: {self.kind}")


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the four answers of a case; `quote` holds the child's own words."""

    question: str
    lead: str = ""
    text: str = ""
    quote: str = ""
    late: bool = False
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure: the number, its words, a second line, where the list behind it is."""

    number: str
    label: str
    note: str = ""
    url: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the ladder: number, body, when; `passed` ones were told, `here` is where it is now."""

    number: int
    body: str
    note: str
    passed: bool = False
    here: bool = False


@dataclass(frozen=True, slots=True)
class Sealed:
    """That something is there and how to ask for it; never its length, author or words."""

    title: str
    text: str
    link: Link | None = None
    open: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """One body on a team: its part in words, the person, whether it leads."""

    body: str
    part: str
    person: str = ""
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed next: state, act, body."""

    state: State
    act: str
    body: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a time line, or a gap of silence (`gap`): then only `title`, with its length in words, and `note`.

    `kind` colours the number: "" (done) | "met" | "late" | "soon" | "open" | "wait"; a gap's: "" | "quiet".
    """

    title: str
    note: str = ""
    number: int | None = None
    kind: str = ""
    url: str = ""
    gap: bool = False
    body: str = ""
    details: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    """A territory on the grid: place (column and row from 1; nation only), figure, rate level 0–3 as colour."""

    name: str
    figure: str
    note: str = ""
    level: int = 0
    url: str = ""
    current: bool = False
    column: int = 0
    row: int = 0
    short: str = ""


@dataclass(frozen=True, slots=True)
class Multiple:
    """One small chart of many on the same scale (`top`): bars, the last one now; figure and change in words."""

    name: str
    figure: str
    change: str
    values: Sequence[int]
    top: int
    note: str = ""

    def bars(self) -> list[tuple[int, str, str, bool]]:
        """Return x, y, height of each bar in a box of 54 high, ten wide each, and whether it is the last."""
        scale = 50 / max(self.top, 1)
        return [
            (index * 10 + 1, f"{52 - value * scale:.1f}", f"{value * scale:.1f}", index == len(self.values) - 1)
            for index, value in enumerate(self.values)
        ]


@dataclass(frozen=True, slots=True)
class Progress:
    """Long work: done of all, time left in words; it can be left."""

    heading: str
    note: str
    done: int
    total: int
    label: str
    rows: Sequence[tuple[str, str]] = ()
    actions: Sequence[Action] = ()


@dataclass(frozen=True, slots=True)
class Empty:
    """An empty list: what is so, since when, what to do."""

    heading: str
    text: str
    actions: Sequence[Action] = ()
