"""What stands in a mailbox, for whoever has its code: the newest answer and how far the signal is, nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from django.db import connection
from django.views.decorators.debug import sensitive_variables

from arasha.doors.rules import boxes
from arasha.kernel.vault.queries import code_key
from arasha.kernel.vault.rules import SealBroken
from arasha.signals.rules import SenderState, sender_state

State = Literal["received", "working", "finished"]
STATES: Final[dict[SenderState, State]] = {
    SenderState.RECEIVED: "received",
    SenderState.WORKED_ON: "working",
    SenderState.FINISHED: "finished",
}


class NoMailbox(LookupError):
    """No mailbox has this code: it is another one, or was changed or forgotten. Nobody is told which."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """What a teller finds: `state` of their signal, and the newest answer, empty where there is none yet."""

    state: State
    answer: str = ""
    answered_on: date | None = None


@sensitive_variables()
def mailbox(code: Sequence[str]) -> Mailbox:
    """Return what stands in the mailbox of a code. The slow work is done for a wrong code, too. Raises NoMailbox."""
    found, private = _found(code), boxes.private_of(code)
    if found is None:
        raise NoMailbox
    answer, state, closed = found
    told = STATES[sender_state(state, file_closed=closed)]
    if answer is None:
        return Mailbox(told)
    try:
        words, day = boxes.open_answer(private, bytes(answer))
    except SealBroken:  # the code was changed between two statements
        raise NoMailbox from None
    return Mailbox(told, words, date.fromisoformat(day))


@sensitive_variables()
def raw_answer(code: Sequence[str]) -> bytes | None:
    """Return the answer as it lies in the mailbox, None for none. Raises NoMailbox."""
    found = _found(code)
    if found is None:
        raise NoMailbox
    return None if found[0] is None else bytes(found[0])


@sensitive_variables()
def _found(code: Sequence[str]) -> tuple[bytes | None, str, bool] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT answer, state, closed FROM doors.open_mailbox(%s)", [boxes.fingerprint(code, code_key())]
        )
        row = cursor.fetchone()
    return None if row is None else (row[0], row[1], row[2])
