"""The obliged unit says what was done, with files where there are any; the procedure goes on from there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID, uuid4

from django.db import transaction

from arasha.cases.queries import considered_count
from arasha.cases.rules import REQUIRED, all_considered
from arasha.kernel.access.models import Dossier
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import keep_file, seal_text
from arasha.obligations import policy, queries, rules
from arasha.obligations.actions.holding import (
    LONGEST_WORDS,
    NotPossibleNow,
    TooLong,
    codes_of,
    hold,
    next_state,
    require_here,
    tell,
    write,
)
from arasha.obligations.actions.raising import raise_for
from arasha.obligations.models import Answer, Evidence, Obligation
from arasha.protocols.queries import version
from arasha.protocols.rules import MET, Protocol, Step

MOST_FILES = 10


class AnswerMissing(ValueError):
    """An obligation is met by saying what was done; the answer is empty."""


class OutcomeMissing(ValueError):
    """The procedure asks how it came out, with one of its own answers; none of them was given."""


class NotAllConsidered(ValueError):
    """The step asks that everybody on the file's list has a decision or a reason, and somebody has none."""


class TooManyFiles(ValueError):
    """More files came with one answer than are taken at once."""


class AlreadyMet(NotPossibleNow):
    """Somebody of the unit met it before; `obligation` says who and when."""


@dataclass(frozen=True)
class Attached:
    """A file as it came: its name there, and its bytes."""

    name: str
    stream: BinaryIO


def meet(
    *,
    actor: Actor,
    obligation: UUID,
    answer: str,
    now: datetime,
    outcome: str = "",
    files: Sequence[Attached] = (),
    elsewhere: bool = False,
) -> Obligation:
    """Record that the obligation is met, with the answer sealed; after the due moment it stands as met late.

    What the procedure asks for next, after this step came out so, is raised in the same transaction. A duty whose
    time stood still is in time when it was when its time stopped. `elsewhere`: its own page's action records it.

    Raises:
        ObligationNotFound: it does not exist for this actor.
        NotOwedByYou, AnsweredElsewhere: the actor acts for another unit; it is answered on a page of its own.
        AnswerMissing, TooLong: the answer says nothing, or is longer than is kept.
        NotAllConsidered: somebody on the file's list still waits, or nobody stands there and that is not the outcome.
        OutcomeMissing: the step is met with one of its own outcomes, and this is none.
        TooManyFiles, vault.rules.FileRefused: a file can't be kept.
        AlreadyMet, NotPossibleNow: it was met before, or is not owed any more. In each case nothing was changed.
    """
    said = _Said.checked(answer, outcome, files)
    with transaction.atomic():
        row = hold(actor, obligation, policy.may_meet, policy.NotOwedByYou)
        if rules.State(row.state) in rules.FULFILLED:
            raise AlreadyMet(row)
        row.state = next_state(row, rules.meeting(row.due_now, row.suspended_at or now))
        protocol = version(row.protocol_id)
        require_here(row, protocol.code, elsewhere=elsewhere)
        _check(protocol.step(row.step), outcome)
        _require_considered(row, protocol.step(row.step), outcome)
        _record(actor, row, said, now)
        _go_on(actor, row, protocol, now)
    return row


def _go_on(actor: Actor, row: Obligation, protocol: Protocol, now: datetime) -> None:
    """Raise what waits for this step to come out so. Who answered is known; the acts name who it was."""
    raise_for(
        actor=actor,
        dossier=row.dossier_id,
        event=MET,
        codes={"protocol": protocol.code, "step": row.step, "outcome": row.outcome},
        territory=row.territory,
        from_moment=now,
        now=now,
        sealed_actor=False,
        caused_by=row,
    )


@dataclass(frozen=True)
class _Said:
    text: str
    outcome: str
    files: Sequence[Attached]

    @classmethod
    def checked(cls, answer: str, outcome: str, files: Sequence[Attached]) -> "_Said":
        text = answer.strip()
        if not text:
            raise AnswerMissing
        if len(text) > LONGEST_WORDS:
            raise TooLong
        if len(files) > MOST_FILES:
            raise TooManyFiles
        return cls(text, outcome, files)


def _check(step: Step, outcome: str) -> None:
    known = {possible.code for possible in step.outcomes}
    if (outcome or known) and outcome not in known:
        raise OutcomeMissing(outcome)


def _require_considered(row: Obligation, step: Step, outcome: str) -> None:
    for code in sorted(step.requires):
        listed, undecided = considered_count(row.dossier_id, REQUIRED[code])
        if not all_considered(listed, undecided, outcome):
            raise NotAllConsidered(code)


def _record(actor: Actor, obligation: Obligation, said: _Said, now: datetime) -> None:
    codes = codes_of(obligation, outcome=said.outcome, files=len(said.files))
    with act(verb="meet_obligation", stream=dossier_stream(obligation.dossier_id), now=now, codes=codes):
        write(
            obligation,
            state=str(obligation.state),
            met_at=now,
            met_by_unit_id=actor.unit_id,
            met_by_post_id=actor.post_id,
            outcome=said.outcome,
            next_check_at=None,
            asked_until=None,
            suspended_at=None,
            suspended_until=None,
        )
        _keep(actor, obligation, said, now)
        lead = Dossier.objects.values_list("lead_unit", flat=True).get(pk=obligation.dossier_id)
        tell(actor, obligation, {*queries.told_units(obligation.id), lead}, "duty_met", now)


def _keep(actor: Actor, obligation: Obligation, said: _Said, now: datetime) -> None:
    """Keep the words and the files."""
    row, place = uuid4(), queries.place_of(obligation.dossier_id, Answer)
    answer = Answer.objects.create(
        id=row,
        obligation=obligation,
        dossier_id=obligation.dossier_id,
        text=seal_text(said.text, row=row, **place),
        given_at=now,
        unit_id=actor.unit_id,
        post_id=actor.post_id,
        outcome=said.outcome,
    )
    for file in said.files:
        kept = keep_file(file.stream, scope=place["scope"], name=file.name, now=now)
        Evidence.objects.create(answer=answer, dossier_id=obligation.dossier_id, file=kept)
