"""Which procedures an event starts, and what a version said."""

from collections.abc import Mapping
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
    """Return the versions in force that this event with these codes starts."""
    return [found for found in in_force(event, at) if rules.matches(found.protocol, event, codes)]


def version(version_id: int) -> rules.Protocol:
    """Return one version's content. Raises ProtocolVersion.DoesNotExist."""
    return rules.Protocol.from_content(ProtocolVersion.objects.get(pk=version_id).content)
