"""What is said of a leave and of a case that is handed over. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

LONGEST_LEAVE = timedelta(days=366)
# A leave is planned at most so long before it begins.
LONGEST_AHEAD = timedelta(days=366)
LONGEST = 2000
# Fewer people than this are not counted apart.
FEWEST = 5


class Faulty(ValueError):
    """What was said can't stand: which field, and why in a code."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


@dataclass(frozen=True, slots=True)
class LeaveSaid:
    """From which day to which, both included, and who stands in (a user)."""

    worker: int
    substitute: int
    first_on: date
    last_on: date

    def check(self, today: date) -> None:
        """Raise Faulty: in the past, ending before it begins, longer than a year, or standing in for oneself."""
        if self.first_on < today:
            raise Faulty("first_on", "past")
        if self.first_on > today + LONGEST_AHEAD:
            raise Faulty("first_on", "far")
        if self.last_on < self.first_on:
            raise Faulty("last_on", "before")
        if self.last_on - self.first_on > LONGEST_LEAVE:
            raise Faulty("last_on", "far")
        if self.worker == self.substitute:
            raise Faulty("substitute", "same")


@dataclass(frozen=True, slots=True)
class NoteSaid:
    """What the substitute must know of one case; each may be empty."""

    due: str = ""
    fears: str = ""
    never: str = ""
    stays: bool = False

    def check(self) -> None:
        """Raise Faulty where something is too long."""
        for field in ("due", "fears", "never"):
            if len(getattr(self, field)) > LONGEST:
                raise Faulty(field, "long")


@dataclass(frozen=True, slots=True)
class SessionSaid:
    """Who is supervised by whom (users), and when."""

    worker: int
    supervisor: int
    starts_at: datetime

    def check(self, now: datetime) -> None:
        """Raise Faulty: in the past, more than a year ahead, or of one person."""
        if self.starts_at <= now:
            raise Faulty("day", "past_moment")
        if self.starts_at > now + LONGEST_AHEAD:
            raise Faulty("day", "far")
        if self.worker == self.supervisor:
            raise Faulty("other", "alone")


def check_words(words: str) -> str:
    """Return what was written without empty edges. Raises Faulty where that is nothing or too long."""
    said = words.strip()
    if not said:
        raise Faulty("words", "empty")
    if len(said) > LONGEST:
        raise Faulty("words", "long")
    return said


def hidden(count: int) -> str:
    """Return a count as pages show it: from one to four as "", so that nobody is found through it."""
    return "" if 0 < count < FEWEST else str(count)
