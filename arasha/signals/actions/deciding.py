"""Deciding: a signal is taken, closed with a reason, closed to somebody, or becomes the child's case."""

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from arasha.cases.actions import open_case
from arasha.cases.models import Case
from arasha.cases.queries import case_of_signal, described
from arasha.kernel.access.actions import bar, carry_bars
from arasha.kernel.access.rules import Actor, Facet, Refused
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations.actions import move_obligations
from arasha.people.actions import PersonNotThere, recognise
from arasha.people.queries import child_of
from arasha.people.rules import Described
from arasha.signals import policy, queries, rules
from arasha.signals.models import Signal


class SignalNotFound(LookupError):
    """There is no such signal for this actor."""


class NeverCloses(Exception):
    """Reconciliation and withdrawal end no consideration; `refuse_reconciliation` records them."""


class CannotBecome(Exception):
    """The signal is no longer where this action starts from; somebody was faster."""


def take_signal(*, actor: Actor, signal: UUID, now: datetime) -> Signal:
    """Take a waiting (or reopen a closed) signal: from now on this unit answers for it."""
    with transaction.atomic():
        row = _locked(actor, signal, "taken")
        verb = "reopen_signal" if row.state == "closed" else "take_signal"
        with act(verb=verb, stream=dossier_stream(row.dossier_id), now=now, codes=_codes(actor)):
            row.state, row.closing = "taken", ""
            row.taken_by_unit_id, row.taken_at = actor.unit_id, now
            row.save(update_fields=["state", "closing", "taken_by_unit", "taken_at"])
    return row


def close_signal(*, actor: Actor, signal: UUID, closing: str, now: datetime) -> Signal:
    """End the consideration of a signal that needs no case, with the reason. What is owed stays owed.

    Raises UnknownCode for a reason that is not on the list; NeverCloses for one that ends nothing.
    """
    if not rules.closes(closing):
        raise NeverCloses
    with transaction.atomic():
        row = _locked(actor, signal, "closed")
        codes = _codes(actor, closing=closing)
        with act(verb="close_signal", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            row.state, row.closing = "closed", closing
            row.save(update_fields=["state", "closing"])
    return row


def bar_person(*, actor: Actor, signal: UUID, user_id: int, now: datetime) -> None:
    """Let the signal's file not exist for somebody who is close to the suspect. Who is barred is not in the act.

    Raises Refused when the actor neither leads nor oversees the file.
    """
    with transaction.atomic():
        row = queries.find(actor, signal)
        if row is None:
            raise SignalNotFound
        if not policy.may_receive(actor):
            raise policy.NotAllowed
        with act(verb="bar_person", stream=dossier_stream(row.dossier_id), now=now, codes=_codes(actor)):
            bar(dossier=row.dossier_id, user_id=user_id, reason="close_to_suspect")
            if (case := case_of_signal(actor, row.dossier_id)) is not None:
                carry_bars(origin=row.dossier_id, target=case.dossier_id)


def open_case_from(
    *, actor: Actor, signal: UUID, now: datetime, child: Described | None = None, iin: str = "", absent: str = ""
) -> Case:
    """Open the child's case from a signal: the unit leads it, and what the signal's file owes moves there.

    The child is written down as `child` says, else as the reporter described them. Raises SignalNotFound, NotAllowed,
    CannotBecome, IinInvalid, UnknownCode.
    """
    with transaction.atomic():
        row = _locked(actor, signal, "case")
        case = open_case(
            actor=actor,
            signal_dossier=row.dossier_id,
            territory=row.territory_id,
            child=child or described(row.child_called, row.child_age, row.child_sex, row.received_at),
            iin=iin,
            absent=absent,
            concerns=row.concerns,
            now=now,
        )
        with act(
            verb="join_case",
            stream=dossier_stream(row.dossier_id),
            also=[dossier_stream(case.dossier_id)],
            now=now,
            codes=_codes(actor, case=case.number),
        ):
            carry_bars(origin=row.dossier_id, target=case.dossier_id)
            row.state = "case"
            row.save(update_fields=["state"])
        move_obligations(actor=actor, origin=row.dossier_id, target=case.dossier_id, now=now)
        know_again(actor, case, row, now)
    return case


def know_again(actor: Actor, case: Case, signal: Signal, now: datetime) -> None:
    """Let the child of a case and the child of a signal that is in it be one.

    Whoever may not write who the child is in both files joins them all the same; the two may be matched later.
    """
    child, told = child_of(case.dossier_id), child_of(signal.dossier_id)
    if child is not None and told is not None:
        with suppress(PersonNotThere, Refused):
            recognise(actor=actor, person=child.pk, other=told.pk, now=now)


def _codes(actor: Actor, **more: str) -> dict[str, Any]:
    """Return an act's codes; whoever reads the file's obligations reads the act."""
    return {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id, **more}


def _locked(actor: Actor, signal: UUID, target: str) -> Signal:
    """Return the signal under lock, when the actor may bring it to `target`."""
    seen = queries.find(actor, signal)
    if seen is None:
        raise SignalNotFound
    if not policy.may_receive(actor):
        raise policy.NotAllowed
    row = Signal.objects.select_for_update(of=("self",)).get(pk=signal)
    if not rules.may_become(row.state, target):
        raise CannotBecome
    return row
