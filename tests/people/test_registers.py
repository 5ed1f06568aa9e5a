"""Registers of other bodies: loaded, loaded again, and nothing doubles; taken back, and it is as it was."""

from collections.abc import Callable, Sequence

import pytest

from arasha.kernel.access.models import Body
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District, Person
from arasha.people import actions, models, policy, queries
from arasha.people.actions.writing import Writing
from arasha.people.models import Person as Known
from arasha.people.models.facts import Fact
from arasha.people.rules import Name, Question, questions
from arasha.people.rules.registers import Decided
from arasha.ui.rules import UnknownCode
from tests.database import as_owner
from tests.people.children import TODAY, case_of, child_of, described
from tests.people.registers import AIGERIM, DANA, ERLAN, arranged, counted, csv_file, handed_in, loaded, worked_on

pytestmark = pytest.mark.django_db
ALL = (AIGERIM, DANA, ERLAN)


@pytest.fixture
def department(district: District) -> Person:
    """Somebody of the education department."""
    return seated("education department", "education_department")


def seated(code: str, function: str) -> Person:
    with cast.building():
        return cast.seat(cast.make_unit(code, DISTRICT, function))


def people() -> list[str]:
    return sorted(Known.objects.filter(ended_at=None).values_list("called", flat=True))


def everything() -> dict[str, list[tuple[object, ...]]]:
    """What stands of people now, past everybody's rights: what is called what, and every fact that holds."""
    with as_owner():
        people = Known.objects.filter(ended_at=None).order_by("id").values_list("id", "called", "sex")
        found: dict[str, list[tuple[object, ...]]] = {"people": list(people)}
        tables: tuple[type[Fact], ...] = (
            models.PersonName,
            models.Paper,
            models.Contact,
            models.Address,
            models.Attendance,
        )
        for table in tables:
            standing = table._default_manager.filter(ended_at=None, until=None).order_by("id")
            found[table.__name__] = list(standing.values_list("id", "person_id"))
        rows = models.RegisterRow.objects.order_by("id").values_list("id", "person_id", "key", "parts", "facts")
        found["rows"] = [(one, who, bytes(key), bytes(parts), tuple(facts)) for one, who, key, parts, facts in rows]
    return found


def test_a_register_is_loaded_and_loaded_again_and_nothing_doubles(department: Person) -> None:
    source = arranged(department)
    first = loaded(department, source, csv_file(*ALL))
    assert (first.state, counted(first)) == ("loaded", (3, 0, 0, 0))
    before = everything()
    second = loaded(department, source, csv_file(*ALL))
    assert (second.state, counted(second)) == ("loaded", (0, 3, 0, 0))
    assert everything() == before
    department.enter()
    assert people() == ["Бекова Дана", "Бекұлы Ерлан Болатұлы", "Нұрғалиева Әйгерім Серікқызы"]


def test_what_is_loaded_is_read_like_what_is_typed(district: District) -> None:
    guardian = seated("guardianship", "guardianship")
    loaded(guardian, arranged(guardian, "guardianship"), csv_file(AIGERIM))
    [found] = queries.search(*_questions(guardian, "Нургалиева Айгерим 2014"))
    assert (found.within, found.called) == (True, "Нұрғалиева Әйгерім Серікқызы")
    person = Known.objects.get(pk=found.person)
    card = queries.card(person)
    assert [one.said for one in card.papers] == [{"number": "140314600014"}]
    assert [one.said for one in card.contacts] == [{"value": "+77011234567"}]
    assert [one.said for one in card.addresses] == [{"line": "Абай 1"}]
    assert [(one.kind, one.called, one.group) for one in card.attendances] == [("school", "№ 5", "3Б")]
    assert (person.sex, str(person.birth_first), person.birth_how, person.role) == (
        "girl",
        "2014-03-14",
        "day",
        "child",
    )
    for typed in ("140314600014", "8 701 123 45 67"):
        assert [one.person for one in queries.search(*_questions(guardian, typed))] == [found.person], typed


def _questions(who: Person, typed: str) -> Sequence[Question]:
    who.enter()
    return questions(typed, TODAY)


def test_a_changed_row_changes_its_child_and_no_other(department: Person) -> None:
    source = arranged(department)
    loaded(department, source, csv_file(*ALL))
    moved = (*AIGERIM[:8], "№ 9", "4Б")
    found = loaded(department, source, csv_file(moved, DANA, ERLAN))
    assert counted(found) == (0, 2, 1, 0)
    standing = models.Attendance.objects.filter(ended_at=None, until=None).values_list("called", flat=True)
    assert sorted(standing) == ["№ 5", "№ 7", "№ 9"]
    assert len(people()) == 3


def test_what_a_file_does_not_say_ends_nothing(department: Person) -> None:
    source = arranged(department)
    loaded(department, source, csv_file(*ALL))
    before = everything()
    short = csv_file(*(row[:6] for row in ALL), head=("Фамилия", "Имя", "Отчество", "Дата рождения", "Пол", "ИИН"))
    assert counted(loaded(department, source, short)) == (0, 3, 0, 0)
    assert everything() == before


def test_a_child_who_got_a_number_is_still_one_child(department: Person) -> None:
    source = arranged(department)
    loaded(department, source, csv_file(DANA))
    numbered = (*DANA[:5], "150502600010", *DANA[6:])
    assert counted(loaded(department, source, csv_file(numbered))) == (0, 0, 1, 0)
    assert counted(loaded(department, source, csv_file(numbered))) == (0, 1, 0, 0)
    assert people() == ["Бекова Дана"]


def test_a_number_that_stands_twice_with_other_words_goes_back_and_says_why(department: Person) -> None:
    other = (*AIGERIM[:7], "Абай 99", *AIGERIM[8:])
    found = loaded(department, arranged(department), csv_file(AIGERIM, other))
    assert counted(found) == (1, 0, 0, 1)
    faults = models.LoadFault.objects.filter(load=found).values_list("row_number", "code")
    assert list(faults) == [(3, "key_twice")]


def test_namesakes_stay_two_and_somebody_looks_at_them(department: Person) -> None:
    source = arranged(department)
    namesake = (*DANA[:7], "Сейфуллин 8", "№ 8", "2Б")
    assert counted(loaded(department, source, csv_file(DANA, namesake))) == (2, 0, 0, 0)
    assert counted(loaded(department, source, csv_file(namesake, DANA))) == (0, 2, 0, 0)
    with as_owner():
        assert models.Match.objects.count() == 1


def test_trying_out_counts_and_writes_nothing(department: Person) -> None:
    source = arranged(department)
    loaded(department, source, csv_file(AIGERIM))
    before = everything()
    nobody = ("", "", "", "01.02.2015", "", "", "", "", "", "")
    load = handed_in(department, source, csv_file(*ALL, nobody))
    actions.try_load(actor=department.enter(), load=load, now=NOW)
    found = worked_on(department, load)
    assert (found.state, counted(found)) == ("tried", (2, 1, 0, 1))
    assert everything() == before
    actions.start_load(actor=department.enter(), load=load, now=NOW)
    assert counted(worked_on(department, load)) == (2, 1, 0, 1)


def test_a_load_taken_back_leaves_everything_as_it_was(department: Person) -> None:
    source = arranged(department)
    loaded(department, source, csv_file(AIGERIM, DANA))
    before = everything()
    renamed = ("Ахметова", *AIGERIM[1:5], AIGERIM[5], "87770000000", "Абай 77", "№ 9", "4Б")
    load = loaded(department, source, csv_file(renamed, DANA, ERLAN))
    assert counted(load) == (1, 1, 1, 0)
    assert "Ахметова Әйгерім Серікқызы" in people()
    actions.take_back_load(actor=department.enter(), load=load.pk, now=NOW)
    assert worked_on(department, load.pk).state == "taken_back"
    assert everything() == before
    again = loaded(department, source, csv_file(renamed, DANA, ERLAN))
    assert counted(again) == (1, 1, 1, 0)


def test_loads_are_taken_back_from_the_newest(department: Person) -> None:
    source = arranged(department)
    first = loaded(department, source, csv_file(AIGERIM))
    loaded(department, source, csv_file(AIGERIM, DANA))
    with pytest.raises(actions.LoadNotReady):
        actions.take_back_load(actor=department.enter(), load=first.pk, now=NOW)


def test_who_was_written_about_by_hand_is_kept_and_counted(district: District) -> None:
    guardian = seated("guardianship", "guardianship")
    source = arranged(guardian, "guardianship")
    load = loaded(guardian, source, csv_file(AIGERIM, DANA))
    child = Known.objects.get(called="Бекова Дана")
    actions.name_person(actor=guardian.enter(), person=child.pk, kind="used", name=Name(given="Дана"), now=NOW)
    actions.take_back_load(actor=guardian.enter(), load=load.pk, now=NOW)
    found = worked_on(guardian, load.pk)
    assert (found.state, found.rows_kept) == ("taken_back", 1)
    assert len(people()) == 1
    assert counted(loaded(guardian, source, csv_file(AIGERIM, DANA))) == (1, 1, 0, 0)


def test_whose_absence_was_written_down_by_hand_is_kept(district: District) -> None:
    with cast.building():
        school = cast.seat(cast.make_unit("school department", DISTRICT, "education_department"))
    load = loaded(school, arranged(school), csv_file(AIGERIM, DANA))
    child = Known.objects.get(called="Бекова Дана")
    away = NOW.date()
    actions.note_absence(actor=school.enter(), person=child.pk, kind="unexcused", since=away, until=None, now=NOW)
    actions.take_back_load(actor=school.enter(), load=load.pk, now=NOW)
    assert worked_on(school, load.pk).rows_kept == 1
    assert people() == ["Бекова Дана"]


def test_a_load_that_was_stopped_goes_on_where_it_stood(department: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arasha.people.actions.loading.CHUNK", 1)
    load = handed_in(department, arranged(department), csv_file(*ALL))
    actions.start_load(actor=department.enter(), load=load, now=NOW)
    puts: list[int] = []

    def killed(chunk: object) -> None:
        puts.append(1)
        if len(puts) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("arasha.people.actions.loading.Writing.take", _after(killed))
    with pytest.raises(KeyboardInterrupt):
        worked_on(department, load)
    monkeypatch.undo()
    department.enter()
    half = models.Load.objects.get(pk=load)
    assert (half.state, half.last_row, half.rows_new) == ("loading", 2, 1)
    found = worked_on(department, load)
    assert (found.state, counted(found), len(people())) == ("loaded", (3, 0, 0, 0), 3)


def _after(then: Callable[[object], None]) -> Callable[..., None]:
    """Return the taking of a row with something before it."""
    take = Writing.take

    def taking(self: Writing, decided: Decided, *, write: bool) -> None:
        then(decided)
        take(self, decided, write=write)

    return taking


def test_whoever_works_on_the_same_load_later_finds_it_done(department: Person) -> None:
    load = loaded(department, arranged(department), csv_file(*ALL))
    assert counted(worked_on(department, load.pk)) == (3, 0, 0, 0)


def test_a_complete_register_says_who_is_gone_and_takes_nobody_out(department: Person) -> None:
    source = arranged(department)
    loaded(department, source, csv_file(*ALL))
    found = loaded(department, source, csv_file(AIGERIM), complete=True)
    assert (found.rows_gone, len(people())) == (2, 3)


def test_a_child_of_a_case_is_known_and_nobody_learns_of_it(district: District, department: Person) -> None:
    file = case_of(
        district.coordinator, described("Нұрғалиева", "Әйгерім", "Серікқызы", year=2014, month=3, day=14, sex="girl")
    )
    child = child_of(district.coordinator, file)
    clinic = seated("clinic", "health_care")
    alone = loaded(clinic, arranged(clinic, "health"), csv_file(DANA))
    known = loaded(department, arranged(department), csv_file(AIGERIM))
    assert (known.rows_new, known.rows_doubtful) == (alone.rows_new, alone.rows_doubtful) == (1, 0)
    with as_owner():
        [row] = models.RegisterRow.objects.filter(source=known.source_id)
        rows = models.PersonIdentity.objects.filter(person__in=[child.pk, row.person_id])
        assert len(set(rows.values_list("identity", flat=True))) == 1
    department.enter()
    assert queries.also_in(row.person_id) == []


def test_who_coordinates_reads_the_people_and_nobody_of_the_neighbours(district: District) -> None:
    police = seated("women's police", "women_children_police")
    source = arranged(police, "police")
    loaded(police, source, csv_file(AIGERIM))
    for who, may in (
        (police, True),
        (district.coordinator, True),
        (district.neighbour, False),
        (district.doctor, False),
    ):
        found = queries.search(*_questions(who, "Нұрғалиева Әйгерім"))
        assert [one.within for one in found] == ([True] if may else []), who
    police.enter()
    card = queries.card(Known.objects.get())
    assert (card.papers, card.papers_shown) == ([], False)
    district.coordinator.enter()
    assert not models.RegisterSource.objects.exists()
    assert not models.Load.objects.exists()


def test_nobody_watches_over_the_register_of_a_protected_body(district: District) -> None:
    refuge = seated("refuge", "family_support")
    with cast.building():
        Body.objects.filter(pk=refuge.unit.body_id).update(protected=True)
    loaded(refuge, arranged(refuge, "ngo"), csv_file(AIGERIM))
    assert queries.search(*_questions(district.coordinator, "Нұрғалиева Әйгерім")) == []


def test_only_who_may_import_arranges_a_register(district: District) -> None:
    with pytest.raises(policy.NotAllowed):
        arranged(seated("school", "education_school"))
    with pytest.raises(UnknownCode):
        arranged(seated("education department", "education_department"), "nothing")
