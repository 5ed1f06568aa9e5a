"""Where a version stands: from a draft, by a second person's review, into force from a day, until it ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DECLARED = ("in_force", "draft")  # how a version begins: as its shipped file says; drafted here always as a draft


class Kind(StrEnum):
    """What may be decided about a version."""

    REVIEW = "review"
    RETURN = "return"
    WITHDRAW = "withdraw"
    ADOPT = "adopt"
    PROPOSE_END = "propose_end"
    END = "end"
    KEEP = "keep"


class Stage(StrEnum):
    """How far the deciding has come. Whether an adopted version is in force today is a matter of days, see `Life`."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    ADOPTED = "adopted"
    ENDING = "ending"
    ENDED = "ended"


class Force(StrEnum):
    """What a version means on a day."""

    NONE = "none"
    UPCOMING = "upcoming"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    ENDED = "ended"


class DecisionForbidden(Exception):
    """This can't be decided about a version that stands so, or not by this person, or not for this day.

    `reason` is one of: stage, author, alone, proposer, day, number, reason.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


TRANSITIONS = {
    (Stage.DRAFT, Kind.REVIEW): Stage.REVIEWED,
    (Stage.DRAFT, Kind.RETURN): Stage.RETURNED,
    (Stage.DRAFT, Kind.WITHDRAW): Stage.WITHDRAWN,
    (Stage.REVIEWED, Kind.RETURN): Stage.RETURNED,
    (Stage.REVIEWED, Kind.WITHDRAW): Stage.WITHDRAWN,
    (Stage.REVIEWED, Kind.ADOPT): Stage.ADOPTED,
    (Stage.ADOPTED, Kind.WITHDRAW): Stage.WITHDRAWN,  # only before its first day
    (Stage.ADOPTED, Kind.PROPOSE_END): Stage.ENDING,
    (Stage.ENDING, Kind.END): Stage.ENDED,
    (Stage.ENDING, Kind.KEEP): Stage.ADOPTED,
}
DATED = frozenset({Kind.ADOPT, Kind.PROPOSE_END, Kind.END})
REASONED = frozenset({Kind.RETURN, Kind.PROPOSE_END, Kind.KEEP})


@dataclass(frozen=True)
class Decided:
    """One decision: what, from which day, by whom."""

    kind: Kind
    day: date | None
    user: int


@dataclass(frozen=True)
class Life:
    """How far a version has come, and its first day in force and its first day without force, as far as decided."""

    stage: Stage
    begins: date | None
    ends: date | None
    author: int | None
    decisions: tuple[Decided, ...] = ()

    def last(self, kind: Kind) -> Decided | None:
        """Return the latest decision of a kind."""
        return next((one for one in reversed(self.decisions) if one.kind is kind), None)


def life_of(
    *, declared: str, valid_from: date, valid_to: date | None, author: int | None, decisions: Sequence[Decided]
) -> Life:
    """Return where a version stands after its decisions, oldest first."""
    stage = Stage.ADOPTED if declared == DECLARED[0] else Stage.DRAFT
    begins = valid_from if declared == DECLARED[0] else None
    ends = valid_to
    for decided in decisions:
        stage = TRANSITIONS[stage, decided.kind]
        if decided.kind is Kind.ADOPT:
            begins = decided.day
        elif decided.kind is Kind.WITHDRAW:
            begins = None
        elif decided.kind is Kind.END and decided.day:
            ends = min(decided.day, ends) if ends else decided.day
    return Life(stage, begins, ends, author, tuple(decisions))


def check(life: Life, kind: Kind, *, user: int, today: date, day: date | None = None, reason: str = "") -> None:
    """Refuse a decision that this person may not take about this version today.

    Nobody decides alone: who wrote a text does not review it, a text comes into force only when two people at least
    have had it in hand, and who proposes the end does not confirm it. Nothing works backwards: the first day lies
    ahead.

    Raises:
        DecisionForbidden: `reason` says why.
    """
    if (life.stage, kind) not in TRANSITIONS:
        raise DecisionForbidden("stage")
    if kind in {Kind.REVIEW, Kind.RETURN} and user == life.author:
        raise DecisionForbidden("author")
    if kind is Kind.ADOPT and len(_hands(life) | {user}) < 2:
        raise DecisionForbidden("alone")
    proposed = life.last(Kind.PROPOSE_END)
    if kind is Kind.END and proposed and proposed.user == user:
        raise DecisionForbidden("proposer")
    if kind is Kind.WITHDRAW and life.stage is Stage.ADOPTED and (life.begins is None or life.begins <= today):
        raise DecisionForbidden("stage")
    if kind in DATED and (day is None or day <= today or (life.ends is not None and day >= life.ends)):
        raise DecisionForbidden("day")
    if kind in REASONED and not reason.strip():
        raise DecisionForbidden("reason")


def possible(life: Life, *, user: int, today: date) -> list[Kind]:
    """Return what this person may decide now, the day and the reason left open."""
    far = today + timedelta(days=1)
    found = []
    for stage, kind in TRANSITIONS:
        if stage is life.stage:
            try:
                check(life, kind, user=user, today=today, day=far, reason="given")
            except DecisionForbidden as refused:
                if refused.reason != "day":
                    continue
            found.append(kind)
    return found


def _hands(life: Life) -> set[int]:
    """Return who had the text in hand: its author and who reviewed it."""
    reviewers = {decided.user for decided in life.decisions if decided.kind is Kind.REVIEW}
    return reviewers | ({life.author} if life.author is not None else set())


@dataclass(frozen=True)
class Reach:
    """A version and its days: what decides which one of a procedure is in force."""

    code: str
    number: int
    begins: date | None
    ends: date | None


def standing_on(versions: Iterable[Reach], day: date) -> dict[str, Reach]:
    """Return one version of each procedure: the highest number that has begun, if it has not ended by the day.

    A version that has ended does not let an older one come back.
    """
    begun: dict[str, Reach] = {}
    for version in versions:
        known = begun.get(version.code)
        if version.begins and version.begins <= day and (known is None or version.number > known.number):
            begun[version.code] = version
    return {code: found for code, found in sorted(begun.items()) if found.ends is None or day < found.ends}


def force_on(version: Reach, others: Iterable[Reach], day: date) -> Force:
    """Say what a version means on a day, among the versions of its procedure."""
    if version.begins is None:
        return Force.NONE
    if day < version.begins:
        return Force.UPCOMING
    if any(other.number > version.number and other.begins and other.begins <= day for other in others):
        return Force.REPLACED
    return Force.ENDED if version.ends is not None and day >= version.ends else Force.IN_FORCE
