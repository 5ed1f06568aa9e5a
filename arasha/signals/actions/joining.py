"""Two reports of one child: a signal joins an open case, both files stay, and it may be undone."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from arasha.cases import actions as cases
from arasha.cases.models import Case
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations.actions import move_obligations
from arasha.signals.actions.deciding import CannotBecome, SignalNotFound, _codes, _locked
from arasha.signals.models import Signal


def join_signal(*, actor: Actor, signal: UUID, case: UUID, now: datetime) -> Case:
    """Let a signal join the open case of the same child: what it owes goes on there, its file stays as it is.

    Raises SignalNotFound, NotAllowed, CannotBecome; CaseNotFound when the case is not there or not to be written to.
    """
    with transaction.atomic():
        row = _locked(actor, signal, "case")
        joined = cases.join_case(actor=actor, signal_dossier=row.dossier_id, case=case, now=now)
        _become(actor, row, "case", joined, now, verb="take_into_case")
        _move(actor, row, joined, now)
    return joined


def _move(actor: Actor, row: Signal, case: Case, now: datetime) -> None:
    """Let what the signal owes go on in the case, unless the case owes the very same of the very same moment.

    Two reports in one second oblige one unit twice to one thing: what stands twice stays in the signal's file, which
    the case's lead reads too, so that neither is lost and the case shows it once.
    """
    with suppress(IntegrityError), transaction.atomic():
        move_obligations(actor=actor, origin=row.dossier_id, target=case.dossier_id, now=now)


def leave_signal(*, actor: Actor, signal: UUID, now: datetime) -> Signal:
    """Undo a joining: the signal is considered on its own again. What it owed stays in the case, where it is watched.

    Raises SignalNotFound, NotAllowed; CannotBecome when it is in no case, or the case grew from it alone.
    """
    with transaction.atomic():
        row = _locked(actor, signal, "apart")
        try:
            left = cases.leave_case(actor=actor, signal_dossier=row.dossier_id, now=now)
        except cases.OnlyOrigin:
            raise CannotBecome from None
        except cases.CaseNotFound:
            raise SignalNotFound from None
        _become(actor, row, "taken", left, now, verb="take_out_of_case")
    return row


def _become(actor: Actor, row: Signal, state: str, case: Case, now: datetime, *, verb: str) -> None:
    codes = _codes(actor, case=case.number)
    with act(verb=verb, stream=dossier_stream(row.dossier_id), now=now, codes=codes):
        row.state = state
        row.save(update_fields=["state"])
