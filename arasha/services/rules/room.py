"""Whether there is room: what was said, whether it still holds, and the word for it."""

from dataclasses import dataclass
from datetime import date, timedelta

from arasha.services.rules.entries import EntryFaulty, Fault
from arasha.services.rules.lists import DATA, KNOWN
from arasha.ui.rules import CodeList

ROOM = CodeList(DATA / "room.csv")
ROOM_LIMITS = CodeList(DATA / "room_limits.csv")
MOST_PLACES = 10_000


@dataclass(frozen=True, kw_only=True)
class RoomWords:
    """What somebody says of an offering's room; `usually` of a protected one, the numbers of others."""

    places: int | None = None
    free: int | None = None
    usually: str = ""


def monday(day: date) -> date:
    """Return the first day of the day's week."""
    return day - timedelta(days=day.weekday())


def check_room(said: RoomWords, *, protected: bool) -> RoomWords:
    """Return what is said, as it can be kept. Raises EntryFaulty."""
    if protected:
        usually = said.usually or "unknown"
        if usually not in KNOWN or said.places is not None or said.free is not None:
            raise EntryFaulty([Fault("usually", "unknown")])
        return RoomWords(usually=usually)
    faults = [
        Fault(name, "room_range")
        for name, count in (("places", said.places), ("free", said.free))
        if count is not None and not 0 <= count <= MOST_PLACES
    ]
    if said.places is None and said.free is None:
        faults.append(Fault("places", "missing"))
    if said.usually:
        faults.append(Fault("usually", "unknown"))
    if said.places is not None and said.free is not None and said.free > said.places:
        faults.append(Fault("free", "room_range"))
    if faults:
        raise EntryFaulty(faults)
    return RoomWords(places=said.places, free=0 if said.places == 0 else said.free)


def room_state(*, places: int | None, free: int | None, usually: str, said_on: date, today: date) -> str:
    """Return the code of `room.csv` for what was said on a day, as it holds today."""
    limit = ROOM_LIMITS["fresh_protected" if usually else "fresh"].more["days"]
    if usually:
        # What was said counts from the end of its week, so that a change never shows on the day it was made.
        held = monday(today) - said_on <= timedelta(days=int(limit))
        return {"yes": "usually", "no": "usually_not"}.get(usually, "unknown") if held else "unknown"
    if places == 0:
        return "full"
    if free is None or today - said_on > timedelta(days=int(limit)):
        return "unknown"
    return "room" if free else "full"
