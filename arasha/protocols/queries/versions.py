"""Which procedures an event starts or continues, and what a version said."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from arasha.kernel.worktime.rules import local
from arasha.protocols import rules
from arasha.protocols.models import Decision, ProtocolVersion
from arasha.protocols.rules import standing

# Contents never change: what was read once is kept by the hash of its text. A process holds a few hundred at most.
_READ: dict[str, rules.Protocol] = {}
_MOST = 500


class VersionNotFound(LookupError):
    """There is no such version for this actor."""


@dataclass(frozen=True)
class Published:
    """A version with its number in the database, which obligations point to."""

    id: int
    protocol: rules.Protocol


def in_force(event: str, at: datetime) -> list[Published]:
    """Return the versions in force at the moment that this event may start, one of each procedure."""
    # All versions of each such procedure: a newer one that begins with another event ends the older one.
    codes = ProtocolVersion.objects.filter(event=event).values("code")
    rows = list(ProtocolVersion.objects.filter(code__in=codes).defer("content"))
    lives = lives_of(rows)
    standing_now = standing.standing_on((reach(row, lives[row.id]) for row in rows), local(at).date())
    numbers = {(found.code, found.number) for found in standing_now.values()}
    chosen = [row for row in rows if (row.code, row.number) in numbers and row.event == event]
    return [Published(row.id, content) for row, content in contents_of(chosen)]


def started_by(event: str, codes: Mapping[str, Any], at: datetime) -> list[Published]:
    """Return the versions in force that this event with these codes starts; raise their `steps_on(event, codes)`."""
    return [found for found in in_force(event, at) if rules.matches(found.protocol, event, codes)]


def continued_by(version_ids: Iterable[int], event: str, codes: Mapping[str, Any]) -> list[Published]:
    """Return those of the versions whose steps wait for this event with these codes; raise their `steps_on`.

    Give the versions that a file runs under: it keeps them, whatever is in force now. For `meet_obligation` the codes
    are `protocol` (the code of the procedure that the obligation is of), `step` and `outcome`.
    """
    rows = ProtocolVersion.objects.filter(pk__in=set(version_ids)).defer("content")
    found = [Published(row.id, content) for row, content in contents_of(list(rows))]
    waiting = [one for one in found if event != one.protocol.event]
    return [one for one in waiting if one.protocol.steps_on(event, codes)]


def bound_to_report(reporter: str, at: datetime) -> list[tuple[Published, rules.Bound]]:
    """Return who such a reporter must tell, by the procedures in force at the moment that a report may start."""
    published = in_force("report_signal", at)
    return [(found, bound) for found in published for bound in found.protocol.bound if bound.reporter == reporter]


def version(version_id: int) -> rules.Protocol:
    """Return one version's content. Raises ProtocolVersion.DoesNotExist."""
    return _read([ProtocolVersion.objects.get(pk=version_id)])[0]


def contents(version_ids: Iterable[int]) -> dict[int, rules.Protocol]:
    """Return the contents of several versions by id; for lists: their texts are long, and read once a process."""
    rows = ProtocolVersion.objects.filter(pk__in=set(version_ids)).defer("content")
    return {row.id: content for row, content in contents_of(list(rows))}


def contents_of(rows: Sequence[ProtocolVersion]) -> list[tuple[ProtocolVersion, rules.Protocol]]:
    """Return the rows with their contents, in order of code and number; texts read before are not read again."""
    known = {row.sha256: _READ.get(row.sha256) for row in rows}
    read = {digest: content for digest, content in known.items() if content is not None}
    missing = [row.id for row in rows if row.sha256 not in read]
    if missing:
        found = list(ProtocolVersion.objects.filter(pk__in=missing))
        read |= {row.sha256: content for row, content in zip(found, _read(found), strict=True)}
    return [(row, read[row.sha256]) for row in sorted(rows, key=lambda row: (row.code, row.number))]


def _read(rows: Sequence[ProtocolVersion]) -> list[rules.Protocol]:
    """Return the rows' contents, and keep them."""
    if len(_READ) > _MOST:
        _READ.clear()
    contents = [_READ.get(row.sha256) or rules.Protocol.from_content(row.content) for row in rows]
    _READ.update(zip((row.sha256 for row in rows), contents, strict=True))
    return contents


def lives_of(rows: Iterable[ProtocolVersion]) -> dict[int, standing.Life]:
    """Return where each version stands, by its id."""
    versions = list(rows)
    decided: dict[int, list[standing.Decided]] = defaultdict(list)
    for decision in decisions_of(versions):
        one = standing.Decided(standing.Kind(decision.kind), decision.day, decision.user_id)
        decided[decision.version_id].append(one)
    return {
        row.id: standing.life_of(
            declared=row.declared,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            author=row.author_id,
            decisions=decided[row.id],
        )
        for row in versions
    }


def decisions_of(rows: Iterable[ProtocolVersion]) -> QuerySet[Decision]:
    """Return the decisions about these versions, oldest first."""
    return Decision.objects.filter(version__in=[row.id for row in rows]).order_by("version", "place")


def reach(row: ProtocolVersion, life: standing.Life) -> standing.Reach:
    """Return a version's days."""
    return standing.Reach(row.code, row.number, life.begins, life.ends)
