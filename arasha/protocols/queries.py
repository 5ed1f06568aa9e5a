"""Which procedures an event starts, and what a version said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from arasha.kernel.worktime.rules import local
from arasha.protocols import rules
from arasha.protocols.models import ProtocolVersion


@dataclass(frozen=True)
class Published:
    """A version with its number in the database, which obligations point to."""

    id: int
    protocol: rules.Protocol


def in_force(event: str, at: datetime) -> list[Published]:
    """Return the versions in force at the moment that this event may start, one of each procedure."""
    # All versions of each such procedure: a newer one that begins with another event ends the older one.
    codes = ProtocolVersion.objects.filter(event=event).values("code")
    rows = ProtocolVersion.objects.filter(code__in=codes)
    published = {(row.code, row.number): Published(row.id, rules.Protocol.from_content(row.content)) for row in rows}
    versions = rules.in_force((found.protocol for found in published.values()), local(at).date())
    return [published[found.code, found.version] for found in versions if found.event == event]


def started_by(event: str, codes: Mapping[str, Any], at: datetime) -> list[Published]:
    """Return the versions in force that this event with these codes starts; raise their `steps_on(event, codes)`."""
    return [found for found in in_force(event, at) if rules.matches(found.protocol, event, codes)]


def continued_by(version_ids: Iterable[int], event: str, codes: Mapping[str, Any]) -> list[Published]:
    """Return those of the versions whose steps wait for this event with these codes; raise their `steps_on`.

    Give the versions that a file runs under: it keeps them, whatever is in force now. For `meet_obligation` the codes
    are `protocol` (the code of the procedure that the obligation is of), `step` and `outcome`.
    """
    rows = ProtocolVersion.objects.filter(pk__in=set(version_ids)).order_by("code", "number")
    found = [Published(row.id, rules.Protocol.from_content(row.content)) for row in rows]
    waiting = [one for one in found if event != one.protocol.event]
    return [one for one in waiting if one.protocol.steps_on(event, codes)]


def version(version_id: int) -> rules.Protocol:
    """Return one version's content. Raises ProtocolVersion.DoesNotExist."""
    return rules.Protocol.from_content(ProtocolVersion.objects.get(pk=version_id).content)
