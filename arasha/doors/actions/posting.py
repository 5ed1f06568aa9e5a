"""What the process that serves the public does: it posts letters and keeps mailboxes, as a role that reads nothing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.views.decorators.debug import sensitive_variables

from arasha.doors import queries, rules
from arasha.doors.rules import Chat, Telling, boxes, chats
from arasha.kernel.vault.queries import code_key, letter_key
from arasha.kernel.vault.rules import seal_letter


@sensitive_variables()
def post_telling(*, telling: Telling, code: Sequence[str], ticket: UUID) -> None:
    """Take in what somebody tells; `ticket` names the form: sent twice, it is told once.

    Raises LetterTooLong; DatabaseError: nothing was kept, and the teller must be told so.
    """
    version, public = letter_key()
    sealed = seal_letter(public, telling.to_json().encode(), about=rules.about_letter("tell", ticket))
    found = boxes.fingerprint(code, code_key())
    _call("post_letter", ticket, version, sealed, found, boxes.public_of(code))


@sensitive_variables()
def write_again(*, code: Sequence[str], words: str, ticket: UUID) -> None:
    """Take in what a teller adds over their code. Raises NoMailbox, LetterTooLong, DatabaseError."""
    version, public = letter_key()
    sealed = seal_letter(public, words.encode(), about=rules.about_letter("add", ticket))
    if not _call("post_addition", ticket, version, sealed, boxes.fingerprint(code, code_key())):
        raise queries.NoMailbox


@sensitive_variables()
def post_chat(*, code: Sequence[str], chat: Chat, ticket: UUID, begun: bool) -> None:
    """Take in a message of a chat; `ticket` names the page, and the same words sent twice from it are one message.

    `begun`: something of this chat was taken in before. Raises NoMailbox where it is not there any more, LetterTooLong,
    DatabaseError: nothing was kept, and who wrote must be told so.
    """
    version, public = letter_key()
    letter = chats.letter_ticket(ticket, chat)
    sealed = seal_letter(public, chat.to_json().encode(), about=rules.about_letter("chat", letter))
    half = None if begun else boxes.public_of(code)
    if not _call("post_chat", letter, version, sealed, boxes.fingerprint(code, code_key()), half):
        raise queries.NoMailbox


@sensitive_variables()
def change_code(*, code: Sequence[str], new_code: Sequence[str]) -> None:
    """Give a mailbox another code: the old one opens nothing any more, what lies there opens for the new one.

    Raises NoMailbox, DatabaseError.
    """
    found, private, public = queries.raw(code), boxes.private_of(code), boxes.public_of(new_code)
    if found is None:
        raise queries.NoMailbox
    answer = sitting = None
    if found.answer is not None:
        answer = boxes.seal_answer(public, *boxes.open_answer(private, found.answer))
    if found.sitting is not None:
        sitting = chats.seal_sitting(public, chats.open_sitting(private, found.sitting))
    old, new = (boxes.fingerprint(each, code_key()) for each in (code, new_code))
    if not _call("renew_code", old, new, public, answer, sitting):
        raise queries.NoMailbox


@sensitive_variables()
def forget(*, code: Sequence[str]) -> None:
    """Empty a mailbox for ever; what was told stays with those who help. Raises NoMailbox, DatabaseError."""
    if not _call("forget_mailbox", boxes.fingerprint(code, code_key())):
        raise queries.NoMailbox


@sensitive_variables()
def _call(function: str, *given: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT doors.{function}({', '.join(['%s'] * len(given))})", given)
        return cursor.fetchone()[0]
