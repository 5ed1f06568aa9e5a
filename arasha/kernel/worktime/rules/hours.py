"""When a body's door is open: the same hours each working day, or round the clock."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from arasha.kernel.worktime.rules.calendar import Calendar
from arasha.kernel.worktime.rules.zone import LAST_SECOND, at


class HoursInvalid(ValueError):
    """Opening is not before closing. A unit on duty at night works round the clock."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening and closing time on the country's clock; a unit round the clock works every day of the year."""

    opens: time = time(9)
    closes: time = time(18)
    around_the_clock: bool = False

    def __post_init__(self) -> None:
        if not self.around_the_clock and self.opens >= self.closes:
            raise HoursInvalid(f"opens at {self.opens:%H:%M}, which is not before {self.closes:%H:%M}")

    def works(self, day: date, calendar: Calendar) -> bool:
        """Say whether somebody is at work on this day."""
        return self.around_the_clock or calendar.works(day)

    def window(self, day: date) -> tuple[datetime, datetime]:
        """Return opening and closing of a day that is worked (never used round the clock)."""
        return at(day, self.opens), at(day, self.closes)

    def end(self, day: date, *, closed: bool = False) -> datetime:
        """Return when the day ends: at closing time, or with its last second for a body that does not close.

        `closed` ends a day at midnight although the body does not work then.
        """
        return at(day, LAST_SECOND if self.around_the_clock or closed else self.closes)

    def to_json(self) -> dict[str, Any]:
        """Return codes that `from_json` understands."""
        if self.around_the_clock:
            return {"around_the_clock": True}
        return {"opens": f"{self.opens:%H:%M}", "closes": f"{self.closes:%H:%M}"}

    @classmethod
    def from_json(cls, codes: dict[str, Any]) -> "Hours":
        """Read hours from codes. Raises HoursInvalid."""
        if codes.get("around_the_clock"):
            return AROUND_THE_CLOCK
        return cls(time.fromisoformat(codes["opens"]), time.fromisoformat(codes["closes"]))


AROUND_THE_CLOCK = Hours(around_the_clock=True)
