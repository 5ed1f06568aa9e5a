"""Whether offerings have room, as staff may know it: of a protected one a word by the week, of others what was said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date
from arasha.services.models import RoomSaid
from arasha.services.rules import ROOM, room_state


@dataclass(frozen=True, kw_only=True)
class Room:
    """What counts of an offering's room. `state`: a code of `room.csv`; numbers are None where nobody said them."""

    places: int | None = None
    free: int | None = None
    usually: str = ""
    said_on: date | None = None
    state: str = "unknown"

    @property
    def tone(self) -> str:
        """The meaning by which its tag is coloured."""
        return ROOM[self.state].more["tone"]

    @property
    def has(self) -> bool | None:
        """Whether there is room; None where nobody knows."""
        return {"room": True, "usually": True, "full": False, "usually_not": False}.get(self.state)

    def label(self, language: str) -> str:
        """Return the word for it."""
        return ROOM[self.state].label(language)

    def facts(self, language: str) -> str:
        """Return the numbers with the day on which they were said, "" where there are none."""
        if self.said_on is None:
            return ""
        day = format_date(self.said_on, language)
        if self.usually:
            return _("said in the week of %(day)s") % {"day": day}
        if self.places is not None and self.free is not None:
            return _("%(free)s of %(places)s free, said on %(day)s") % {
                "free": self.free,
                "places": self.places,
                "day": day,
            }
        if self.free is not None:
            return _("%(free)s free, said on %(day)s") % {"free": self.free, "day": day}
        return _("%(places)s places, said on %(day)s") % {"places": self.places, "day": day}


UNSAID = Room()


def rooms(offerings: Iterable[UUID], *, now: datetime) -> dict[UUID, Room]:
    """Return the room of offerings for staff, across protection; what nobody said is missing. One query."""
    wanted = list(offerings)
    if not wanted:
        return {}
    today = local(now).date()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM services.room(%s::uuid[], %s)", [wanted, today])
        rows = cursor.fetchall()
    return {
        offering: Room(
            places=places,
            free=free,
            usually=usually,
            said_on=said_on,
            state=room_state(places=places, free=free, usually=usually, said_on=said_on, today=today),
        )
        for offering, places, free, usually, said_on in rows
    }


def room_last(offering: UUID) -> RoomSaid | None:
    """Return what was said last of an offering, for who keeps it or works there."""
    return RoomSaid.objects.filter(offering=offering).order_by("-number").first()
