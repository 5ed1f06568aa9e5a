"""Before and after an adoption are two people to all but one function."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.models import Look
from arasha.kernel.access.rules import Conflict, NeedsTwo
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


def colleague_of(who: Person) -> Person:
    """Somebody else of the same unit."""
    with cast.building():
        return cast.seat(who.unit)


def test_a_mistake_is_taken_back_by_a_second_person_and_both_are_found_and_compared_again(
    district: District, guardian: Person, both: tuple[UUID, UUID]
) -> None:
    before, after = sealed(guardian, both)
    with pytest.raises(NeedsTwo):
        actions.lift_adoption(actor=guardian.enter(), person=after, now=LATER)
    colleague = colleague_of(guardian)
    assert actions.lift_adoption(actor=colleague.enter(), person=after, now=LATER)
    district.coordinator.enter()
    assert [one.dossier for one in queries.search(*questions("Нұрғалиева Аяру", TODAY))] == [both[0]]
    assert queries.also_in(before) == []
    case_of(guardian, AYARU, iin=IIN)
    while actions.match_waiting(actor=enter_system("match"), now=LATER):
        pass
    with as_owner():
        assert [pair for pair in Match.objects.all() if before in {pair.one_id, pair.other_id}]
    assert not actions.lift_adoption(actor=colleague.enter(), person=after, now=LATER)


def test_nobody_else_takes_it_back(district: District, guardian: Person, both: tuple[UUID, UUID]) -> None:
    _before, after = sealed(guardian, both)
    for who in (district.coordinator, district.inspector, district.region):
        with pytest.raises(actions.PersonNotThere):
            actions.lift_adoption(actor=who.enter(), person=after, now=LATER)


def test_guardianship_parts_asks_and_takes_back_on_a_page(guardian: Person, both: tuple[UUID, UUID]) -> None:
    before, after = (child_of(guardian, file).pk for file in both)
    browser, page = cast.browser_of(guardian), f"/people/{both[1]}/{after}/adoption/"
    assert page in browser.get(f"/people/{both[1]}/{after}/").content.decode()
    found = browser.post(page, {"q": "Нургалиева Аяру"})
    assert [row["person"] for row in found.context["rows"]] == [before]
    assert browser.post(f"{page}tell/").context["told"] == []
    assert browser.post(f"{page}seal/", {"before": str(before)}).status_code == 302
    [told] = browser.post(f"{page}tell/").context["told"]
    assert told["row"]["person"] == before
    browser.post(f"{page}lift/")
    assert len(browser.post(f"{page}tell/").context["told"]) == 1
    cast.browser_of(colleague_of(guardian)).post(f"{page}lift/")
    assert browser.post(f"{page}tell/").context["told"] == []


@pytest.mark.parametrize("typed", ["", "  %% ", "5", "ы" * 300])
def test_what_names_nobody_is_an_error_that_keeps_the_page(
    guardian: Person, both: tuple[UUID, UUID], typed: str
) -> None:
    after = child_of(guardian, both[1]).pk
    answer = cast.browser_of(guardian).post(f"/people/{both[1]}/{after}/adoption/", {"q": typed})
    assert answer.status_code == 422
    assert answer.context["problem"]


def test_the_page_is_there_for_nobody_else_and_for_no_other_file(
    district: District, guardian: Person, both: tuple[UUID, UUID]
) -> None:
    before, after = sealed(guardian, both)
    page = f"/people/{both[1]}/{after}/adoption/"
    for who in (district.coordinator, district.inspector, district.region, district.nation):
        browser = cast.browser_of(who)
        assert browser.get(page).status_code == 404
        assert browser.post(f"{page}tell/").status_code == 404
        assert browser.post(f"{page}lift/").status_code == 404
        assert browser.post(f"{page}seal/", {"before": str(before)}).status_code == 404
    browser = cast.browser_of(guardian)
    assert browser.get(f"/people/{both[0]}/{after}/adoption/").status_code == 404
    assert browser.post(f"{page}seal/", {"before": "nobody"}).status_code == 422
    assert browser.post(f"{page}seal/", {"before": str(uuid4())}).status_code == 404
