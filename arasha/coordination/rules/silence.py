"""Silence as something that is there: between acts, after a missed moment, and where nobody has seen the child."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Literal

from arasha.coordination.rules.phrases import days

SILENCE = days("silence")


@dataclass(frozen=True)
class Entry:
    """One act as the time line tells it.

    `tone` is noticed, done, waiting or late; `url` what it is about; `unit` whose lane it stands in (0: nobody's, as
    of who reported); `work` false where the clock wrote it, or somebody who only looked: such an act breaks no silence.
    `seen` says that somebody saw the child.
    """

    at: datetime
    verb: str
    sentence: str
    tone: str
    url: str = ""
    number: int = 0
    unit: int = 0
    kind: str = ""
    label: str = ""
    work: bool = True
    seen: bool = False


@dataclass(frozen=True)
class Silence:
    """A stretch in which nothing came from whom it should have; `open` when it lasts still.

    `kind` "all": nobody wrote anything; "answer": `unit` did not answer what it owed (`what`, `url`); "quiet": the
    unit wrote nothing, though it has a part in the file; "unseen": nobody saw the child; "rule": a rule found it.
    """

    since: datetime
    until: datetime
    open: bool = False
    kind: Literal["all", "answer", "quiet", "unseen", "rule"] = "all"
    unit: int = field(default=0, compare=False)
    what: str = field(default="", compare=False)
    url: str = field(default="", compare=False)

    @property
    def days(self) -> int:
        """Whole days of silence."""
        return (self.until - self.since).days


@dataclass(frozen=True)
class Duty:
    """What a time line must know of an obligation: who owes what, when it was due, when its silence ended."""

    unit: int
    what: str
    url: str
    due: datetime
    ended: datetime | None
    stands_still: bool = False


def silences(entries: Iterable[Entry], now: datetime, *, open_file: bool) -> list[Silence]:
    """Return where nobody did anything for three days or more, up to now while the file is open."""
    moments = sorted(entry.at for entry in entries if entry.work)
    return _between(moments, now if open_file else None, "all")


def unanswered(duties: Iterable[Duty], now: datetime) -> list[Silence]:
    """Return the silences after a missed moment: from when it was due until it was answered, or until now.

    A duty whose time stands still is not silent.
    """
    found = []
    for duty in duties:
        until = duty.ended or now
        if duty.due < until and not duty.stands_still:
            lasts = duty.ended is None
            found.append(Silence(duty.due, until, lasts, "answer", unit=duty.unit, what=duty.what, url=duty.url))
    return sorted(found, key=lambda silence: silence.since)


def unseen(entries: Iterable[Entry], opened: datetime, now: datetime, *, open_file: bool) -> list[Silence]:
    """Return where nobody saw the child for a week or more, from the opening on."""
    moments = [opened, *sorted(entry.at for entry in entries if entry.seen and entry.at > opened)]
    return _between(moments, now if open_file else None, "unseen", limit="contact_first")


def quiet(entries: Iterable[Entry], unit: int, now: datetime, *, open_file: bool) -> list[Silence]:
    """Return where one unit, which has written before, wrote nothing for three days or more."""
    moments = sorted(entry.at for entry in entries if entry.unit == unit and entry.work)
    return _between(moments, now if open_file else None, "quiet", unit=unit)


def outside(gaps: Iterable[Silence], covering: Sequence[Silence]) -> list[Silence]:
    """Return the gaps that no covering one says already."""
    return [gap for gap in gaps if not any(other.since <= gap.since and gap.until <= other.until for other in covering)]


def _between(
    moments: Sequence[datetime],
    now: datetime | None,
    kind: Literal["all", "quiet", "unseen"],
    *,
    unit: int = 0,
    limit: str = "silence",
) -> list[Silence]:
    longest = days(limit)
    found = [
        Silence(before, after, kind=kind, unit=unit) for before, after in pairwise(moments) if after - before >= longest
    ]
    if now is not None and moments and now - moments[-1] >= longest:
        found.append(Silence(moments[-1], now, True, kind, unit=unit))
    return found


def woven(entries: Iterable[Entry], gaps: Iterable[Silence], *, newest_first: bool = False) -> list[Entry | Silence]:
    """Put silences between the acts where they begin; those of one moment after the acts of that moment."""
    story: list[Entry | Silence] = [*entries, *gaps]
    story.sort(key=place_of)
    return story[::-1] if newest_first else story


def place_of(item: Entry | Silence) -> tuple[datetime, int, int]:
    """Return where an item stands in a story: by its moment, silences after the acts of theirs."""
    return (item.since, 1, 0) if isinstance(item, Silence) else (item.at, 0, item.number)
