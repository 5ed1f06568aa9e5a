"""What stands in a mailbox, for whoever has its code: the newest answer and how far the signal is, nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from django.db import connection
from django.views.decorators.debug import sensitive_variables

from arasha.doors.rules import boxes, chats
from arasha.doors.rules.chats import Sitting
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
    """What a teller finds: `state` of their signal, and the newest answer, empty where there is none yet.

    `sitting` is what was said in the last sitting of a chat, None where nothing was; `chat` that it is one, `told` that
    it became a signal, and `apart` that the answer was written over the signal's file and not in the sitting.
    """

    state: State
    answer: str = ""
    answered_on: date | None = None
    chat: bool = False
    told: bool = False
    apart: bool = False
    sitting: Sitting | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """Whether somebody answers chats now, whether all of them are busy, and when somebody does next, where known."""

    there: bool = False
    busy: bool = False
    opens_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lying:
    """What lies in a mailbox, as it lies there."""

    answer: bytes | None
    sitting: bytes | None
    sat_later: bool
    chat: bool
    told: bool
    state: str
    closed: bool


@sensitive_variables()
def mailbox(code: Sequence[str], private: bytes | None = None) -> Mailbox:
    """Return what stands in the mailbox of a code. The slow work is done for a wrong code, too. Raises NoMailbox.

    `private`: the half that the code makes, where the caller has it already.
    """
    found, private = raw(code), private or boxes.private_of(code)
    if found is None:
        raise NoMailbox
    told = STATES[sender_state(found.state, file_closed=found.closed)]
    try:
        sitting = chats.open_sitting(private, found.sitting) if found.sitting else None
        words, day = boxes.open_answer(private, found.answer) if found.answer else ("", "")
    except SealBroken:  # the code was changed between two statements
        raise NoMailbox from None
    sat = sitting is not None and found.sat_later and bool(sitting.lines)
    apart = bool(words) and not sat
    if sitting is not None and sat:
        words, day = sitting.lines[-1].words, sitting.day
    on = date.fromisoformat(day) if day else None
    return Mailbox(told, words, on, chat=found.chat, told=found.told, apart=apart, sitting=sitting)


@sensitive_variables()
def raw(code: Sequence[str]) -> Lying | None:
    """Return what lies in the mailbox of a code, as it lies there; None for a code of none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT answer, sitting, sat_later, chat, told, state, closed FROM doors.look_into(%s)",
            [boxes.fingerprint(code, code_key())],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    answer, sitting = (None if blob is None else bytes(blob) for blob in row[:2])
    return Lying(answer, sitting, *row[2:])


def watch() -> Watch:
    """Return whether somebody answers chats now, as those who answer said last."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT there, busy, opens_at FROM doors.attended()")
        row = cursor.fetchone()
    return Watch(*row) if row else Watch()
