"""The dossier and its team. Each call stands inside an open act of the journal."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from arasha.kernel.access.actions.calling import call
from arasha.kernel.access.rules import Facet


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A unit's or a user's part in a dossier, to be. `reason` is a code."""

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


def add_limited(*, dossier: uuid.UUID, unit_id: int, facets: int, until: datetime, reason: str) -> uuid.UUID:
    """Let a unit read some facets alone (a mask) for a time; none is opened that a partner has not.

    "sharing" is a part of its own: it writes nothing, brings in nobody, and no barred body gets it.

    Raises `NotThere`, `Refused`: also without an end, and for any other reason.
    """
    value = call(
        "add_limited", dossier, unit_id, facets, until, reason, casts="%s::uuid, %s::integer, %s::bigint, %s, %s"
    )
    return uuid.UUID(str(value))


def end_member(*, member: uuid.UUID, reason: str) -> None:
    """End one part of the team: one's own, or as lead another's. Raises `NotThere`, `Refused`."""
    call("end_member", member, reason, casts="%s::uuid, %s")


def hand_over(*, dossier: uuid.UUID, to_unit: int, reason: str, keep: str | None = None) -> uuid.UUID:
    """Make another unit the lead; the present one loses its part unless it keeps a lesser one.

    `keep`: partner, overseeing, informed or None. Raises `NotThere`, `Refused`, `Conflict`.
    """
    value = call("hand_over", dossier, to_unit, reason, keep, casts="%s::uuid, %s::integer, %s, %s")
    return uuid.UUID(str(value))


def move_dossier(*, dossier: uuid.UUID, to_unit: int, territory: str, reason: str) -> uuid.UUID:
    """Let the dossier follow the child to another place: new lead, the old place's units leave the team."""
    value = call("move_dossier", dossier, to_unit, territory, reason, casts="%s::uuid, %s::integer, %s, %s")
    return uuid.UUID(str(value))


def close_dossier(*, dossier: uuid.UUID, now: datetime | None) -> None:
    """Close a dossier, or open it again (`now` None). The team stays."""
    call("close_dossier", dossier, now, casts="%s::uuid, %s::timestamptz")


def grant_facet(
    *,
    dossier: uuid.UUID,
    facet: Facet,
    until: datetime,
    reason: str,
    unit_id: int | None = None,
    user_id: int | None = None,
    writes: bool = False,
) -> uuid.UUID:
    """Open one sealed facet to one unit or user for a time; the lead grants, never to itself.

    Their function must allow the facet too. Raises `NotThere`, `Refused`.
    """
    value = call(
        "grant_facet",
        dossier,
        unit_id,
        user_id,
        int(facet),
        writes,
        until,
        reason,
        casts="%s::uuid, %s::integer, %s::integer, %s::smallint, %s::boolean, %s::timestamptz, %s",
    )
    return uuid.UUID(str(value))


def bar(*, dossier: uuid.UUID, reason: str, user_id: int | None = None, body_id: int | None = None) -> uuid.UUID:
    """Let the dossier not exist for a person, or for the staff of a body, past 24 months included.

    It beats every part, scope and broken glass from the next transaction on. Anybody on the team may bar
    themselves; the lead or an overseer bars others. Raises `NotThere`, `Refused`.
    """
    value = call("bar", dossier, user_id, body_id, reason, casts="%s::uuid, %s::integer, %s::integer, %s")
    return uuid.UUID(str(value))


def lift_bar(*, bar: uuid.UUID, reason: str) -> None:
    """End a bar. Raises `NotThere`, `Refused`."""
    call("lift_bar", bar, reason, casts="%s::uuid, %s")


def carry_bars(*, origin: uuid.UUID, target: uuid.UUID) -> None:
    """Let whoever is barred from one dossier be barred from the other, in which its work goes on. Raises `NotThere`."""
    call("carry_bars", origin, target, casts="%s::uuid, %s::uuid")
