"""The coach of two villages, and who notices him."""

from datetime import timedelta

from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District, Person
from arasha.people import actions, models, queries
from arasha.people.rules import SaidSuspect
from tests.people.children import case_of, described, join

LATER = NOW + timedelta(hours=1)
NEXT = "613900000"  # another district of the region
ELSEWHERE = "116600000"  # another region
COACH = SaidSuspect("coach", nickname="Кашалот", age="adult", place_called="Жылға ауылы, спорт залы")
AGAIN = SaidSuspect("coach", nickname="кошалот", age="adult", place_called="Дербісек ауылы, мектеп №14")


def alleged(
    district: District, suspect: SaidSuspect, *, place: str = DISTRICT, lead: Person | None = None
) -> models.Allegation:
    """Let the inspector write an allegation down in a file of its own."""
    lead = lead or district.coordinator
    file = case_of(lead, described("Ким", "Анна", year=2014), place=place)
    join(lead, file, district.inspector.unit.pk)
    return actions.allege(actor=district.inspector.enter(), dossier=file, suspect=suspect, source="child", now=LATER)


def seen_by(who: Person) -> list[queries.Cluster]:
    who.enter()
    return queries.linked_allegations()


def prosecutor(place: str, function: str = "prosecution") -> Person:
    with cast.building():
        return cast.seat(cast.make_unit(function, place, function))


def linked(district: District) -> bool:
    return bool(seen_by(district.region))
