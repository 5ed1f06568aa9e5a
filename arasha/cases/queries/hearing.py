"""What the child said already, when and how, and who may ask it what happened."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from arasha.cases.models import ChildWords
from arasha.cases.queries.frame import Said, place
from arasha.kernel.access.models import Dossier, Unit
from arasha.kernel.access.queries import bars_of, body_for, may_write, supervisor_of, team_of
from arasha.kernel.access.rules import Facet, from_database
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed

INTERVIEWS = "women_children_police"  # the function that may write the interview, in access/data/function_facets.csv
HEARS = frozenset({"lead", "partner", "overseeing"})


@dataclass(frozen=True)
class Heard:
    """That the child was heard: on which day, how, by which kinds of units; `words`: the row, for who may read it."""

    words: UUID | None
    said_on: date
    how: str
    asked: str
    kinds: tuple[str, ...]


def heard(dossier: UUID) -> list[Heard]:
    """Return when the child was heard, newest first, for whoever may open the file. Raises access.rules.NotThere."""
    rows = _called("SELECT words, said_on, how, asked, kinds FROM cases.heard(%s::uuid)", dossier)
    return [Heard(row[0], row[1], row[2], row[3], tuple(row[4])) for row in rows]


def interviewers(dossier: UUID) -> set[int]:
    """Return the units that may ask this child what happened. Raises access.rules.NotThere."""
    return {row[0] for row in _called("SELECT cases.interviewers(%s::uuid)", dossier)}


def _called(sql: str, dossier: UUID) -> list[tuple]:  # type: ignore[type-arg]  # rows as the driver gives them
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [dossier])
            return list(cursor.fetchall())
    except DatabaseError as error:
        raise from_database(error) from error


def may_interview(dossier: UUID) -> bool:
    """Say whether the actor is this child's trained interviewer: the lead granted it, and their function allows it."""
    return may_write(dossier, Facet.INTERVIEW)


def interviewing_unit(dossier: Dossier, at: datetime) -> Unit | None:
    """Return the unit that would interview this child; where its body is barred from the file, that above it."""
    barred = {bar.body_id for bar in bars_of(dossier.pk) if bar.ended_at is None}
    unit = body_for(INTERVIEWS, dossier.territory_id, at)
    while unit is not None and unit.body_id in barred:
        unit = supervisor_of(unit, at)
    return unit


def told_of_words(dossier: UUID) -> set[int]:
    """Return the units that are told when the child spoke: who leads, works on and oversees the file."""
    return {member.unit_id for member in team_of([dossier]) if member.part in HEARS and member.unit_id}


def interview_of(dossier: UUID) -> list[Said]:
    """Return what the child answered when asked what happened, for who may read the interview; the newest first.

    Whoever shows it records the look at the sealed facet first.
    """
    rows = list(
        ChildWords.objects.filter(dossier=dossier, facet=int(Facet.INTERVIEW))
        .select_related("unit")
        .order_by("-said_at", "-id")
    )
    here = place(dossier, Facet.INTERVIEW, "cases_childwords")
    opened = open_many([Sealed(bytes(row.sealed or b""), row=str(row.pk), **here) for row in rows])
    return [Said(row, words) for row, words in zip(rows, opened, strict=True)]
