"""A request is taken down, matched to a file by the coordination, or ends without one."""

import json
from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases.models import Case
from arasha.kernel.access.models import Unit
from arasha.kernel.access.queries import may_write, reads_plan
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import body_stream, dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local
from arasha.people.queries import people_of
from arasha.releases import policy, queries, rules
from arasha.releases.actions.answering import noted, owed, stop
from arasha.releases.actions.errors import AlreadyAnswered, NotThere
from arasha.releases.models import FileRequest, Release
from arasha.releases.rules import Asked


@sensitive_variables()
def take_down(*, actor: Actor, said: Asked, now: datetime, ticket: UUID | None = None) -> UUID:
    """Take a request down for the coordination that serves the actor's place; returns its id.

    Nothing is looked up: whether there is such a child or file changes nothing that is done, shown or counted. Sent
    twice with one `ticket`, it is taken down once. Raises NotAllowed; Faulty; NotThere: nobody coordinates here.
    """
    said.check(local(now).date())
    if not policy.may_take(actor):
        raise policy.NotAllowed
    own = Unit.objects.get(pk=cast(int, actor.unit_id))
    unit = queries.answering(own.territory_id, now)
    if unit is None:
        raise NotThere
    row = _row(actor, said, unit, now, ticket or uuid4())
    codes = {"unit": unit.pk, "request": str(row.pk)}
    with transaction.atomic():
        # Whoever takes requests down reads none again: the database itself says whether this one was sent before.
        stream = body_stream(cast(int, actor.body_id))
        with act(verb="take_file_request", stream=stream, now=now, codes=codes):
            sent = FileRequest.objects.bulk_create([row], ignore_conflicts=True)
        link = queries.link(row.pk)
        notify(actor=actor, units=[unit.pk], code="file_requested", link=link, dossier=None, now=now)
    return sent[0].pk


def match(
    *, actor: Actor, request: UUID, dossier: UUID, now: datetime, person: UUID | None = None, doubt: bool = False
) -> Release:
    """Say to which file a request belongs, and who of the file asks, or for whom they ask.

    Where something stands alleged against that person, where the file is closed to them, or with `doubt`, nothing is
    given: the release stops at once, the child's safety is to be judged again, who leads and who coordinates are told.

    Raises NotThere; AlreadyAnswered.
    """
    with transaction.atomic():
        row = _taken(actor, request)
        case = Case.objects.filter(dossier=dossier).first()
        if case is None or not (may_write(dossier, Facet.OBLIGATIONS) and reads_plan(dossier)):
            raise NotThere
        if person is not None and person not in {one.pk for one in people_of(actor, dossier)}:
            raise NotThere
        release = Release(id=uuid4(), request=row, dossier_id=dossier, person_id=person, doubt=doubt, matched_at=now)
        codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id}
        with act(verb="match_file_request", stream=dossier_stream(dossier), now=now, codes=codes):
            release.save(force_insert=True)
        if doubt or queries.in_danger(dossier, person, row.applicant):
            stop(actor, release, now)
        else:
            owed(actor, release, "match_file_request", now)
    return release


def end_unmatched(*, actor: Actor, request: UUID, state: str, now: datetime) -> FileRequest:
    """End a request without a file: `no_file`, or `withdrawn`. Raises NotThere; AlreadyAnswered; ValueError."""
    if state not in ("no_file", "withdrawn"):
        raise ValueError(state)
    with transaction.atomic():
        row = _taken(actor, request)
        codes = {"unit": row.unit_id, "request": str(row.pk)}
        stream = body_stream(cast(int, actor.body_id))
        with act(verb="end_file_request", stream=stream, now=now, codes=codes):
            row.state, row.ended_at = state, now
            row.save(update_fields=["state", "ended_at"])
    return row


def withdraw(*, actor: Actor, request: UUID, now: datetime) -> Release:
    """Write down that whoever asked takes the request back, before anything was handed over.

    Raises NotThere; AlreadyAnswered.
    """
    with transaction.atomic():
        row = Release.objects.select_for_update(of=("self",)).filter(request=request).first()
        if row is None or not policy.may_propose(actor, row):
            raise NotThere
        if row.state not in queries.OPEN:
            raise AlreadyAnswered
        row.state, row.ended_at = "withdrawn", now
        noted(actor, row, "withdraw_file_request", now)
    return row


def _taken(actor: Actor, request: UUID) -> FileRequest:
    row = FileRequest.objects.select_for_update(of=("self",)).filter(pk=request).first()
    if row is None or not policy.may_answer(actor, row):
        raise NotThere
    if row.state != "taken" or Release.objects.filter(request=row).exists():
        raise AlreadyAnswered
    return row


def _row(actor: Actor, said: Asked, unit: Unit, now: datetime, pk: UUID) -> FileRequest:
    listed = rules.APPLICANTS[said.applicant].more
    row = FileRequest(id=pk, unit=unit, applicant=said.applicant, way=said.way, checked=said.checked, basis=said.basis)
    row.from_unit_id, row.user_id, row.asked_at = cast(int, actor.unit_id), cast(int, actor.user_id), now
    row.letter_on, row.wanted_on = said.letter_on, said.wanted_on
    row.due_on = rules.answer_by(said.applicant, local(now).date(), said.wanted_on)
    if listed["ask"] == "never":  # nothing reaches a migration authority, whatever is asked
        row.state, row.ended_at = "never", now
    words = {name: getattr(said, name).strip() for name in queries.WORDS}
    row.sealed = seal_text(json.dumps(words), row=pk, **queries.place(pk))
    return row
