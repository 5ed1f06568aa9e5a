"""A leave is planned, called off or ended early, and the note of each case is written."""

import json
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.models import Unit
from arasha.kernel.access.queries import may_write
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import body_stream, dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local
from arasha.workforce import policy, queries
from arasha.workforce.actions.errors import LeaveOver, LeaveStands, NoteChanged, NotThere
from arasha.workforce.models import Handover, Leave
from arasha.workforce.rules import Faulty, LeaveSaid, NoteSaid


def plan_leave(*, actor: Actor, said: LeaveSaid, now: datetime, ticket: UUID | None = None) -> Leave:
    """Plan a leave of a worker of the own unit; sent twice with one `ticket` it is one. The substitute is told.

    Raises NotAllowed; NotThere: worker or substitute does not sit in the unit; Faulty, also where the substitute is
    away then; LeaveStands.
    """
    if not policy.may_plan(actor, said.worker, now):
        raise policy.NotAllowed
    unit = cast(int, actor.unit_id)
    if not {said.worker, said.substitute} <= set(queries.workers(Unit.objects.get(pk=unit), now)):
        raise NotThere
    said.check(local(now).date())
    row = Leave(id=ticket or uuid4(), unit_id=unit, made_at=now, first_on=said.first_on, last_on=said.last_on)
    row.worker_id, row.substitute_id, row.made_by_id = said.worker, said.substitute, cast(int, actor.user_id)
    codes = {"unit": unit, "leave": str(row.pk)}
    with transaction.atomic():
        if known := Leave.objects.filter(pk=row.pk, unit=unit).first():
            return known
        # The act holds the body's stream: of two who plan at once the second sees what the first planned.
        with act(verb="plan_leave", stream=body_stream(cast(int, actor.body_id)), now=now, codes=codes):
            if queries.away(said.worker, said.first_on, said.last_on):
                raise LeaveStands
            if queries.away(said.substitute, said.first_on, said.last_on):
                raise Faulty("substitute", "away")
            row.save(force_insert=True)
            link = reverse("workforce:leave", args=[row.pk])
            notify(actor=actor, users=[said.substitute], code="leave_substitute", link=link, now=now)
    return row


def end_leave(*, actor: Actor, leave: UUID, now: datetime) -> Leave:
    """Call a planned leave off; of one that runs, say that the worker is back: the clock gives the cases back.

    Raises NotThere, NotAllowed; LeaveOver.
    """
    with transaction.atomic():
        row = own_leave(actor, leave, now)
        runs = row.state == "running"
        codes = {"unit": row.unit_id, "leave": str(row.pk)}
        verb = "return_early" if runs else "call_off_leave"
        with act(verb=verb, stream=body_stream(cast(int, actor.body_id)), now=now, codes=codes):
            if runs:
                row.last_on = max(row.first_on, local(now).date() - timedelta(days=1))
            else:
                row.state = "cancelled"
            row.save(update_fields=["last_on", "state"])
    return row


@sensitive_variables()
def write_note(*, actor: Actor, leave: UUID, dossier: UUID, said: NoteSaid, seen: int, now: datetime) -> Handover:
    """Write what the substitute must know of one case, sealed in its file. `seen`: the revision that the page showed.

    Raises NotThere: no such leave, or no case of its worker that the actor may write in; NotAllowed; LeaveOver;
    NoteChanged; Faulty.
    """
    said.check()
    with transaction.atomic():
        row = own_leave(actor, leave, now)
        case = queries.case_of(actor, row, dossier)
        if case is None or not may_write(dossier, Facet.NARRATIVE):
            raise NotThere
        codes = {"facet": Facet.NARRATIVE, "unit": row.unit_id}
        with act(verb="write_handover", stream=dossier_stream(dossier), now=now, codes=codes):
            note = Handover.objects.select_for_update().filter(leave=row, dossier=dossier).first()
            if seen != (note.revision if note else 0):
                raise NoteChanged
            note = note or Handover(id=uuid4(), leave=row, dossier_id=dossier)
            note.revision, note.stays, note.written_by_id = seen + 1, said.stays, actor.user_id
            words = json.dumps({"due": said.due, "fears": said.fears, "never": said.never}, ensure_ascii=False)
            note.sealed = seal_text(words, row=str(note.pk), **queries.place(dossier))
            note.save()
    return note


def own_leave(actor: Actor, leave: UUID, now: datetime) -> Leave:
    """Return a leave that is not over and the actor's to arrange, locked. Raises NotThere, NotAllowed, LeaveOver."""
    row = policy.visible_to(actor).select_for_update().filter(pk=leave).first()
    if row is None:
        raise NotThere
    if not policy.may_plan(actor, row.worker_id, now):
        raise policy.NotAllowed
    if row.state not in {"planned", "running"}:
        raise LeaveOver
    return row
