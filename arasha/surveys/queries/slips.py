"""What a slip opens: the survey that its number belongs to, while it is open and the slip unused."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.vault.queries import code_key
from arasha.kernel.vault.rules import derive
from arasha.surveys import rules

FIND = "SELECT survey, questionnaire, age, language, breakdown, public FROM surveys.find_token(%s, %s)"


@dataclass(frozen=True, slots=True)
class Opened:
    """What is asked of whoever holds a slip, and the half that the answers are sealed to."""

    survey: UUID
    questions: tuple[rules.Question, ...]
    sheet: rules.Sheet
    unsaid: rules.Words
    title: rules.Words
    language: str
    public: bytes


@sensitive_variables()
def slip_key() -> bytes:
    """Return the key of the slips' hashes; it lies with the public pages' keys, outside the database."""
    return derive(code_key(), "arasha.surveys.slips.1")


@sensitive_variables()
def opened_by(slip: str, now: datetime) -> Opened | None:
    """Return what a slip opens; None for a wrong, used or late one, and nothing says which it is."""
    with connection.cursor() as cursor:
        cursor.execute(FIND, [rules.fingerprint(slip, slip_key()), now])
        row = cursor.fetchone()
    if row is None:
        return None
    survey, code, age, language, breakdown, public = row
    asked = rules.questionnaire(code)
    questions = asked.asked(age, breakdown)
    return Opened(survey, questions, asked.sheet(age), asked.unsaid, asked.title, language, bytes(public))
