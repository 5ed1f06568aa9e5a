"""Supervision: a session of two is planned, kept, moved or missed, and each of the two writes of it for both."""

from datetime import datetime, timedelta
from typing import cast
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from arasha.cases.queries import heads_of
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import body_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.workforce import policy, queries
from arasha.workforce.actions.errors import NotThere, SessionOver
from arasha.workforce.models import Reflection, Supervision
from arasha.workforce.rules import SessionSaid, check_words

# The clock reminds both so long before.
AHEAD = timedelta(days=1)


def plan_supervision(*, actor: Actor, said: SessionSaid, now: datetime, ticket: UUID | None = None) -> Supervision:
    """Plan a session with a colleague of the own unit or of the unit above, who is told; one `ticket` makes one.

    Raises NotAllowed: the actor is none of the two; NotThere: the other does not sit there; Faulty.
    """
    if not policy.may_supervise(actor, said.worker, said.supervisor):
        raise policy.NotAllowed
    if not {said.worker, said.supervisor} <= set(queries.partners(actor, now)):
        raise NotThere
    said.check(now)
    with transaction.atomic():
        pk = ticket or uuid4()
        if known := policy.sessions_of(actor).filter(pk=pk).first():
            return known
        row = Supervision(id=pk, unit_id=cast(int, actor.unit_id), starts_at=said.starts_at)
        row.worker_id, row.supervisor_id = said.worker, said.supervisor
        return _plan(actor, row, now)


def _plan(actor: Actor, row: Supervision, now: datetime) -> Supervision:
    row.made_at, row.made_by_id = now, cast(int, actor.user_id)
    with act(verb="plan_supervision", stream=body_stream(cast(int, actor.body_id)), now=now, codes=_codes(row)):
        row.save(force_insert=True)
        other = row.supervisor_id if row.worker_id == actor.user_id else row.worker_id
        notify(actor=actor, users=[other], code="supervision_planned", link=_link(row), now=now)
    return row


def settle_supervision(*, actor: Actor, session: UUID, state: str, now: datetime) -> Supervision:
    """Say that a session was kept or missed. Missed twice in a row, the head is told, unless one of the two.

    Raises NotThere; SessionOver: it was settled, or has not begun; ValueError for another state.
    """
    if state not in {"kept", "missed"}:
        raise ValueError(state)
    with transaction.atomic():
        row = own_session(actor, session)
        if row.starts_at > now:
            raise SessionOver
        with act(verb="settle_supervision", stream=body_stream(cast(int, actor.body_id)), now=now, codes=_codes(row)):
            row.state = state
            row.save(update_fields=["state"])
            if state == "missed" and queries.missed_twice(row):
                two = {row.worker_id, row.supervisor_id}
                posts = [post.pk for post in heads_of(row.unit_id, now) if post.holder_id not in two]
                if posts:
                    link = reverse("workforce:supervision")
                    notify(actor=actor, posts=posts, code="supervision_missed", link=link, now=now)
    return row


def move_supervision(*, actor: Actor, session: UUID, starts_at: datetime, now: datetime) -> Supervision:
    """Move a session that did not take place yet: it stays as moved, and another follows it. The other is told.

    Raises NotThere, SessionOver, Faulty.
    """
    with transaction.atomic():
        row = own_session(actor, session)
        SessionSaid(row.worker_id, row.supervisor_id, starts_at).check(now)
        with act(verb="move_supervision", stream=body_stream(cast(int, actor.body_id)), now=now, codes=_codes(row)):
            row.state = "moved"
            row.save(update_fields=["state"])
        new = Supervision(id=uuid4(), unit_id=row.unit_id, starts_at=starts_at, follows=row)
        new.worker_id, new.supervisor_id = row.worker_id, row.supervisor_id
        return _plan(actor, new, now)


@sensitive_variables()
def write_reflection(*, actor: Actor, session: UUID, words: str, now: datetime, ticket: UUID) -> Reflection:
    """Write of a session, sealed for its two people alone; it is never changed. One `ticket` makes one note.

    Raises NotThere, Faulty.
    """
    said = check_words(words)
    with transaction.atomic():
        row = policy.sessions_of(actor).filter(pk=session).first()
        if row is None:
            raise NotThere
        if known := Reflection.objects.filter(pk=ticket, session=row).first():
            return known
        note = Reflection(id=ticket, session=row, written_at=now, writer_id=cast(int, actor.user_id))
        with act(verb="write_reflection", stream=body_stream(cast(int, actor.body_id)), now=now, codes=_codes(row)):
            note.sealed = seal_text(said, row=str(note.pk), **queries.place_of_reflection(row.pk))
            note.save(force_insert=True)
    return note


def remind_supervision(*, actor: Actor, now: datetime) -> int:
    """As the clock, remind the two of a session a day before, once. Returns of how many sessions. Raises NotAllowed."""
    if not policy.may_care(actor):
        raise policy.NotAllowed
    due = Supervision.objects.filter(state="planned", reminded_at=None, starts_at__gt=now, starts_at__lte=now + AHEAD)
    rows = list(due.select_related("unit").order_by("starts_at", "id"))
    for row in rows:
        stream = body_stream(row.unit.body_id)
        with transaction.atomic(), act(verb="remind_supervision", stream=stream, now=now, codes=_codes(row)):
            row.reminded_at = now
            row.save(update_fields=["reminded_at"])
            two = [row.worker_id, row.supervisor_id]
            notify(actor=actor, users=two, code="supervision_tomorrow", link=_link(row), now=now)
    return len(rows)


def own_session(actor: Actor, session: UUID) -> Supervision:
    """Return a planned session of the actor's, locked. Raises NotThere, SessionOver."""
    row = policy.sessions_of(actor).select_for_update().filter(pk=session).first()
    if row is None:
        raise NotThere
    if row.state != "planned":
        raise SessionOver
    return row


def _codes(row: Supervision) -> dict[str, object]:
    return {"unit": row.unit_id, "session": str(row.pk)}


def _link(row: Supervision) -> str:
    return reverse("workforce:session", args=[row.pk])
