"""Before and after an adoption are two people to all but one function."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.models import Look
from arasha.kernel.access.rules import Conflict
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District, Person
from arasha.people import actions, queries
from arasha.people.models import Match
from arasha.people.rules import questions
from tests.database import as_owner
from tests.people.children import TODAY, case_of, child_of, described

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
IIN = "140314600014"
AYARU = described("Нұрғалиева", "Аяру", "Серікқызы", year=2014, month=3, day=14, sex="girl")


@pytest.fixture
def guardian(district: District) -> Person:
    with cast.building():
        return cast.seat(cast.make_unit("guardianship", DISTRICT, "guardianship"))


@pytest.fixture
def both(guardian: Person) -> tuple[UUID, UUID]:
    """The child's file from before, with the number, and a new one under the new name."""
    new = described("Ахметова", "Аяру", "Болатқызы", year=2014, month=3, day=14, sex="girl")
    return case_of(guardian, AYARU, iin=IIN), case_of(guardian, new)


def sealed(guardian: Person, both: tuple[UUID, UUID]) -> tuple[UUID, UUID]:
    before, after = (child_of(guardian, file).pk for file in both)
    actions.seal_adoption(actor=guardian.enter(), before=before, after=after, now=LATER)
    return before, after


def test_nobody_beyond_the_team_finds_who_was_before(
    district: District, guardian: Person, both: tuple[UUID, UUID]
) -> None:
    def found(who: Person) -> list[UUID]:
        who.enter()
        return [one.dossier for one in queries.search(*questions("Нұрғалиева Аяру", TODAY))]

    assert found(district.coordinator) == [both[0]]
    sealed(guardian, both)
    for who in (district.coordinator, district.region, district.nation):
        assert found(who) == []
    assert found(guardian) == [both[0]]


def test_matching_never_joins_the_two_nor_a_register_s_row_with_who_was_before(
    district: District, guardian: Person, both: tuple[UUID, UUID]
) -> None:
    sealed(guardian, both)
    case_of(guardian, AYARU, iin=IIN)
    while actions.match_waiting(actor=enter_system("match"), now=LATER):
        pass
    with as_owner():
        old = child_of(guardian, both[0]).pk
        assert not [pair for pair in Match.objects.all() if old in {pair.one_id, pair.other_id}]


def test_one_function_tells_and_that_it_did_is_an_act_and_a_look(
    district: District, guardian: Person, both: tuple[UUID, UUID]
) -> None:
    before, after = sealed(guardian, both)
    [told] = actions.open_adoption(actor=guardian.enter(), person=after, dossier=both[1], now=LATER)
    assert (told.person, told.dossier, told.is_after) == (before, both[0], False)
    [told] = actions.open_adoption(actor=guardian.enter(), person=before, dossier=both[0], now=LATER)
    assert (told.person, told.is_after) == (after, True)
    with as_owner():
        assert Look.objects.filter(kind="facet", dossier__in=both).count() == 2
    guardian.enter()
    assert queries.also_in(after) == []


def test_nobody_else_asks_or_seals_not_even_as_raw_sql(
    district: District, guardian: Person, both: tuple[UUID, UUID]
) -> None:
    before, after = sealed(guardian, both)
    with cast.building():
        other = cast.seat(cast.make_unit("another guardianship", DISTRICT, "guardianship"))
    for who in (district.coordinator, district.inspector, district.region, other):
        with pytest.raises(actions.PersonNotThere):
            actions.open_adoption(actor=who.enter(), person=after, dossier=both[1], now=LATER)
        with pytest.raises(actions.PersonNotThere):
            actions.seal_adoption(actor=who.enter(), before=after, after=before, now=LATER)
    guardian.enter()
    with pytest.raises(DatabaseError, match="no act open"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people.adoption_of(%s)", [after])


def test_it_is_sealed_once_and_never_within_one_file(
    district: District, guardian: Person, both: tuple[UUID, UUID]
) -> None:
    before, after = sealed(guardian, both)
    for one, other in ((before, after), (before, before)):
        with pytest.raises(Conflict):
            actions.seal_adoption(actor=guardian.enter(), before=one, after=other, now=LATER)
