"""How long somebody has: an amount of one of five units."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

TEN_YEARS = {"clock_minutes": 5_260_000, "clock_hours": 87_700, "working_hours": 21_000, "working_days": 2_600}
MOST_CALENDAR_DAYS = 3_660


class Unit(StrEnum):
    """What a limit is counted in. The codes stand in procedures and in stored derivations."""

    CLOCK_MINUTES = "clock_minutes"
    CLOCK_HOURS = "clock_hours"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


class LimitInvalid(ValueError):
    """The limit is not a whole amount from 1 to about ten years, or its unit is unknown."""


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount and its unit.

    `day_off_stands` matters for calendar days only: when the last one is a day off, the limit ends on the next day
    that the body works (the general rule of Kazakhstan's law), unless the procedure says that the day stands.
    """

    amount: int
    unit: Unit
    day_off_stands: bool = False

    def __post_init__(self) -> None:
        most = TEN_YEARS.get(self.unit, MOST_CALENDAR_DAYS)
        if isinstance(self.amount, bool) or not isinstance(self.amount, int) or not 1 <= self.amount <= most:
            raise LimitInvalid(f"a limit is a whole number from 1 to {most} {self.unit}")
        if not isinstance(self.unit, Unit):
            raise LimitInvalid(f"unknown unit; one of {', '.join(Unit)}")

    def to_json(self) -> dict[str, Any]:
        """Return codes that `from_json` understands."""
        codes: dict[str, Any] = {"amount": self.amount, "unit": self.unit.value}
        if self.day_off_stands:
            codes["day_off_stands"] = True
        return codes

    @classmethod
    def from_json(cls, codes: dict[str, Any]) -> "Limit":
        """Read a limit from codes, as stored or as a procedure writes it. Raises LimitInvalid."""
        unknown = set(codes) - {"amount", "unit", "day_off_stands"}
        if unknown:
            raise LimitInvalid(f"unknown in a limit: {', '.join(sorted(unknown))}")
        try:
            return cls(codes["amount"], Unit(codes["unit"]), bool(codes.get("day_off_stands", False)))
        except (KeyError, ValueError) as problem:
            if isinstance(problem, LimitInvalid):
                raise
            raise LimitInvalid(f"a limit needs an amount and a unit, one of {', '.join(Unit)}") from problem
