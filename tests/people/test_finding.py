"""Finding: in any script and spelling, within what the asker may know of, and nothing beyond."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.models import Body
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District, Person
from arasha.people import actions, queries
from arasha.people.models import Entry
from arasha.people.rules import AskedTooMuch, Name, NothingAsked, Question, questions, read_question
from tests.database import as_owner
from tests.people.children import TODAY, case_of, child_of, described, join

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
IIN = "140314600014"
AIGERIM = described("Нұрғалиева", "Әйгерім", "Серікқызы", year=2014, month=3, day=14, sex="girl")


def asked(who: Person, typed: str) -> list[queries.Found]:
    who.enter()
    return queries.search(*questions(typed, TODAY))


def named(who: Person, typed: str) -> list[str]:
    return [one.called for one in asked(who, typed)]


@pytest.fixture
def aigerim(district: District) -> UUID:
    return case_of(district.coordinator, AIGERIM)


@pytest.mark.parametrize(
    "typed",
    [
        "Нұрғалиева Әйгерім Серікқызы",
        "Нургалиева Айгерим Сериковна",
        "Nurgalieva Aigerim",
        "Nūrğalieva Äigerım",
        "aigerim nurgaliyeva",
        "Айгерім Нұрғалиева",
        "Нургалеева Айгирим",
        "Нургалива Айгерм",
        "Айгерим",
        "айгер",
        "Әйгерім 2014",
        "Айгерим 12 лет",
        "Айгерим 14.03.2014",
        "Айгерим 2013-2015",
        "Әйгерім Серікқызы",
        "Нурғалиева А.",
        "НҰРҒАЛИЕВА  Ә. С.",
        "Нұрғалиева-Ким Әйгерім",
    ],
)
def test_she_is_found_however_she_is_spelt(district: District, aigerim: UUID, typed: str) -> None:
    assert named(district.coordinator, typed) == ["Нұрғалиева Әйгерім Серікқызы"]


@pytest.mark.parametrize("typed", ["Бекова Мадина", "Айгерим 2003", "Зухра", "Нұрғалиева Болат"])
def test_others_are_not_found(district: District, aigerim: UUID, typed: str) -> None:
    assert named(district.coordinator, typed) == []


@pytest.mark.parametrize("typed", ["", "   ", "%", "_%_", "';--", "!!!", "12", "👧", "\x00\x01"])
def test_where_nothing_is_asked_for_nothing_is_said_to_be_missing(typed: str) -> None:
    with pytest.raises(NothingAsked):
        read_question(typed, TODAY)


def test_ten_thousand_letters_are_too_much() -> None:
    with pytest.raises(AskedTooMuch):
        read_question("а" * 10_000, TODAY)


@pytest.mark.parametrize("typed", ["'; DROP TABLE people_entry; --", "Айгерим' OR '1'='1", "Ай%рим", "{Айгерим}"])
def test_sql_is_only_letters(district: District, aigerim: UUID, typed: str) -> None:
    named(district.coordinator, typed)
    assert named(district.coordinator, "Айгерим") == ["Нұрғалиева Әйгерім Серікқызы"]


def test_twins_are_two_and_the_one_asked_for_comes_first(district: District) -> None:
    case_of(district.coordinator, AIGERIM)
    twin = replace(AIGERIM, name=replace(AIGERIM.name, given="Айгүл"))
    case_of(district.coordinator, twin)
    assert named(district.coordinator, "Нургалиева Айгуль 2014")[0] == "Нұрғалиева Айгүл Серікқызы"
    assert named(district.coordinator, "Нургалиева Айгерим 2014")[0] == "Нұрғалиева Әйгерім Серікқызы"


def test_one_name_only_is_found_and_a_father_as_surname(district: District) -> None:
    case_of(district.coordinator, described("", "Гүлназ", kind="said"))
    case_of(district.coordinator, described("Серік", "Дана"))
    assert named(district.coordinator, "Гулназ") == ["Гүлназ"]
    assert named(district.coordinator, "Дана Серик") == ["Серік Дана"]


def test_an_earlier_name_still_finds_her(district: District, aigerim: UUID) -> None:
    child = child_of(district.coordinator, aigerim)
    new = Name("Ахметова", "Әйгерім")
    actions.name_person(actor=district.coordinator.enter(), person=child.pk, kind="document", name=new, now=LATER)
    for typed in ("Нургалиева Айгерим", "Ахметова Айгерим"):
        assert named(district.coordinator, typed) == ["Ахметова Әйгерім"]


def test_what_was_taken_back_finds_nobody(district: District, aigerim: UUID) -> None:
    child, actor = child_of(district.coordinator, aigerim), district.coordinator.enter()
    wrong = actions.name_person(actor=actor, person=child.pk, kind="used", name=Name(given="Зухра"), now=LATER)
    assert named(district.coordinator, "Зухра")
    actions.end_fact(actor=district.coordinator.enter(), what="name", fact=wrong.pk, now=LATER)
    assert named(district.coordinator, "Зухра") == []


def test_a_corrected_birth_is_asked_for_at_once(district: District, aigerim: UUID) -> None:
    child = child_of(district.coordinator, aigerim)
    from_2010 = described(year=2010).birth
    actions.set_birth(actor=district.coordinator.enter(), person=child.pk, birth=from_2010, now=LATER)
    assert named(district.coordinator, "Айгерим 2010")
    assert named(district.coordinator, "Айгерим 2014") == []


def test_a_number_finds_her_for_who_reads_papers_and_nobody_for_others(district: District) -> None:
    with cast.building():
        guardian = cast.seat(cast.make_unit("guardianship", "615400000", "guardianship"))
    file = case_of(guardian, AIGERIM, iin=IIN)
    join(guardian, file, district.inspector.unit.pk)
    assert named(guardian, "1403 1460 0014") == ["Нұрғалиева Әйгерім Серікқызы"]
    assert named(guardian, "140314600022") == []
    for who in (district.inspector, district.neighbour, district.nation, district.coordinator):
        assert named(who, IIN) == []


def test_a_telephone_finds_her_however_it_is_written(district: District, aigerim: UUID) -> None:
    child = child_of(district.coordinator, aigerim)
    actions.keep_contact(
        actor=district.coordinator.enter(),
        person=child.pk,
        kind="phone",
        whose="mother",
        safe="never",
        value="+7 701 123 45 67",
        normal="+77011234567",
        now=LATER,
    )
    for typed in ("8 701 123 45 67", "+7 (701) 123-45-67", "77011234567"):
        assert named(district.coordinator, typed) == ["Нұрғалиева Әйгерім Серікқызы"], typed
    assert named(district.neighbour, "8 701 123 45 67") == []


def test_a_unit_finds_only_those_of_its_own_files(district: District, aigerim: UUID) -> None:
    for who in (district.neighbour, district.doctor, district.inspector):
        assert asked(who, "Нұрғалиева Әйгерім") == []
    join(district.coordinator, aigerim, district.inspector.unit.pk)
    [found] = asked(district.inspector, "Нұрғалиева Әйгерім")
    assert (found.within, found.called) == (True, "Нұрғалиева Әйгерім Серікқызы")


def test_who_coordinates_the_region_learns_name_year_and_whom_to_ask(district: District) -> None:
    with cast.building():
        guardian = cast.seat(cast.make_unit("guardianship", "615400000", "guardianship"))
    case_of(guardian, AIGERIM)
    for who in (district.coordinator, district.region):
        [found] = asked(who, "Нұрғалиева Әйгерім")
        assert (found.within, found.called, found.lead) == (False, "Нұрғалиева Әйгерім Серікқызы", guardian.unit.pk)
        assert (found.birth_first, found.birth_last) == (date(2014, 1, 1), date(2014, 12, 31))
        assert queries.find(who.enter(), found.person) is None


def test_the_nation_learns_that_there_is_a_file_and_no_name(district: District, aigerim: UUID) -> None:
    [found] = asked(district.nation, "Нұрғалиева Әйгерім")
    assert (found.within, found.called, found.territory) == (False, "", "615400000")


def test_nobody_outside_finds_whom_a_refuge_has(district: District) -> None:
    with cast.building():
        refuge = cast.seat(cast.make_unit("refuge", "615400000", "family_support"))
        Body.objects.filter(pk=refuge.unit.body_id).update(protected=True)
    case_of(refuge, AIGERIM)
    for who in (district.coordinator, district.region, district.nation):
        assert asked(who, "Нұрғалиева Әйгерім") == []
    assert named(refuge, "Айгерим") == ["Нұрғалиева Әйгерім Серікқызы"]


def test_the_stepfather_who_is_barred_finds_nothing_in_any_post(district: District, aigerim: UUID) -> None:
    assert asked(district.region, "Айгерим Нургалиева")
    with cast.building():
        cast.put_bars(aigerim, [{"user_id": district.region.user}, {"user_id": district.coordinator.user}])
    for who in (district.region, district.coordinator):
        assert asked(who, "Айгерим Нургалиева") == []
        assert asked(who, "Айгерим") == []


def test_what_the_asker_may_not_know_takes_nobody_s_place_among_the_ten(district: District) -> None:
    for _ in range(12):
        case_of(district.coordinator, AIGERIM)
    file = case_of(district.coordinator, replace(AIGERIM, name=Name("Нұрғалиева", "Айгерм")))
    join(district.coordinator, file, district.inspector.unit.pk)
    assert named(district.inspector, "Нұрғалиева Әйгерім") == ["Нұрғалиева Айгерм"]


def test_the_keys_are_read_by_no_role_of_the_application(district: District, aigerim: UUID) -> None:
    district.coordinator.enter()
    for table in ("people_entry", "people_word", "people_personidentity"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            count(table)
    with as_owner():
        assert Entry.objects.filter(dossier=aigerim).count() == 1


def count(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")


def test_a_search_without_a_context_is_an_error_and_not_an_empty_list(district: District) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('arasha.context', '', true)")
    with pytest.raises(DatabaseError), transaction.atomic():
        queries.search(read_question("Айгерим", TODAY))


def test_the_clock_s_work_finds_everybody(district: District, aigerim: UUID) -> None:
    enter_system("match")
    assert [one.dossier for one in queries.search(read_question("Айгерим Нургалиева", TODAY))] == [aigerim]


def test_what_is_typed_is_read_as_what_it_is() -> None:
    assert read_question(" 140314-600014 ", TODAY) == Question(iin=IIN)
    assert read_question("8 (701) 123-45-67", TODAY).phone == "+77011234567"
    seven = read_question("Айша, 7 жаста", TODAY)
    assert (seven.since, seven.until, seven.givens) == (date(2018, 1, 1), date(2019, 12, 31), ("aixa",))
    day = read_question("Айша 31.02.2014", TODAY)
    assert (day.since, day.until) == (date(2014, 1, 1), date(2014, 12, 31))
    assert read_question("Серікқызы", TODAY).said == (None,)
    assert read_question("Дана Серікқызы", TODAY).said == (None, "f")
