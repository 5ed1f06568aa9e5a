"""When silence climbs, and to whom: the rungs of a procedure dated for one obligation."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from arasha.kernel.worktime.rules import Calendar, Hours, due_at
from arasha.protocols.rules import Rung


@dataclass(frozen=True)
class Planned:
    """A rung and the moment at which silence reaches it. `function` is empty for the unit above the obliged one."""

    rung: int
    function: str
    at: datetime

    def to_json(self) -> dict[str, Any]:
        """Return codes that `from_json` understands."""
        return {"rung": self.rung, "function": self.function, "at": self.at.isoformat()}

    @classmethod
    def from_json(cls, codes: dict[str, Any]) -> "Planned":
        """Rebuild what `to_json` wrote."""
        return cls(codes["rung"], codes["function"], datetime.fromisoformat(codes["at"]))


def plan(ladder: Iterable[Rung], due: datetime, hours: Hours, calendar: Calendar) -> list[Planned]:
    """Date each rung: its delay counts from the due moment, by the hours of the body that owes."""
    return [
        Planned(rung.number, rung.function, due if rung.after is None else due_at(rung.after, due, hours, calendar).due)
        for rung in ladder
    ]


def next_check(ladder: Iterable[Planned], done: Collection[int], open_until: datetime | None) -> datetime | None:
    """Return when the sweeper must look again: at the next rung's moment, or when an open obligation falls due.

    `done` are the rungs of which something became already, `open_until` the due moment of one not yet overdue.
    None: the ladder is climbed to its top.
    """
    moments = [planned.at for planned in ladder if planned.rung not in done][:1]
    return min([*moments, *([open_until] if open_until else [])], default=None)


def due_rungs(ladder: Iterable[Planned], done: Collection[int], now: datetime) -> list[Planned]:
    """Return the rungs to try at this check, in order: empty while the next one still lies ahead.

    The first is the one whose moment has passed; those above follow it because a rung that is empty, unsafe or told
    before hands its turn to the next at once: silence must not last longer where a seat is vacant.
    """
    waiting = [planned for planned in ladder if planned.rung not in done]
    return waiting if waiting and waiting[0].at < now else []
