"""What becomes of a version: published by a second person, put aside and taken up again, withdrawn with a reason."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from arasha.kernel.access.rules import Actor, Conflict
from arasha.kernel.journal.actions import act
from arasha.questionnaires import policy, queries
from arasha.questionnaires.actions.calling import STREAM, call
from arasha.questionnaires.rules import standing

VERBS = {
    standing.Kind.PUBLISH: "publish_form",
    standing.Kind.DISCARD: "discard_form",
    standing.Kind.RESTORE: "restore_form",
    standing.Kind.ASK: "ask_form_withdrawal",
    standing.Kind.KEEP: "keep_form",
    standing.Kind.WITHDRAW: "withdraw_form",
}


class DecidedMeanwhile(Exception):
    """Somebody else decided about the form while this was being decided; nothing was changed."""


def decide(*, actor: Actor, version: int, kind: standing.Kind, now: datetime, reason: str = "") -> None:
    """Take one decision about a version.

    Raises:
        VersionNotFound: there is no such version for the actor.
        NotAllowed: such decisions are not the post's.
        DecisionForbidden: not about a version that stands so, or not by this person.
        DecidedMeanwhile: somebody was faster.
    """
    row = policy.visible_to(actor).defer("source", "xform").filter(pk=version).first()
    if row is None:
        raise queries.VersionNotFound
    if not policy.may_publish(actor) or actor.user_id is None:
        raise policy.NotAllowed
    life, decided = queries.life_of(row)
    standing.check(life, kind, user=actor.user_id, reason=reason)
    codes = {"form": row.questionnaire_id, "version": row.number, "sha256": row.digest}
    values = (uuid4(), row.pk, kind.value, reason.strip(), decided, now)
    try:
        with transaction.atomic(), act(verb=VERBS[kind], stream=STREAM, now=now, codes=codes):
            call("decide", *values)
    except Conflict as meanwhile:
        raise DecidedMeanwhile from meanwhile
