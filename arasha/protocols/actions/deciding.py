"""What becomes of a version: reviewed or returned by a second person, put in force from a day, ended by two."""

from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from arasha.kernel.access.rules import Actor, Conflict
from arasha.kernel.journal.actions import act
from arasha.kernel.worktime.rules import local
from arasha.protocols import policy, queries
from arasha.protocols.actions.calling import call
from arasha.protocols.actions.drafting import STREAM
from arasha.protocols.models import ProtocolVersion
from arasha.protocols.rules import standing

VERBS = {
    standing.Kind.REVIEW: "review_protocol",
    standing.Kind.RETURN: "return_protocol",
    standing.Kind.WITHDRAW: "withdraw_protocol",
    standing.Kind.ADOPT: "adopt_protocol",
    standing.Kind.PROPOSE_END: "propose_protocol_end",
    standing.Kind.END: "end_protocol",
    standing.Kind.KEEP: "keep_protocol",
}


class DecidedMeanwhile(Exception):
    """Somebody else decided about the version while this was being written; nothing was changed."""


def decide(
    *,
    actor: Actor,
    version: int,
    kind: standing.Kind,
    now: datetime,
    day: date | None = None,
    reason: str = "",
    read_acts: bool = False,
) -> None:
    """Take one decision about a version; `day` is the first day of it, where the decision has one.

    The end is confirmed for the day that was proposed, unless that has come meanwhile.

    Raises:
        VersionNotFound: there is no such version for the actor.
        NotAllowed: such decisions are not the post's.
        DecisionForbidden: not about a version that stands so, not by this person, or not for this day.
        DecidedMeanwhile: somebody was faster.
    """
    row = policy.visible_to(actor).defer("content").filter(pk=version).first()
    if row is None:
        raise queries.VersionNotFound
    if not policy.may_decide(actor, kind) or actor.user_id is None:
        raise policy.NotAllowed
    life = queries.lives_of([row])[row.id]
    standing.check(life, kind, user=actor.user_id, today=local(now).date(), day=day, reason=reason)
    if kind is standing.Kind.ADOPT:
        _check_order(row, day)
    codes = {"protocol": row.code, "version": row.number, "day": day.isoformat() if day else None}
    values = (uuid4(), row.id, kind.value, day, reason.strip(), read_acts, len(life.decisions), now)
    try:
        with transaction.atomic(), act(verb=VERBS[kind], stream=STREAM, now=now, codes=codes):
            call("decide", *values)
    except Conflict as meanwhile:
        raise DecidedMeanwhile from meanwhile


def _check_order(row: ProtocolVersion, day: date | None) -> None:
    """Refuse a day that the text does not allow, or a number that another version has passed.

    The highest number that has begun is in force: an older number put in force later would never work.
    """
    if day is None or day < row.valid_from:
        raise standing.DecisionForbidden("day")
    others = list(ProtocolVersion.objects.filter(code=row.code, number__gt=row.number).defer("content"))
    if any(life.begins for life in queries.lives_of(others).values()):
        raise standing.DecisionForbidden("number")
