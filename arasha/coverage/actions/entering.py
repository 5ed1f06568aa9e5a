"""Entering what was promised, what became of it, and what is missing."""

from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from django.db import DatabaseError, IntegrityError, models, transaction

from arasha.coverage import policy, queries
from arasha.coverage.models import Commitment, Need, Step
from arasha.coverage.rules import CommitmentSaid, InfrastructureFaulty, NeedSaid, StepSaid
from arasha.kernel.access.rules import Actor, from_database
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import body_stream
from arasha.kernel.worktime.rules import local


class TicketUsed(ValueError):
    """The page was sent before, with something else on it."""


def add_commitment(*, actor: Actor, ticket: UUID, said: CommitmentSaid, now: datetime) -> UUID:
    """Enter a promise with its first step. `ticket`, made by the page, is its id: sent twice it is one entry.

    Raises NotAllowed, InfrastructureFaulty, TicketUsed.
    """
    policy.require_keeping(actor, said.territory)
    said.check(today=local(now).date())
    row = Commitment(
        id=ticket,
        programme=said.programme,
        kind=said.kind,
        what=said.what,
        territory_id=said.territory,
        promised_by=said.promised_by,
        document=said.document,
        entered_at=now,
    )
    row.entered_by_id = cast(int, actor.user_id)
    step = Step(id=uuid4(), commitment=row, kind="promised", on=said.promised_on, source=said.document, entered_at=now)
    step.count, step.places, step.due_on, step.entered_by_id = said.count, said.places, said.due_on, row.entered_by_id
    if not _before(row):
        _write(actor, "enter_commitment", [row, step], now)
    return row.pk


def add_step(*, actor: Actor, ticket: UUID, commitment: UUID, said: StepSaid, now: datetime) -> UUID:
    """Add what happened to a commitment. What stands there stays; two who enter at once are both seen.

    Raises NotThere, NotAllowed, InfrastructureFaulty, TicketUsed.
    """
    row = queries.commitment(actor, commitment)
    policy.require_keeping(actor, row.territory_id)
    said.check(today=local(now).date())
    if said.corrects is not None:
        _check_correction(row, said, said.corrects)
    step = Step(
        id=ticket,
        commitment=row,
        kind=said.kind,
        on=said.on,
        count=said.count,
        due_on=said.due_on,
        corrects_id=said.corrects,
        reason=said.reason,
        source=said.source,
        entered_at=now,
    )
    step.entered_by_id = cast(int, actor.user_id)
    if not _before(step):
        _write(actor, "enter_commitment_step", [step], now)
    return step.pk


def add_need(*, actor: Actor, ticket: UUID, said: NeedSaid, now: datetime) -> UUID:
    """Enter how many are missing. It changes no promise. Raises NotAllowed, InfrastructureFaulty, TicketUsed."""
    policy.require_keeping(actor, said.territory)
    said.check(today=local(now).date())
    row = Need(
        id=ticket,
        kind=said.kind,
        territory_id=said.territory,
        count=said.count,
        counted_by=said.counted_by,
        counted_on=said.counted_on,
        source=said.source,
        entered_at=now,
    )
    row.entered_by_id = cast(int, actor.user_id)
    if not _before(row):
        _write(actor, "enter_need", [row], now)
    return row.pk


def _check_correction(row: Commitment, said: StepSaid, corrects: UUID) -> None:
    """Raise InfrastructureFaulty where the step is none of this commitment, or the correction says nothing of it."""
    step = Step.objects.filter(pk=corrects, commitment=row).exclude(kind="corrected").first()
    if step is None:
        raise InfrastructureFaulty([("corrects", "correction")])
    if said.due_on is not None and step.kind != "promised":
        raise InfrastructureFaulty([("due_on", "correction")])
    if said.count is None and said.due_on is None:
        raise InfrastructureFaulty([("count", "empty")])
    if step.kind in {"funded", "building", "dropped"} and said.count != 0:
        raise InfrastructureFaulty([("count", "taken_back")])


def _before(row: models.Model) -> bool:
    """Say whether the same page was sent before. Raises TicketUsed where it said something else."""
    found = type(row)._default_manager.filter(pk=row.pk).first()
    if found is None:
        return False
    names = [one.attname for one in row._meta.concrete_fields if one.attname != "entered_at"]
    if any(getattr(found, name) != getattr(row, name) for name in names):
        raise TicketUsed
    return True


def _write(actor: Actor, verb: str, rows: list[models.Model], now: datetime) -> None:
    try:
        with transaction.atomic():
            codes = {"row": str(rows[0].pk)}
            with act(verb=verb, stream=body_stream(cast(int, actor.body_id)), now=now, codes=codes):
                for row in rows:
                    type(row)._default_manager.bulk_create([row])
    except IntegrityError:
        # Whoever sent the same page at the same time was first.
        if not _before(rows[0]):
            raise
    except DatabaseError as error:
        raise from_database(error) from error
