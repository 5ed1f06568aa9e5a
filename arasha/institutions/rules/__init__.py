"""What an institution owes to have: a police unit that answers for it, and a safety team. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from arasha.ui.rules import CodeList

DATA: Final = Path(__file__).parents[1] / "data"
TEAM: Final = CodeList(DATA / "team.csv")
STANDINGS: Final = CodeList(DATA / "standings.csv")
# Of what units this is asked, and which answer for them (row P06: educational facilities; unverified).
INSTITUTIONS: Final = frozenset({"education_school"})
ANSWERING: Final = frozenset({"juvenile_inspection"})
# Fewer is no team.
LEAST: Final = 3
CONFIRMED: Final = timedelta(days=365)


class Faulty(ValueError):
    """What was said can't stand; `name` is the field."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, kw_only=True)
class ContactSaid:
    """Which police unit answers for an institution (None: nobody yet), and who sits in its safety team."""

    police: int | None
    team: Sequence[str]

    def check(self) -> None:
        """Raise Faulty: a seat of no list, a team of fewer than three, or nothing at all."""
        if any(code not in TEAM for code in self.team) or 0 < len(set(self.team)) < LEAST:
            raise Faulty("team")
        if self.police is None and not self.team:
            raise Faulty("police")


def standing(police: int | None, team: Sequence[str], at: datetime | None, now: datetime) -> str:
    """Return how an institution stands: the code of `data/standings.csv`."""
    if at is None or police is None:
        return "none"
    if not team:
        return "no_team"
    return "stale" if at <= now - CONFIRMED else "kept"
