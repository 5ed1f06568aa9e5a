"""What a duty asked for was done on a page of a higher folder: the duty ends with it, whoever recorded it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from arasha.kernel.access.rules import Actor
from arasha.obligations import policy, rules
from arasha.obligations.actions.holding import Why, end, next_state
from arasha.obligations.actions.meeting import meet
from arasha.obligations.actions.recording import recorded
from arasha.obligations.models import Obligation

DONE_ELSEWHERE = "done_elsewhere"


def settle(*, actor: Actor, obligation: UUID, answer: str, outcome: str, now: datetime) -> Obligation | None:
    """End a duty with what was recorded elsewhere, or whoever owes it by now; None: it is owed no more.

    The unit that owes it meets it with `answer` and `outcome`. Where another unit recorded it, or where there is no
    `outcome` because nothing was answered (it was withdrawn), the duty gives way.

    Raises:
        NotAllowed: the actor acts in no post and is not the system, or may not write what the file owes.
        OutcomeMissing: the procedure knows no such outcome.
    """
    if not policy.may_raise(actor):
        raise policy.NotAllowed
    with transaction.atomic():
        row = _standing(obligation)
        if row is None or rules.State(row.state) not in rules.OWED:
            return None
        if answer.strip() and policy.may_meet(actor, row):
            return meet(actor=actor, obligation=row.pk, answer=answer, outcome=outcome, now=now, elsewhere=True)
        if not policy.may_settle(actor, row):
            raise policy.NotAllowed
        row.state = next_state(row, rules.Event.SUPERSEDE)
        with recorded(actor, row, Why(rules.Said.SUPERSEDED, DONE_ELSEWHERE), now, told={row.unit_id}):
            end(row, now)
    return row


def _standing(obligation: UUID) -> Obligation | None:
    """Return the duty as it is owed now, locked: it may have been passed on."""
    rows = Obligation.objects.select_for_update(of=("self",))
    row = rows.filter(pk=obligation).first()
    while row is not None and row.replaced_by_id is not None:
        row = rows.filter(pk=row.replaced_by_id).first()
    return row
