"""The dossier and its team."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from arasha.kernel.access.actions.calling import call


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A unit's or a user's part in a dossier, to be."""

    part: str
    unit_id: int | None = None
    user_id: int | None = None
    until: datetime | None = None
    reason: str = ""

    def as_json(self) -> dict[str, object]:
        """Return the form that the database takes."""
        until = self.until.isoformat() if self.until else None
        return {"part": self.part, "unit": self.unit_id, "user": self.user_id, "until": until, "reason": self.reason}


def open_dossier(
    *, dossier: uuid.UUID, kind: str, territory: str, members: Iterable[TeamMember], now: datetime
) -> uuid.UUID:
    """Open a dossier with its first team; whoever acts need not be on it.

    Until the transaction ends, content may be inserted into it. Raises `Refused`.
    """
    team = json.dumps([member.as_json() for member in members])
    call("open_dossier", dossier, kind, territory, team, now, casts="%s::uuid, %s, %s, %s::jsonb, %s::timestamptz")
    return dossier


def add_member(*, dossier: uuid.UUID, member: TeamMember) -> uuid.UUID:
    """Give a unit or a user a part; the same part again prolongs it. Raises `NotThere`, `Refused`."""
    value = call(
        "add_member",
        dossier,
        member.unit_id,
        member.user_id,
        member.part,
        member.until,
        member.reason,
        casts="%s::uuid, %s::integer, %s::integer, %s, %s::timestamptz, %s",
    )
    return uuid.UUID(str(value))
