"""A file's acts as a story: one sentence an act, and the silences between them drawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from arasha.ui.rules import CodeList

PHRASES = CodeList(Path(__file__).parent / "data" / "phrases.csv")
EMERGENCIES = CodeList(Path(__file__).parent / "data" / "emergencies.csv")
SILENCE = timedelta(days=3)


@dataclass(frozen=True)
class Entry:
    """One line of the time line. `tone` is noticed, done, waiting or late; `url` what it is about."""

    at: datetime
    verb: str
    sentence: str
    tone: str
    url: str = ""
    number: int = 0


@dataclass(frozen=True)
class Silence:
    """Nobody wrote anything from `since` until `until`; `open` when it lasts still."""

    since: datetime
    until: datetime
    open: bool = False

    @property
    def days(self) -> int:
        """Whole days of silence."""
        return (self.until - self.since).days


class _Said(dict[str, str]):
    """Values for a phrase; what is not known is said as a dash rather than breaking the story."""

    def __missing__(self, key: str) -> str:
        return "—"


def sentence(verb: str, values: Mapping[str, str]) -> str:
    """Return the act's sentence in the reader's language.

    A verb without a phrase is an error for the test of completeness, and stands by its code for the
    reader: an act is never left out of the story.
    """
    return PHRASES.label(verb).format_map(_Said(values)) if verb in PHRASES else verb


def tone(verb: str) -> str:
    """Return the colour of meaning of the act."""
    return PHRASES[verb].more["tone"] if verb in PHRASES else "done"


def with_silences(entries: Sequence[Entry], now: datetime, *, open_file: bool) -> list[Entry | Silence]:
    """Put a Silence wherever nothing was written for three days or more, up to now while the file is open."""
    story: list[Entry | Silence] = []
    for before, entry in zip((None, *entries), entries, strict=False):
        if before and entry.at - before.at >= SILENCE:
            story.append(Silence(before.at, entry.at))
        story.append(entry)
    if open_file and entries and now - entries[-1].at >= SILENCE:
        story.append(Silence(entries[-1].at, now, open=True))
    return story


def worst_first(lateness: Iterable[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Sort (name, late, open) rows of the board: most late first, then by name."""
    return sorted(lateness, key=lambda row: (-row[1], -row[2], row[0]))
