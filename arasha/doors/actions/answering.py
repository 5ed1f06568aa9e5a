"""Answering a teller: written as if the one who hurts reads it over the teller's shoulder."""

from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from arasha.doors import policy, queries, rules
from arasha.doors.models import Answer
from arasha.doors.rules import boxes
from arasha.kernel.access.rules import Actor, Conflict, Facet, from_database
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local
from arasha.obligations.actions import meet
from arasha.obligations.models import Obligation
from arasha.obligations.rules import OWED

PROTOCOL: Final = "telling"


class NothingWritten(ValueError):
    """The answer says nothing, or more than is kept."""


class CannotBeAnswered(Exception):
    """There is no code to answer over: none was ever, it was changed a moment ago, or the teller forgot it."""


@sensitive_variables()
def answer_teller(*, actor: Actor, dossier: UUID, words: str, now: datetime) -> Answer:
    """Put an answer where the teller's code opens it, in the place of the one before; it stays in the file.

    What the unit owed the teller is met by it. Raises NotAllowed, NothingWritten, CannotBeAnswered.
    """
    said = words.strip()
    if not said or len(said) > rules.MOST_ANSWER:
        raise NothingWritten
    with transaction.atomic():
        if not policy.may_read_talk(actor, dossier) or not policy.may_answer(actor, dossier):
            raise policy.NotAllowed
        talk = queries.talk_of(dossier)
        if talk.mailbox is None or talk.public is None:
            raise CannotBeAnswered
        codes = {"facet": Facet.NARRATIVE, "unit": actor.unit_id}
        with act(verb="answer_teller", stream=dossier_stream(dossier), now=now, codes=codes):
            row = Answer(id=uuid4(), dossier_id=dossier, written_at=now)
            row.unit_id, row.user_id = actor.unit_id, actor.user_id
            row.sealed = seal_text(said, row=row.pk, **queries.place_of(dossier, "doors_answer"))
            row.save(force_insert=True)
            _put(talk.mailbox, talk.public, boxes.seal_answer(talk.public, said, local(now).date().isoformat()), now)
        _meet(actor, dossier, now)
    return row


def _put(mailbox: UUID, public: bytes, sealed: bytes, now: datetime) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT doors.put_answer(%s, %s, %s, %s)", [mailbox, public, sealed, now])
    except DatabaseError as error:
        known = from_database(error)
        raise (CannotBeAnswered() if isinstance(known, Conflict) else known) from error


def _meet(actor: Actor, dossier: UUID, now: datetime) -> None:
    """Meet what the actor's unit owes the teller; the words stand in the answer, not in the duty."""
    owed = Obligation.objects.filter(raised_in=dossier, protocol__code=PROTOCOL, unit=actor.unit_id)
    for row in owed.filter(state__in=[state.value for state in OWED]).order_by("due_now"):
        meet(actor=actor, obligation=row.pk, answer=_("The teller was answered over their code."), now=now)
