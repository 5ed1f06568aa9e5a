"""A pupil's answer: sealed, put among random bytes, and its slip gone, or nothing of it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.rules import Actor
from arasha.kernel.vault.rules import seal_letter
from arasha.surveys import envelopes, queries, rules


class SlipNotGood(LookupError):
    """The slip opens nothing: mistyped, used, or its survey is closed. Nothing says which."""


@sensitive_variables()
def hand_in(*, actor: Actor | None, slip: str, said: Sequence[int], now: datetime) -> None:
    """Take in one pupil's answers; `said` has a place for each question, 0 for what was not said.

    Nobody acts (`actor` is None): there is no act, look, job or log of it, and `now` is compared, not kept. The slip
    and the envelope stand in one transaction: when the file can't be written the slip stays good, and when the
    database can't commit the envelope is taken back. Raises SlipNotGood, EnvelopesLost, NoRoom.
    """
    if actor is not None:
        raise ValueError("who answers a survey is not signed in")
    opened = queries.opened_by(slip, now)
    if opened is None:
        raise SlipNotGood
    about = rules.about(opened.survey)
    letter = seal_letter(opened.public, rules.packed(said), about=about, size=rules.SIZE)
    place: int | None = None
    try:
        with transaction.atomic():
            if _used(slip, now) != opened.survey:
                raise SlipNotGood
            place = envelopes.put(opened.survey, letter)
    except BaseException:
        if place is not None:
            envelopes.take_back(opened.survey, place)
        raise


def _used(slip: str, now: datetime) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT surveys.use_token(%s, %s)", [rules.fingerprint(slip, queries.slip_key()), now])
        found: UUID | None = cursor.fetchone()[0]
    return found
