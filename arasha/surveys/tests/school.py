"""A school, and classes that answer."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from arasha.obligations.tests.cast import NOW, Person
from arasha.surveys import actions, queries, rules
from arasha.surveys.models import Survey
from tests.database import ClonedDatabase, as_role

QUESTIONS = rules.questionnaire().sheet("middle").questions
LATER = NOW + timedelta(hours=1)
CLASS: dict[str, Any] = {"called": "7А", "age": "middle", "language": "kk", "enrolment": 20, "breakdown": "none"}


@dataclass(frozen=True)
class School:
    """Who sits where."""

    psychologist: Person
    elsewhere: Person
    department: Person
    doctor: Person


def begun(who: Person, **changes: Any) -> Survey:
    """Begin a survey."""
    return actions.begin_survey(actor=who.enter(), now=NOW, **CLASS | changes)


def opened(who: Person, slips: int = 12, **changes: Any) -> tuple[UUID, list[str]]:
    """Begin a survey, print its slips and open it; return its id and the numbers on the slips."""
    survey = begun(who, **changes)
    drawn = actions.print_slips(actor=who.enter(), survey=survey.pk, count=slips, now=NOW)
    actions.open_survey(actor=who.enter(), survey=survey.pk, now=NOW)
    return survey.pk, drawn


@contextmanager
def as_pupils() -> Iterator[None]:
    """Be what the process of the public pages is: its own role, and nobody acts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('arasha.context', '', true)")
    with as_role("arasha_public"):
        yield


def answered(slips: Sequence[str], said: Sequence[int] | None = None) -> None:
    """Let each of these slips be used, with the same answers."""
    with as_pupils():
        for slip in slips:
            actions.hand_in(actor=None, slip=slip, said=said or [1] * len(QUESTIONS), now=NOW)


def opened_by(slip: str, now: datetime = NOW) -> queries.Opened | None:
    """Ask what a slip opens, as a pupil."""
    with as_pupils():
        return queries.opened_by(slip, now)


def closed(who: Person, survey: UUID) -> Survey:
    """Close a survey."""
    return actions.close_survey(actor=who.enter(), survey=survey, now=LATER)


def as_public(base: ClonedDatabase) -> AbstractContextManager[None]:
    """Let this process be the one that serves the public."""
    return replace(base, app=base.public).as_default()


def rows(base: ClonedDatabase, query: str, *given: Any) -> list[tuple[Any, ...]]:
    """Ask as the superuser, whom no row security holds."""
    with psycopg.connect(base.superuser) as connection:
        return connection.execute(query, given).fetchall()
