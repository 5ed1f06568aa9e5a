"""Two reports of one child: a signal joins an open case, both files stay, and it may be undone."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import transaction

from arasha.cases import actions as cases
from arasha.cases.models import Case
from arasha.cases.queries import case_of_signal
from arasha.kernel.access.actions import carry_bars
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations.actions import move_obligations, owe_apart, supersede_equal
from arasha.people.actions import PersonNotThere, set_apart
from arasha.people.queries import child_of
from arasha.signals.actions.deciding import CannotBecome, SignalNotFound, _codes, _locked, know_again
from arasha.signals.models import Signal


def join_signal(*, actor: Actor, signal: UUID, case: UUID, now: datetime) -> Case:
    """Let a signal join the open case of the same child: what it owes goes on there, its file stays as it is.

    Where a unit owes the same in the case already, the earlier duty takes the later one's place.
    Raises SignalNotFound, NotAllowed, CannotBecome; CaseNotFound when the case is not there or not to be written to.
    """
    with transaction.atomic():
        row = _locked(actor, signal, "case")
        joined = cases.join_case(actor=actor, signal_dossier=row.dossier_id, case=case, now=now)
        _become(actor, row, "case", joined, now, verb="take_into_case", closing=True)
        move_obligations(actor=actor, origin=row.dossier_id, target=joined.dossier_id, now=now)
        supersede_equal(actor=actor, dossier=joined.dossier_id, now=now)
        know_again(actor, joined, row, now)
    return joined


def leave_signal(*, actor: Actor, signal: UUID, now: datetime) -> Signal:
    """Undo a joining: the signal is considered on its own again, and what it is still owed for goes back with it.

    What was answered meanwhile stays in the case; what was no longer owed, for the case owed the same, is owed again.
    Raises SignalNotFound, NotAllowed; CannotBecome when it is in no case, or the case grew from it alone.
    """
    with transaction.atomic():
        row = _locked(actor, signal, "apart")
        case, own = case_of_signal(actor, row.dossier_id), row.dossier_id
        if case is not None:
            owe_apart(actor=actor, dossier=case.dossier_id, raised_in=own, now=now)
            move_obligations(actor=actor, origin=case.dossier_id, target=own, now=now, raised_in=own)
        try:
            left = cases.leave_case(actor=actor, signal_dossier=row.dossier_id, now=now)
        except cases.OnlyOrigin:
            raise CannotBecome from None
        except cases.CaseNotFound:
            raise SignalNotFound from None
        _become(actor, row, "taken", left, now, verb="take_out_of_case")
        if (told := child_of(row.dossier_id)) is not None:
            with suppress(PersonNotThere):
                set_apart(actor=actor, person=told.pk, now=now)
    return row


def _become(
    actor: Actor, row: Signal, state: str, case: Case, now: datetime, *, verb: str, closing: bool = False
) -> None:
    """Let the signal stand otherwise; `closing`: to whom its file is closed, the case is closed from now on."""
    codes = _codes(actor, case=case.number)
    streams = [dossier_stream(case.dossier_id)] if closing else []
    with act(verb=verb, stream=dossier_stream(row.dossier_id), also=streams, now=now, codes=codes):
        if closing:
            carry_bars(origin=row.dossier_id, target=case.dossier_id)
        row.state = state
        row.save(update_fields=["state"])
