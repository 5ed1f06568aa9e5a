"""The provider says what it changed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import body_stream
from arasha.participation import policy, queries
from arasha.participation.models import Reply

LONGEST = 1500


class CannotReply(LookupError):
    """Nothing that was told waits for this actor's answer: not theirs, not told, or answered already."""


class NothingSaid(ValueError):
    """The answer has no words in Kazakh or none in Russian, or is too long."""


def reply(*, actor: Actor, offering: UUID, round_id: UUID, words: Sequence[str], now: datetime) -> None:
    """Answer what was told of an own offering, in kk, ru and (if there is one) en; it can't be changed afterwards.

    Raises CannotReply, NothingSaid.
    """
    kk, ru, en = (" ".join(one.split()) for one in words)
    found = policy.own(actor).filter(pk=offering, protected=False).first()
    told = {one.round: one for one in queries.told(offering)} if found else {}
    if found is None or actor.unit_id is None or actor.body_id is None or round_id not in told or told[round_id].words:
        raise CannotReply
    if not kk or not ru or max(map(len, (kk, ru, en))) > LONGEST:
        raise NothingSaid
    row = Reply(id=uuid4(), round_id=round_id, offering=found, unit_id=actor.unit_id, words=[kk, ru, en], said_at=now)
    codes = {"round": str(round_id)}
    try:
        with transaction.atomic(), act(verb="reply_feedback", stream=body_stream(actor.body_id), now=now, codes=codes):
            row.save(force_insert=True)
    except IntegrityError as twice:
        raise CannotReply from twice
