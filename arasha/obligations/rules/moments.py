"""How a duty's moments move: when its time stood still, when it got more, when another body takes it over."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from arasha.kernel.worktime.rules import Calendar, Derivation, Hours, Limit, Pause, add_pause, due_at
from arasha.obligations.rules.ladder import Planned


@dataclass(frozen=True)
class Moments:
    """What counts for a duty now: how its limit was counted, until when it is, and when silence climbs."""

    derivation: Derivation
    due_now: datetime
    extended_to: datetime | None
    ladder: list[Planned]

    def extended(self, until: datetime, done: Collection[int]) -> "Moments":
        """Return the moments with more time, up to `until`; rungs not yet tried move as far as the due moment."""
        moved = later(self.ladder, done, until - self.due_now)
        return replace(self, due_now=until, extended_to=until, ladder=moved)

    def resumed(self, pause: Pause, done: Collection[int], calendar: Calendar) -> "Moments":
        """Return the moments after time stood still.

        A limit that had not run out has left what it had; one that had is as late as it was. Rungs not yet tried move
        with the due moment, or by the pause where that was past.
        """
        derivation = add_pause(self.derivation, pause, calendar)
        length = pause.until - pause.since
        if self.due_now < pause.since:
            return replace(self, derivation=derivation, ladder=later(self.ladder, done, length))
        due = self.due_now + length if self.extended_to else max(self.due_now, derivation.due)
        ladder = later(self.ladder, done, due - self.due_now)
        return Moments(derivation, due, due if self.extended_to else None, ladder)

    def ended_between(self, ended: datetime, reopened: datetime, done: Collection[int]) -> "Moments":
        """Return the moments of a duty that counted as ended for a while: the limit ran on, silence did not climb."""
        moved = [one if one.at < ended else shifted for one, shifted in self._beside(done, reopened - ended)]
        return replace(self, ladder=moved)

    def _beside(self, done: Collection[int], by: timedelta) -> Iterable[tuple[Planned, Planned]]:
        return zip(self.ladder, later(self.ladder, done, by), strict=True)


def later(ladder: Iterable[Planned], done: Collection[int], by: timedelta) -> list[Planned]:
    """Return the ladder with the rungs not yet tried so much later."""
    return [planned if planned.rung in done else replace(planned, at=planned.at + by) for planned in ladder]


def left(ladder: Iterable[Planned], done: Collection[int]) -> list[Planned]:
    """Return the rungs not yet tried, at their moments: what silence goes on climbing when a duty is passed on."""
    return [planned for planned in ladder if planned.rung not in done]


def taken_over(
    derivation: Derivation, due_now: datetime, *, at: datetime, least: Limit | None, hours: Hours, calendar: Calendar
) -> Derivation:
    """Return how the limit counts for a body that takes a duty over: what is left, or the least time from then.

    A duty that was extended keeps its extension as what is left.
    """
    if least is None:
        return derivation
    fresh = due_at(least, at, hours, calendar)
    return fresh if fresh.due > due_now else derivation
