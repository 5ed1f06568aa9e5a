"""Chats, as the worker: their letters are opened for whoever hears them, and what was answered is put over the code."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.doors import policy, rules
from arasha.doors.rules import Chat, Sitting, chats
from arasha.kernel.access.rules import Actor
from arasha.kernel.vault.queries import read_letter

log = logging.getLogger(__name__)
BATCH = 20


@dataclass(frozen=True, slots=True)
class Heard:
    """One opened message of a chat: `mailbox` names the chat, `dossier` its signal where it became one.

    `ticket` is the message's own: heard twice, it is one.
    """

    chat: Chat
    mailbox: UUID
    dossier: UUID | None
    ticket: UUID
    received_at: datetime


def open_chats(*, actor: Actor, now: datetime, hear: Callable[[Heard], None], limit: int = BATCH) -> int:
    """Open the eldest letters of chats and let `hear` take each in; return how many were.

    One that does not open or can't be heard is left and tried again, like any letter, and holds no other up. Raises
    NotAllowed for all but the clock's work.
    """
    if not policy.may_open_letters(actor):
        raise policy.NotAllowed
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, version, sealed, mailbox, dossier, received_at FROM doors.take_chats(%s)", [limit])
        rows = cursor.fetchall()
    return sum(_opened(row, hear) for row in rows)


@sensitive_variables()
def _opened(row: tuple[Any, ...], hear: Callable[[Heard], None]) -> bool:
    letter, version, sealed, mailbox, dossier, received_at = row
    try:
        with transaction.atomic():
            words = read_letter(version, sealed, about=rules.about_letter("chat", letter)).decode()
            hear(Heard(Chat.from_json(words), mailbox, dossier, letter, received_at))
            _run("letter_opened", letter, None)
    except Exception as error:
        log.error("a letter of a chat was left: %s", type(error).__name__)
        _run("letter_left", letter)
        return False
    return True


@sensitive_variables()
def put_sitting(*, actor: Actor, mailbox: UUID, said: Callable[[], Sitting], now: datetime) -> bool:
    """Put what was said in a sitting where the code opens it; False where the code was forgotten.

    `said` is asked while the mailbox is held: of two who put at once the later knows all that the earlier knew, so that
    no message hides another. Raises NotAllowed for all but the clock's work.
    """
    if not policy.may_open_letters(actor):
        raise policy.NotAllowed
    with transaction.atomic():
        public = _run("hold_chat", mailbox)
        if public is None:
            return False
        sealed = chats.seal_sitting(bytes(public), said())
        return bool(_run("put_sitting", mailbox, bytes(public), sealed, now))


def chat_told(*, actor: Actor, mailbox: UUID, dossier: UUID, now: datetime) -> None:
    """Say that a chat became a signal: its mailbox tells how far that is.

    Raises NotAllowed for all but the clock's work.
    """
    if not policy.may_open_letters(actor):
        raise policy.NotAllowed
    _run("chat_told", mailbox, dossier)


def attend(*, actor: Actor, there: bool, busy: bool, opens_at: datetime | None, now: datetime) -> None:
    """Say for the next three minutes whether somebody answers chats. Raises NotAllowed for all but the clock's work."""
    if not policy.may_open_letters(actor):
        raise policy.NotAllowed
    _run("attend", there, busy, opens_at)


def _run(function: str, *given: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT doors.{function}({', '.join(['%s'] * len(given))})", given)
        return cursor.fetchone()[0]
