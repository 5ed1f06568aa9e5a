"""What the process that serves the public does: it posts letters and keeps mailboxes, as a role that reads nothing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.views.decorators.debug import sensitive_variables

from arasha.doors import queries, rules
from arasha.doors.rules import Telling, boxes
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
def change_code(*, code: Sequence[str], new_code: Sequence[str]) -> None:
    """Give a mailbox another code: the old one opens nothing any more, the answer opens for the new one.

    Raises NoMailbox, DatabaseError.
    """
    public, answer = boxes.public_of(new_code), queries.raw_answer(code)
    if answer is not None:
        answer = boxes.seal_answer(public, *boxes.open_answer(boxes.private_of(code), answer))
    key = code_key()
    if not _call("change_code", boxes.fingerprint(code, key), boxes.fingerprint(new_code, key), public, answer):
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
