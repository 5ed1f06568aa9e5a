"""A child's answer: two letters of always the same sizes, which the process that takes them in can't open."""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.db import connection
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.rules import Actor
from arasha.kernel.vault.queries import letter_key
from arasha.kernel.vault.rules import seal_letter
from arasha.kernel.worktime.rules import local
from arasha.participation import queries, rules

LONGEST = 2000


class NumberNotGood(LookupError):
    """The number opens nothing: mistyped, or its time is over. Nothing says which."""


@sensitive_variables()
def hand_in(
    *,
    actor: Actor | None,
    number: str,
    said: Sequence[int],
    words: str,
    help_asked: bool,
    language: str,
    now: datetime,
) -> None:
    """Take in one child's answers and words; `said` has a place for each question, 0 for silence.

    Nobody acts (`actor` is None): there is no act, look, job or log of it. The answers lie under an id that the number
    makes, so they count once; words are taken in each time, so that none that asks for help is lost. Who wrote
    nothing posts an empty letter, so that nothing tells who wrote. Raises NumberNotGood.
    """
    if actor is not None:
        raise ValueError("who answers is not signed in")
    opening = queries.opened_by(number, now)
    if opening is None:
        raise NumberNotGood
    version, public = letter_key()
    key, words_id = queries.keys(), uuid4()
    answers_id = rules.answers_id(number, key)
    sheet = json.dumps({"offering": opening.offering, "said": [int(one) for one in said]}).encode()
    written = rules.Said(opening.offering, language, words[:LONGEST], help_asked, opening.link, opening.version)
    answers = seal_letter(public, sheet, about=rules.about("answers", answers_id), size=rules.ANSWERS_SIZE)
    letter = seal_letter(public, written.to_json(), about=rules.about("words", words_id), size=rules.WORDS_SIZE)
    periods = rules.open_periods(local(now).date())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT participation.post_feedback(%s, %s, %s, %s, %s, %s, %s)",
            [rules.fingerprint(number, key), periods, answers_id, version, answers, words_id, letter],
        )
        if not cursor.fetchone()[0]:
            raise NumberNotGood
