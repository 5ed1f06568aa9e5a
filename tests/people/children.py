"""Children of made-up cases, written down in files of the cast's units."""

from datetime import date
from typing import Any
from uuid import UUID

from arasha.cases.actions import open_case
from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, Person
from arasha.people import queries
from arasha.people.models import Person as Known
from arasha.people.rules import Described, Name, birth_said

TODAY = date(2026, 11, 23)


def described(
    surname: str = "", given: str = "", patronymic: str = "", *, year: int | None = None, **more: Any
) -> Described:
    """Return a child by its names, and the year of birth where it is known."""
    birth = birth_said(year=year, month=more.pop("month", None), day=more.pop("day", None), on=TODAY)
    return Described(name=Name(surname, given, patronymic), birth=birth, **more)


def case_of(who: Person, child: Described, *, place: str = DISTRICT, **more: Any) -> UUID:
    """Open a case that the unit of `who` leads, with this child; return its file."""
    dossier = cast.open_file()
    case = open_case(actor=who.enter(), signal_dossier=dossier, territory=place, child=child, now=NOW, **more)
    cast.end_opening(case.dossier_id)
    return case.dossier_id


def join(who: Person, file: UUID, unit: int, part: str = "partner") -> None:
    """Let another unit onto the team of a file, by who leads it."""
    who.enter()
    with act(verb="add_member", stream=dossier_stream(file), now=NOW):
        add_member(dossier=file, member=TeamMember(part, unit_id=unit, reason="tested"))


def child_of(who: Person, dossier: UUID) -> Known:
    """Return the child of a file as `who` reads it."""
    who.enter()
    found = queries.child_of(dossier)
    assert found is not None
    return found
