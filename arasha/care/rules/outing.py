"""How long somebody may be alone somewhere, and whom their silence reaches when. Nobody has verified the minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from arasha.care.rules.lists import DATA
from arasha.care.rules.said import Faulty
from arasha.ui.rules import CodeList

PLACES: Final = CodeList(DATA / "outing_places.csv")
MINUTES: Final = CodeList(DATA / "outing_minutes.csv")
# In their order: whom silence reaches, one after the other.
RUNGS: Final = ("unit", "district", "police")


def minutes(code: str) -> timedelta:
    """Return one of the lengths of the list."""
    return timedelta(minutes=int(MINUTES[code].more["minutes"]))


def lengths() -> list[int]:
    """Return how many minutes one may say at the beginning: each quarter of an hour up to the longest."""
    step, most = (int(MINUTES[code].more["minutes"]) for code in ("quarter", "longest"))
    return list(range(step, most + 1, step))


@dataclass(frozen=True, kw_only=True)
class OutingSaid:
    """What somebody says who goes alone: what kind of place, and for how many minutes."""

    place: str
    minutes: int

    def check(self) -> None:
        """Raise Faulty for what can't be."""
        faults = [] if self.place in PLACES else [("place", "choose")]
        if self.minutes not in lengths():
            faults.append(("minutes", "choose"))
        if faults:
            raise Faulty(*faults)


def reached(expected: datetime, now: datetime) -> list[str]:
    """Return whom the silence of somebody must have reached by now, in the order of RUNGS."""
    return [rung for rung in RUNGS if now >= expected + minutes(rung)]


def lapsed(expected: datetime, now: datetime) -> bool:
    """Say whether an entry is so old that it ends by itself."""
    return now >= expected + minutes("lapse")
