"""What pages show of people no more than who reads may know, and no form asks for what it then refuses."""

from uuid import UUID

import pytest

from arasha.kernel.access.actions import enter_system
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District, Person
from arasha.people import actions, queries
from arasha.people.models import Match
from arasha.people.models import Person as Known
from tests.database import as_owner
from tests.people.children import case_of, described, join
from tests.people.registers import AIGERIM, DANA, arranged, csv_file, handed_in, worked_on

pytestmark = pytest.mark.django_db
IIN = "140314600014"
GIRL = described("Нұрғалиева", "Әйгерім", "Серікқызы", year=2014, month=3, day=14, sex="girl")


@pytest.fixture
def guardian(district: District) -> Person:
    """Somebody of the guardianship, who reads and writes papers."""
    with cast.building():
        return cast.seat(cast.make_unit("guardianship", DISTRICT, "guardianship"))


def test_the_sum_of_a_pair_is_that_of_the_lines_that_are_shown(district: District, guardian: Person) -> None:
    for _ in range(2):
        case_of(guardian, GIRL, iin=IIN)
    actions.match_waiting(actor=enter_system("match"), now=NOW)
    with as_owner():
        match = Match.objects.get()
    assert "iin:same" in match.levels
    shown = cast.browser_of(district.coordinator).get(f"/people/matches/{match.pk}/")
    lines = [float(line["bits"].replace("−", "-").replace(",", ".")) for line in shown.context["lines"]]
    assert abs(sum(lines) - int(shown.context["sum"])) <= 1
    assert int(shown.context["sum"]) < match.bits - 5


def test_who_may_not_write_papers_is_asked_for_none_and_writes_the_child_down(district: District) -> None:
    file = case_of(district.coordinator, GIRL)
    with cast.building():
        Known.objects.filter(dossier=file).update(ended_at=NOW)
    browser = cast.browser_of(district.coordinator)
    page = f"/people/{file}/add/"
    assert 'name="iin"' not in browser.get(page).content.decode()
    said = {"surname": "Ким", "given": "Анна", "sex": "girl", "iin": IIN, "absent": "none"}
    assert browser.post(page, said).status_code == 302
    district.coordinator.enter()
    child = queries.child_of(file)
    assert child is not None
    assert child.called == "Ким Анна"


@pytest.fixture
def listed(guardian: Person) -> UUID:
    """Somebody whom only a register names."""
    load = handed_in(guardian, arranged(guardian, "guardianship"), csv_file(AIGERIM, DANA))
    actions.start_load(actor=guardian.enter(), load=load, now=NOW)
    worked_on(guardian, load)
    with as_owner():
        return Known.objects.get(called__startswith="Бекова").pk


def test_whom_a_register_names_is_found_with_a_page_of_their_own_and_the_list_is_no_family(
    guardian: Person, listed: UUID
) -> None:
    browser = cast.browser_of(guardian)
    [row] = browser.post("/find/", {"q": "Бекова Дана"}).context["rows"]
    assert row["file"] == "register"
    person = browser.get(row["url"])
    assert person.status_code == 200
    with as_owner():
        register = Known.objects.get(pk=listed).dossier_id
    assert row["url"] == f"/people/{register}/{listed}/"
    assert f'href="/people/{register}/"' not in person.content.decode()
    assert f'href="/files/{register}/"' not in person.content.decode()
    assert browser.get(f"/people/{register}/").status_code == 404
    assert browser.get(f"/people/{register}/add/").status_code == 404


def test_a_school_reads_that_something_is_closed_to_an_adult_and_not_why(district: District) -> None:
    file = case_of(district.coordinator, GIRL)
    actor = district.coordinator.enter()
    father = actions.register(actor=actor, dossier=file, role="carer", described=described("Ким", "Олег"), now=NOW)
    actions.set_standing(actor=actor, person=father.pk, matter="told", allowed=False, reason="alleged", now=NOW)
    with cast.building():
        school = cast.seat(cast.make_unit("school", DISTRICT, "education_school"))
    join(district.coordinator, file, school.unit.pk, "obliged")
    page, why = f"/people/{file}/{father.pk}/", "alleged"
    theirs = cast.browser_of(school).get(page).content.decode()
    assert "not allowed" in theirs
    assert why not in theirs
    assert why in cast.browser_of(district.coordinator).get(page).content.decode()
