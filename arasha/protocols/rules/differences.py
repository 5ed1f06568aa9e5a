"""What differs between two versions of a procedure: part by part, not line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from arasha.protocols.rules.content import Protocol, Step


class Field(StrEnum):
    """A part that may differ; the names are what pages find its words by."""

    TITLE = "title"
    NAME = "name"
    VALIDITY = "validity"
    VERIFIED = "verified"
    SOURCE = "source"
    START = "start"
    BOUND = "bound"
    LADDER = "ladder"
    LADDER_BASIS = "ladder_basis"
    SUBSTITUTES = "substitutes"
    TAKEOVER = "takeover"
    ADDED = "added"
    REMOVED = "removed"
    PLACE = "place"
    OWNER = "owner"
    RAISED = "raised"
    CONDITIONS = "conditions"
    WHAT = "what"
    ACT = "act"
    LIMIT = "limit"
    FROM = "from"
    NOTICE = "notice"
    OUTCOMES = "outcomes"
    EVIDENCE = "evidence"
    BASIS = "basis"
    BLOCKS = "blocks"
    REQUIRES = "requires"
    SILENCE = "silence"


@dataclass(frozen=True)
class Difference:
    """One part that differs: of which step (None: of the procedure as a whole), and the step in either version."""

    field: Field
    key: str | None
    before: Step | None
    after: Step | None


def differences(old: Protocol, new: Protocol) -> list[Difference]:
    """Return what differs, the procedure's own parts first, then the steps in the order of the newer version."""
    whole = [
        Difference(field, None, None, None) for field, before in _whole(old).items() if before != _whole(new)[field]
    ]
    return [*whole, *_steps(old, new)]


def _steps(old: Protocol, new: Protocol) -> Iterator[Difference]:
    earlier = {step.key: step for step in old.steps}
    later = {step.key: step for step in new.steps}
    moved = [key for key in later if key in earlier] != [key for key in earlier if key in later]
    for key, after in later.items():
        before = earlier.get(key)
        if before is None:
            yield Difference(Field.ADDED, key, None, after)
            continue
        for field, value in _parts(before).items():
            if value != _parts(after)[field]:
                yield Difference(field, key, before, after)
    for key, before in earlier.items():
        if key not in later:
            yield Difference(Field.REMOVED, key, before, None)
    if moved:
        yield Difference(Field.PLACE, None, None, None)


def _whole(protocol: Protocol) -> dict[Field, Any]:
    return {
        Field.TITLE: protocol.title,
        Field.NAME: protocol.name,
        Field.VALIDITY: (protocol.valid_from, protocol.valid_to),
        Field.VERIFIED: protocol.verified_by,
        Field.SOURCE: protocol.source,
        Field.START: protocol.trigger,
        Field.BOUND: protocol.bound,
        Field.LADDER: protocol.ladder,
        Field.LADDER_BASIS: protocol.ladder_basis,
        Field.SUBSTITUTES: protocol.substitutes,
        Field.TAKEOVER: protocol.takeover,
    }


def _parts(step: Step) -> dict[Field, Any]:
    return {
        Field.OWNER: (step.body, step.function, step.place),
        Field.RAISED: step.on,
        Field.CONDITIONS: step.conditions,
        Field.WHAT: step.what,
        Field.ACT: step.act,
        Field.LIMIT: (step.limit, step.day_named),
        Field.FROM: step.counts_from,
        Field.NOTICE: step.notice,
        Field.OUTCOMES: step.outcomes,
        Field.EVIDENCE: step.evidence,
        Field.BASIS: step.basis,
        Field.BLOCKS: step.blocks,
        Field.REQUIRES: step.requires,
        Field.SILENCE: step.ladder,
    }
