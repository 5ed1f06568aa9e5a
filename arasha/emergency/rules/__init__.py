"""What is said of emergencies, and what can't stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from arasha.services.rules import CONDITIONS, LIFTABLE
from arasha.ui.rules import CodeList

DATA = Path(__file__).parents[1] / "data"
KINDS = CodeList(DATA / "kinds.csv")
STATES = CodeList(DATA / "states.csv")
LONGEST_DAYS: Final = 90
LONGEST: Final = 500


class Faulty(ValueError):
    """What was said can't stand: the field, and the code of what is wrong."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


def check_lifted(conditions: Iterable[str]) -> None:
    """Raise Faulty where something can't be lifted."""
    if not set(conditions) <= set(LIFTABLE):
        raise Faulty("lifted", "unknown")


def liftable() -> list[tuple[str, Any]]:
    """Return the conditions of services that an emergency may lift, as codes and words."""
    return [(code, words) for code, words in CONDITIONS.choices() if code in LIFTABLE]


@dataclass(frozen=True, slots=True)
class EmergencySaid:
    """Which emergency, in which territory, by which act, from which day to which, and which conditions it lifts."""

    territory: str
    kind: str
    ground: str
    first_on: date
    last_on: date
    lifted: tuple[str, ...] = ()

    def check(self, *, today: date) -> None:
        """Raise Faulty with the first thing that can't stand."""
        if self.kind not in KINDS:
            raise Faulty("kind", "unknown")
        if not self.ground.strip() or len(self.ground) > LONGEST or "\x00" in self.ground:
            raise Faulty("ground", "long" if self.ground.strip() else "empty")
        if not today - timedelta(days=LONGEST_DAYS) <= self.first_on <= today + timedelta(days=LONGEST_DAYS):
            raise Faulty("first_on", "far")
        if self.last_on < max(self.first_on, today):
            raise Faulty("last_on", "before")
        if self.last_on - self.first_on >= timedelta(days=LONGEST_DAYS):
            raise Faulty("last_on", "days")
        check_lifted(self.lifted)


@dataclass(frozen=True, slots=True)
class StandingSaid:
    """How a body works, until which day, and which unit stands in for it while it is closed."""

    unit: int
    state: str
    until: date
    instead: int | None = None

    def check(self, *, today: date, last_on: date) -> None:
        """Raise Faulty with the first thing that can't stand; `last_on`: the emergency's last day."""
        if self.state not in STATES:
            raise Faulty("state", "unknown")
        if not today <= self.until <= last_on:
            raise Faulty("until", "outside")
        if self.instead is not None and self.state != "closed":
            raise Faulty("instead", "not_closed")
        if self.instead == self.unit:
            raise Faulty("instead", "same")
