"""A row says what it says; a child is refused for nothing but having no name, or a birth that can't be."""

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.people.rules import Birth, born, born_about, check_figure
from arasha.people.rules.imports import (
    Field,
    Mapping,
    Order,
    Row,
    RowFault,
    Said,
    Severity,
    fingerprint,
    open_table,
    read_row,
    row_key,
)

TODAY = date(2026, 11, 26)
FIELDS = tuple(Field)
MAPPING = Mapping(dict(enumerate(FIELDS)), order=Order.DAY_FIRST)


def iin(eleven: str) -> str:
    return f"{eleven}{check_figure(eleven)}"


BOY = iin("14123150010")
GIRL = iin("14123160010")


def row(**cells: str) -> Row:
    named = {name.rstrip("_"): cell for name, cell in cells.items()}
    assert set(named) <= set(FIELDS)
    return Row(7, tuple(named.get(field.value, "") for field in FIELDS))


def said_of(**cells: str) -> Said:
    said = read_row(row(**cells), MAPPING, TODAY)
    assert isinstance(said, Said), said
    return said


def errors_of(**cells: str) -> list[tuple[str, str]]:
    faults = read_row(row(**cells), MAPPING, TODAY)
    assert isinstance(faults, list), faults
    return [(FIELDS[fault.column - 1].value if fault.column else "", fault.code) for fault in faults]


def warnings_of(**cells: str) -> list[tuple[str, str]]:
    return [(FIELDS[fault.column - 1].value, fault.code) for fault in said_of(**cells).warnings]


def test_a_whole_row_is_read() -> None:
    plain = {
        "surname": "Нұрғалиева",
        "given": "Айгүл",
        "patronymic": "Серікқызы",
        "iin": GIRL,
        "document_number": "№ 123",
        "citizenship": "ҚР",
        "address": "Түркістан, Абай 5",
        "school": "№ 5 мектеп",
        "clinic": "Қалалық емхана",
        "ground": "Көпбалалы",
        "source_key": "A-17",
    }
    mended = {"birth_date": "31.12.2014", "sex": "қыз", "phone": "8 (701) 123-45-67", "territory": "615400000"}
    said = said_of(**plain, **mended, class_="5 «А»")
    assert (said.birth, said.birth_from) == (born(2014, 12, 31), "birth_date")
    assert (said.sex, said.phone, said.kato, said.class_name) == ("girl", "+77011234567", "615400000", "5 «А»")
    assert {name: getattr(said, name) for name in plain} == plain
    assert (said.row_number, said.age, said.territory, said.iin_said, said.warnings) == (7, None, "", "", ())


@pytest.mark.parametrize("only", [{"given": "Айгүл"}, {"surname": "Омар"}, {"full_name": "Айгүл"}, {"iin": BOY}])
def test_one_word_of_who_it_is_is_enough(only: dict[str, str]) -> None:
    assert said_of(**only).warnings == ()


def test_a_wrong_number_alone_still_says_that_there_is_somebody() -> None:
    said = said_of(iin="141231500")
    assert (said.iin, said.iin_said) == ("", "141231500")


@pytest.mark.parametrize(
    "cells", [{"school": "№ 5"}, {"surname": "-", "given": "жоқ", "iin": "нет данных"}, {"given": "«»"}]
)
def test_a_row_that_names_nobody_goes_back(cells: dict[str, str]) -> None:
    assert errors_of(**cells) == [("", "nobody")]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (BOY[:-1], "iin_length"),
        (BOY[:-1] + "x", "iin_figures"),
        (BOY[:6] + "9" + BOY[7:], "iin_century"),
        ("141331" + BOY[6:], "iin_date"),
        (BOY[:-1] + str((int(BOY[-1]) + 1) % 10), "iin_check"),
        (iin("27010150010"), "iin_future"),
        ("5,01015E+10", "iin_rounded"),
        ("5.01015E10", "iin_rounded"),
    ],
)
def test_a_wrong_number_keeps_the_row_and_warns(number: str, code: str) -> None:
    said = said_of(given="Айгүл", iin=number)
    assert [(fault.code, fault.column) for fault in said.warnings] == [(code, FIELDS.index(Field.IIN) + 1)]
    assert (said.iin, said.iin_said, said.birth) == ("", number, None)


@pytest.mark.parametrize("whole", [iin("05010150010"), iin("00010150010"), iin("00100550010")])
def test_zeros_that_a_spreadsheet_dropped_are_given_back(whole: str) -> None:
    said = said_of(given="Айгүл", iin=whole.lstrip("0"))
    assert (said.iin, [fault.code for fault in said.warnings]) == (whole, ["iin_zeros"])


def test_zeros_are_not_given_back_where_the_check_figure_disagrees() -> None:
    number = iin("05010150010")
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert warnings_of(given="Айгүл", iin=wrong.lstrip("0")) == [("iin", "iin_length")]


@pytest.mark.parametrize(
    ("cells", "warning"),
    [
        ({"iin": BOY, "birth_date": "30.12.2014"}, ("iin", "iin_birth_differs")),
        ({"iin": iin("14050650010"), "birth_date": "05.06.2014"}, ("iin", "iin_birth_swapped")),
        ({"iin": BOY, "birth_date": "01.01.2013"}, ("iin", "iin_birth_differs")),
        ({"iin": BOY, "sex": "ж"}, ("sex", "iin_sex_differs")),
        ({"iin": BOY, "birth_year": "2013"}, ("birth_year", "births_differ")),
        ({"birth_date": "31.12.2014", "birth_year": "2013"}, ("birth_year", "births_differ")),
        ({"birth_date": "31.12.2014", "age": "15"}, ("age", "births_differ")),
        ({"given": "Айгүл", "sex": "3"}, ("sex", "sex_unclear")),
        ({"given": "Айгүл", "age": "жас"}, ("age", "age_unreadable")),
        ({"given": "Айгүл", "age": "5-6"}, ("age", "age_unreadable")),
        ({"given": "Айгүл", "phone": "12-34"}, ("phone", "phone_unclear")),
        ({"given": "Айгүл 2"}, ("given", "name_figures")),
        ({"full_name": "А Б В Г Д"}, ("full_name", "name_parts")),
    ],
)
def test_a_contradiction_is_a_warning(cells: dict[str, str], warning: tuple[str, str]) -> None:
    assert warnings_of(**{"surname": "Ким", **cells}) == [warning]


@pytest.mark.parametrize(
    "cells",
    [
        {"iin": BOY, "birth_date": "31.12.2014", "sex": "м", "birth_year": "2014", "age": "11"},
        {"iin": BOY, "birth_date": "01.01.2014"},
        {"birth_date": "31.12.2014", "age": "12"},
        {"sex": "", "phone": "-", "birth_date": "нет"},
    ],
)
def test_what_agrees_warns_of_nothing(cells: dict[str, str]) -> None:
    assert warnings_of(**{"surname": "Ким", **cells}) == []


@pytest.mark.parametrize(
    ("cells", "error"),
    [
        ({"birth_date": "31.02.2014"}, ("birth_date", "date_impossible")),
        ({"birth_date": "27.11.2026"}, ("birth_date", "date_future")),
        ({"birth_date": "осень"}, ("birth_date", "date_unreadable")),
        ({"birth_year": "2030"}, ("birth_year", "year_impossible")),
        ({"age": "120"}, ("age", "age_impossible")),
        ({"age": "-1"}, ("age", "age_impossible")),
    ],
)
def test_a_birth_that_cannot_be_goes_back(cells: dict[str, str], error: tuple[str, str]) -> None:
    assert errors_of(given="Айгүл", **cells) == [error]


def test_a_row_that_goes_back_tells_its_warnings_too() -> None:
    assert errors_of(given="Айгүл", birth_date="31.02.2014", sex="3") == [
        ("birth_date", "date_impossible"),
        ("sex", "sex_unclear"),
    ]


@pytest.mark.parametrize(
    ("cells", "birth", "birth_from"),
    [
        ({"birth_date": "31.12.2014", "iin": iin("13010150010")}, born(2014, 12, 31), "birth_date"),
        ({"iin": BOY, "birth_year": "2014"}, born(2014, 12, 31), "iin"),
        ({"birth_year": "2014 г.", "age": "12"}, born(2014), "birth_year"),
        ({"age": "7 жас"}, born_about(7, TODAY), "age"),
        ({"age": "0"}, born_about(0, TODAY), "age"),
        ({"age": "7,5"}, born_about(7, TODAY), "age"),
        ({"age": "7 лет 11 мес."}, born_about(7, TODAY), "age"),
        ({"age": "8 мес."}, born_about(0, TODAY), "age"),
        ({"age": "18 ай"}, born_about(1, TODAY), "age"),
        ({}, None, ""),
    ],
)
def test_the_birth_is_what_is_known_best(cells: dict[str, str], birth: Birth | None, birth_from: str) -> None:
    said = said_of(given="Айгүл", **cells)
    assert (said.birth, said.birth_from) == (birth, birth_from)


@pytest.mark.parametrize("cell", ["Итого", "ИТОГО:", "Итого: 25", "Всего 25 чел.", "Барлығы: 25 бала", "Total"])
def test_a_row_of_totals_is_no_child(cell: str) -> None:
    assert ("", "total_row") in errors_of(surname=cell)


def test_dates_of_unknown_order_go_back() -> None:
    unknown = Mapping(MAPPING.columns)
    faults = read_row(row(given="Айгүл", birth_date="05/06/2014"), unknown, TODAY)
    assert isinstance(faults, list)
    assert [fault.code for fault in faults] == ["date_ambiguous"]


def test_faults_of_reading_stand_with_those_of_the_row() -> None:
    table = open_table(BytesIO("Тегі;Туған күні\nОмар;31.12.2014;артық\nКи\x00м;31.02.2014\n".encode()), name="")
    mapping = Mapping({0: Field.SURNAME, 1: Field.BIRTH_DATE}, table.headings)
    read = [read_row(each, mapping, TODAY) for each in table.rows()]
    assert read == [
        [RowFault(2, 3, "more_cells", Severity.ERROR)],
        [RowFault(3, 1, "control_letters", Severity.ERROR), RowFault(3, 2, "date_impossible", Severity.ERROR)],
    ]


def test_a_telephone_that_is_not_understood_is_kept_as_it_stands() -> None:
    assert said_of(given="Айгүл", phone="87011234567, 87021234567").phone == "87011234567, 87021234567"


WHOLE = {"surname": "Омар", "given": "Ғалым", "birth_date": "31.12.2014", "iin": BOY, "school": "№ 5"}


def test_the_same_content_has_one_fingerprint_wherever_it_stands() -> None:
    spaced = {name: f"  {cell} " for name, cell in WHOLE.items()}
    other = read_row(Row(99, row(**spaced).values), MAPPING, date(2027, 5, 1))
    assert isinstance(other, Said)
    assert fingerprint(other) == fingerprint(said_of(**WHOLE))
    assert len(fingerprint(other)) == 32


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_any_change_of_content_changes_the_fingerprint(name: str) -> None:
    changed = {**WHOLE, name: {"birth_date": "30.12.2014", "iin": GIRL}.get(name, WHOLE[name] + "а")}
    assert fingerprint(said_of(**changed)) != fingerprint(said_of(**WHOLE))


def test_what_moves_from_cell_to_cell_is_a_change() -> None:
    assert fingerprint(said_of(given="Омар", school="а")) != fingerprint(said_of(given="Омар", clinic="а"))


def test_an_age_is_the_same_content_on_another_day() -> None:
    later = read_row(row(given="Айгүл", age="7"), MAPPING, date(2027, 5, 1))
    assert isinstance(later, Said)
    first = said_of(given="Айгүл", age="7")
    assert later.birth != first.birth
    assert fingerprint(later) == fingerprint(first)
    assert row_key(later) == row_key(first)


def test_a_fingerprint_stays_what_it_was_in_earlier_versions() -> None:
    assert fingerprint(said_of(**WHOLE)).hex() == "9e77bf199a8f23be0dba776259b01aad24655a1648f62daeec34c1d3cf9bba7e"


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ({**WHOLE, "source_key": "A-1"}, "own:A-1"),
        (WHOLE, f"iin:{BOY}"),
        ({**WHOLE, "iin": ""}, "name:omar|galim||2014-12-31/2014-12-31"),
        ({**WHOLE, "iin": "123"}, "name:omar|galim||2014-12-31/2014-12-31"),
        ({"given": "Ғалым", "patronymic": "Серікұлы", "age": "7"}, "name:|galim|serik|about 7"),
    ],
)
def test_a_row_is_known_by_the_surest_that_it_says(cells: dict[str, str], key: str) -> None:
    assert row_key(said_of(**cells)) == key


def test_names_written_in_another_alphabet_have_one_key() -> None:
    one, other = {"surname": "Нұрғалиева", "given": "Айгүл"}, {"surname": "Нургалиева", "given": "Айгуль"}
    assert row_key(said_of(**one)) == row_key(said_of(**other))


@given(st.lists(st.text(max_size=20), min_size=len(FIELDS), max_size=len(FIELDS)))
def test_any_cells_are_a_row_or_its_faults(cells: list[str]) -> None:
    read = read_row(Row(1, tuple(cells)), MAPPING, TODAY)
    if isinstance(read, list):
        assert any(fault.severity is Severity.ERROR for fault in read)
    else:
        assert all(fault.severity is Severity.WARNING for fault in read.warnings)
        assert len(fingerprint(read)) == 32
        assert row_key(read)
