"""A telephone call as the exchange tells it: from whatever events came, in whatever order, what is known of the call.

Every event is kept and the call is always reckoned anew from all of them, so that one that comes twice, late or out of
order changes nothing but what it says. Times within a call are of one clock, the exchange's, and are never mixed with
ours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What happened to a call. `lost` is written by us: nothing was heard of the call any more."""

    OFFERED = "offered"
    QUEUED = "queued"
    ANSWERED = "answered"
    HELD = "held"
    RESUMED = "resumed"
    TRANSFERRED = "transferred"
    CONFERENCE = "conference"
    OVERFLOWED = "overflowed"
    ABANDONED = "abandoned"
    ENDED = "ended"
    LOST = "lost"


class By(StrEnum):
    """Who ended a call."""

    CALLER = "caller"
    OPERATOR = "operator"
    EXCHANGE = "exchange"
    UNKNOWN = ""


class State(StrEnum):
    """Where a call stands now."""

    WAITING = "waiting"
    TALKING = "talking"
    HELD = "held"
    OVER = "over"


class Outcome(StrEnum):
    """What became of a call; "" while it waits. `missed`: the line let it go, not the caller."""

    NONE = ""
    ANSWERED = "answered"
    ABANDONED = "abandoned"
    MISSED = "missed"
    OVERFLOWED = "overflowed"
    LOST = "lost"


class Gap(StrEnum):
    """What the events don't say, or say against each other."""

    OFFERED_MISSING = "offered_missing"
    ANSWERED_MISSING = "answered_missing"
    ENDED_MISSING = "ended_missing"
    ORDER = "order"


# At one moment of a coarse clock things happen in this order.
ORDER: Final = {kind: place for place, kind in enumerate(Kind)}
TERMINAL: Final = frozenset({Kind.ENDED, Kind.ABANDONED, Kind.OVERFLOWED})
TALK: Final = frozenset({Kind.HELD, Kind.RESUMED, Kind.TRANSFERRED, Kind.CONFERENCE})
# What ends a hold besides the end of the call.
GOES_ON: Final = (TALK | {Kind.ANSWERED}) - {Kind.HELD}
SILENT_FOR: Final = timedelta(hours=4)  # after so long without a word a call is lost
KEPT_FOR: Final = timedelta(days=30)  # events of a call that is over; its times and outcome stay
# A clock within this of ours is right; one further off is set right by what it says when it sends.
CLOCKS_AGREE: Final = timedelta(seconds=5)
WORST_CLOCK: Final = timedelta(hours=26)  # a zone forgotten, even a day; beyond it nothing said of time is believed


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a call, by the exchange's clock. `extension`: who answered, held, or was given it."""

    kind: Kind
    at: datetime
    queue: str = ""
    extension: str = ""
    by: By = By.UNKNOWN


@dataclass(frozen=True, slots=True)
class Call:
    """What is known of a call. Lengths are None where an event that they need is missing: they are then not counted."""

    state: State
    outcome: Outcome
    began_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    queue: str
    extension: str
    answered_by: str
    ended_by: By
    wait: timedelta | None
    talk: timedelta | None
    held: timedelta
    transfers: int
    conference: bool
    gaps: tuple[Gap, ...]


def in_order(events: Iterable[Event]) -> list[Event]:
    """Return events as they happened, each once."""
    return sorted(set(events), key=lambda one: (one.at, ORDER[one.kind], one.extension, one.queue, one.by))


def reckoned(events: Iterable[Event]) -> Call:
    """Return what the events of one call say together; at least one is needed."""
    told = in_order(events)
    answered = _first(told, {Kind.ANSWERED})
    talked = answered is not None or any(one.kind in TALK for one in told)
    closing, gaps = _end(told, answered)
    end = closing[0] if closing else None
    began = _first(told, {Kind.OFFERED}) or _first(told, {Kind.QUEUED})
    if began is None:
        gaps.append(Gap.OFFERED_MISSING)
    if talked and answered is None:
        gaps.append(Gap.ANSWERED_MISSING)
    outcome = Outcome.ANSWERED if talked else _unanswered(end, told)
    until = answered if talked else end
    wait = _between(began, until, gaps)
    talk = _between(answered, end, gaps)
    over = end is not None or told[-1].kind is Kind.LOST
    if over and end is None:
        gaps.append(Gap.ENDED_MISSING)
    return Call(
        state=_state(told, talked, over),
        outcome=outcome,
        began_at=(began or told[0]).at,
        answered_at=answered.at if answered else None,
        ended_at=end.at if end else None,
        queue=next((one.queue for one in reversed(told) if one.queue), ""),
        extension=_extension(told, talked),
        answered_by=answered.extension if answered else "",
        ended_by=_who(closing),
        wait=wait,
        talk=talk,
        held=_held(told, end),
        transfers=sum(one.kind is Kind.TRANSFERRED for one in told),
        conference=any(one.kind is Kind.CONFERENCE for one in told),
        gaps=tuple(sorted(set(gaps))),
    )


def _first(told: Sequence[Event], kinds: Iterable[Kind]) -> Event | None:
    wanted = set(kinds)
    return next((one for one in told if one.kind in wanted), None)


def _end(told: Sequence[Event], answered: Event | None) -> tuple[list[Event], list[Gap]]:
    """Return what ended the call: every ending after which nothing went on. An ending before an answer is no end."""
    goes_on = [one for one in told if one.kind not in TERMINAL | {Kind.LOST}]
    ends = [one for one in told if one.kind in TERMINAL]
    last = goes_on[-1] if goes_on else None
    closing = [one for one in ends if last is None or _later(one, last)]
    if closing or not ends:
        return closing, []
    if ends[-1].kind is Kind.OVERFLOWED:
        return [], []  # it went on in another queue
    if answered is not None and _later(answered, ends[-1]):
        return [], [Gap.ORDER]
    return [ends[-1]], [Gap.ORDER]  # a word from before the end whose clock was ahead


def _later(one: Event, than: Event) -> bool:
    return (one.at, ORDER[one.kind]) > (than.at, ORDER[than.kind])


def _between(since: Event | None, until: Event | None, gaps: list[Gap]) -> timedelta | None:
    if since is None or until is None:
        return None
    if until.at < since.at:
        gaps.append(Gap.ORDER)
        return None
    return until.at - since.at


def _unanswered(end: Event | None, told: Sequence[Event]) -> Outcome:
    if end is None:
        return Outcome.LOST if told[-1].kind is Kind.LOST else Outcome.NONE
    if end.kind is Kind.OVERFLOWED:
        return Outcome.OVERFLOWED
    return Outcome.ABANDONED if end.kind is Kind.ABANDONED or end.by is By.CALLER else Outcome.MISSED


def _who(closing: Sequence[Event]) -> By:
    said = [By.CALLER if one.kind is Kind.ABANDONED else one.by for one in closing]
    return next((by for by in said if by), By.UNKNOWN)


def _state(told: Sequence[Event], talked: bool, over: bool) -> State:
    if over:
        return State.OVER
    if not talked:
        return State.WAITING
    last = next((one for one in reversed(told) if one.kind in TALK | {Kind.ANSWERED}), told[-1])
    return State.HELD if last.kind is Kind.HELD else State.TALKING


def _extension(told: Sequence[Event], talked: bool) -> str:
    """Return whose the call is now: who was last given it."""
    if not talked:
        return ""
    given = [one for one in told if one.kind in {Kind.ANSWERED, Kind.TRANSFERRED} and one.extension]
    return given[-1].extension if given else next((one.extension for one in told if one.extension), "")


def _held(told: Sequence[Event], end: Event | None) -> timedelta:
    """Return how long the caller waited on hold; a hold that nothing ended lasts until the call's end, if known."""
    total, since = timedelta(0), None
    for one in told:
        if one.kind is Kind.HELD and since is None:
            since = one.at
        elif since is not None and one.kind in GOES_ON:
            total, since = total + (one.at - since), None
    if since is not None and end is not None and end.at > since:
        total += end.at - since
    return total


def correction(sent_at: datetime, received_at: datetime) -> timedelta | None:
    """Return what must be added to the exchange's clock to have ours; None where that clock can't be believed."""
    off = received_at - sent_at
    if abs(off) <= CLOCKS_AGREE:
        return timedelta(0)
    return None if abs(off) > WORST_CLOCK else timedelta(seconds=round(off.total_seconds()))
