"""What a second person says to a proposal, and what the clock does with those that nobody answered."""

import uuid
from contextlib import AbstractContextManager
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from arasha.administration.actions.calling import call
from arasha.administration.actions.days import CALENDAR
from arasha.administration.actions.structure import require_free, stream_of
from arasha.administration.actions.telling import tell_person
from arasha.administration.models import Proposal
from arasha.administration.policy import require_administration
from arasha.administration.rules.proposals import Kind, State
from arasha.administration.rules.structure import Step
from arasha.kernel.access.rules import Actor, NotThere
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.rules import Stream, configuration_stream


def confirm(*, actor: Actor, now: datetime, proposal: uuid.UUID) -> str:
    """Confirm what another administrator proposed; returns the state: done, planned for its day, or failed.

    Raises NotThere, Refused (one's own proposal, seat or unit), Conflict (decided before, or expired), StillPointed
    when work came to rest on a unit that was to end.
    """
    require_administration(actor)
    found = _find(proposal)
    if found.kind == Kind.STRUCTURE:
        require_free([Step.from_json(step) for step in found.steps or []], now)
    with transaction.atomic():
        with _act("confirm_proposal", found, now):
            state = str(call("confirm", proposal, casts="%s::uuid"))
        tell_person(actor=actor, user_id=found.proposed_by_id, code=_told(found), now=now)
    return state


def refuse(*, actor: Actor, now: datetime, proposal: uuid.UUID) -> None:
    """Refuse what another administrator proposed. Raises NotThere, Refused, Conflict."""
    require_administration(actor)
    found = _find(proposal)
    with transaction.atomic():
        with _act("refuse_proposal", found, now):
            call("refuse", proposal, casts="%s::uuid")
        tell_person(actor=actor, user_id=found.proposed_by_id, code=_told(found), now=now)


def withdraw(*, actor: Actor, now: datetime, proposal: uuid.UUID) -> None:
    """Take one's own proposal back, or call off a planned seat. Raises NotThere, Refused, Conflict."""
    require_administration(actor)
    found = _find(proposal)
    with transaction.atomic(), _act("withdraw_proposal", found, now):
        call("withdraw", proposal, casts="%s::uuid")


def settle_proposals(*, actor: Actor, now: datetime, limit: int = 200) -> int:
    """Let proposals expire and planned seats begin on their day; returns how many. System work, each in its act."""
    pending = Q(state=State.PENDING, expires_at__lte=now)
    planned = Q(state=State.PLANNED, since__lte=now)
    due = list(Proposal.objects.filter(pending | planned).order_by("expires_at", "pk")[:limit])
    for found in due:
        verb = "expire_proposal" if found.state == State.PENDING else "begin_seat"
        with transaction.atomic(), _act(verb, found, now):
            call("settle", found.pk, casts="%s::uuid")
    return len(due)


def _find(proposal: uuid.UUID) -> Proposal:
    found = Proposal.objects.select_related("unit").filter(pk=proposal).first()
    if found is None:
        raise NotThere
    return found


def _told(found: Proposal) -> str:
    return {Kind.STRUCTURE.value: "structure_decided", Kind.CALENDAR.value: "calendar_decided"}.get(
        found.kind, "rights_decided"
    )


def _act(verb: str, found: Proposal, now: datetime) -> AbstractContextManager[object]:
    streams = {Kind.CHANGE_CELL.value: configuration_stream("facets"), Kind.CALENDAR.value: CALENDAR}
    stream: Stream = streams.get(found.kind) or stream_of(found.unit)
    return journal.act(verb=verb, stream=stream, now=now, codes={"proposal": found.pk, "kind": found.kind})
