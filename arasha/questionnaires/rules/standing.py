"""Where a version of a form stands, and which decision may follow: a table of transitions.

A draft is published by somebody who did not write it; a published version is withdrawn with a reason. Where another
published version takes its place, one person withdraws it. Where nothing would be left to fill in, one person asks for
it and another confirms.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What a version is. A published or withdrawn one is readable for ever."""

    DRAFT = "draft"
    DISCARDED = "discarded"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """What somebody decides about a version."""

    PUBLISH = "publish"
    DISCARD = "discard"
    RESTORE = "restore"
    ASK = "ask"
    KEEP = "keep"
    WITHDRAW = "withdraw"


KEPT = frozenset({State.PUBLISHED, State.WITHDRAWN})
BECOMES = {
    Kind.PUBLISH: State.PUBLISHED,
    Kind.DISCARD: State.DISCARDED,
    Kind.RESTORE: State.DRAFT,
    Kind.WITHDRAW: State.WITHDRAWN,
}
_FROM = {
    Kind.PUBLISH: State.DRAFT,
    Kind.DISCARD: State.DRAFT,
    Kind.RESTORE: State.DISCARDED,
    Kind.ASK: State.PUBLISHED,
    Kind.KEEP: State.PUBLISHED,
    Kind.WITHDRAW: State.PUBLISHED,
}
REASONED = frozenset({Kind.ASK, Kind.WITHDRAW})
LONGEST_REASON = 2000


class DecisionForbidden(ValueError):
    """Such a decision is not to be taken now, or not by this person; `reason` is a code.

    `state` not about a version that stands so, `author` one's own draft, `number` this or a higher number is published,
    `last` nothing would be left to fill in, so that it is asked for first, `asker` another person confirms, `reason` no
    reason was given, or a very long one.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Life:
    """What a decision depends on.

    `asked_by` is who asked for the withdrawal, None when nobody does; `highest` the highest number that was ever
    published of the form; `others` how many other versions of it are published now.
    """

    state: State
    number: int
    author: int | None
    asked_by: int | None = None
    highest: int = 0
    others: int = 0


def check(life: Life, kind: Kind, *, user: int, reason: str = "") -> None:
    """Raise DecisionForbidden when this person can't decide so about a version that stands so."""
    why = _obstacle(life, kind, user)
    if why:
        raise DecisionForbidden(why)
    if len(reason) > LONGEST_REASON or (kind in REASONED and not reason.strip() and life.asked_by is None):
        raise DecisionForbidden("reason")


def possible(life: Life, *, user: int) -> Collection[Kind]:
    """Return what this person may decide now, the weightiest first."""
    return [kind for kind in Kind if not _obstacle(life, kind, user)]


def _obstacle(life: Life, kind: Kind, user: int) -> str:
    """Return why not, the first reason that holds."""
    withdrawn_alone = kind is Kind.WITHDRAW and not life.others
    reasons = (
        ("state", life.state is not _FROM[kind]),
        ("author", kind is Kind.PUBLISH and life.author == user),
        ("number", kind in {Kind.PUBLISH, Kind.RESTORE} and life.number <= life.highest),
        ("state", kind is Kind.ASK and (life.asked_by is not None or life.others > 0)),
        ("state", kind is Kind.KEEP and life.asked_by is None),
        ("last", withdrawn_alone and life.asked_by is None),
        ("asker", withdrawn_alone and life.asked_by == user),
    )
    return next((why for why, holds in reasons if holds), "")
