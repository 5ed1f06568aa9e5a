"""Columns are known by their headings in three languages, else by their cells; what was chosen is kept for the next."""

import csv
from datetime import date
from io import BytesIO

import pytest

from arasha.people.rules import check_figure
from arasha.people.rules.imports import (
    Field,
    Mapping,
    Order,
    Table,
    Unreadable,
    mapping_fits,
    open_table,
    placed,
    recognise,
    style_of,
)
from arasha.people.rules.imports.faults import DATA, LANGUAGES, rows_of
from arasha.people.rules.imports.headings import field_of, folded

TODAY = date(2026, 11, 26)


def table_of(*rows: str) -> Table:
    return open_table(BytesIO("\n".join(rows).encode()), name="")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Тегі", Field.SURNAME),
        ("ФАМИЛИЯ", Field.SURNAME),
        ("Фамилия ребёнка", Field.SURNAME),
        ("Аты", Field.GIVEN),
        ("Имя", Field.GIVEN),
        ("Имя ребенка", Field.GIVEN),
        ("Әкесінің аты", Field.PATRONYMIC),
        ("Акесинин аты", Field.PATRONYMIC),
        ("Баланың әкесінің аты", Field.PATRONYMIC),
        ("Ф.И.О.", Field.FULL_NAME),
        ("ФИО учащегося", Field.FULL_NAME),
        ("Фамилия, имя, отчество (при наличии)", Field.FULL_NAME),
        ("Баланың аты-жөні", Field.FULL_NAME),
        ("Child's name", Field.FULL_NAME),
        ("Дата рождения", Field.BIRTH_DATE),
        ("Туған күні, айы, жылы", Field.BIRTH_DATE),
        ("Date of Birth", Field.BIRTH_DATE),
        ("birth_date", Field.BIRTH_DATE),
        ("Год рождения", Field.BIRTH_YEAR),
        ("Туған жылы", Field.BIRTH_YEAR),
        ("Жасы", Field.AGE),
        ("Возраст (лет)", Field.AGE),
        ("Пол", Field.SEX),
        ("Жынысы", Field.SEX),
        ("ИИН", Field.IIN),
        ("ЖСН", Field.IIN),
        ("ИИН ребенка", Field.IIN),
        ("Серия и № свидетельства о рождении", Field.DOCUMENT_NUMBER),
        ("Азаматтығы", Field.CITIZENSHIP),
        ("Контактный телефон", Field.PHONE),
        ("Телефон родителей", Field.PHONE),
        ("Ата-анасының телефоны", Field.PHONE),
        ("Мекенжайы", Field.ADDRESS),
        ("Адрес регистрации", Field.ADDRESS),
        ("Код КАТО", Field.TERRITORY),
        ("Аудан", Field.TERRITORY),
        ("Мектеп", Field.SCHOOL),
        ("Номер школы", Field.SCHOOL),
        ("Поликлиника", Field.CLINIC),
        ("Сынып", Field.CLASS),
        ("Класс", Field.CLASS),
        ("Основание постановки на учёт", Field.GROUND),
        ("Есепке алу себебі", Field.GROUND),
        ("ID", Field.SOURCE_KEY),
        ("№ личного дела", Field.SOURCE_KEY),
        ("№", None),
        ("№ п/п", None),
        ("Р/с", None),
        ("Примечание", None),
        ("Фамилия матери", None),
        ("ИИН законного представителя", None),
        ("ФИО классного руководителя", None),
        ("Классный руководитель", None),
        ("Әкесінің ЖСН", None),
        ("Дата выдачи", None),
        ("Дата регистрации", None),
        ("Что не так", None),
        ("", None),
        ("—", None),
    ],
)
def test_a_heading_says_what_its_column_holds(heading: str, field: Field | None) -> None:
    assert field_of(heading) == field


def test_every_field_has_headings() -> None:
    named = {row["field"] for row in rows_of("import_headers.csv")}
    assert named == {field.value for field in Field} | {"ignored", "another"}


def test_no_words_say_two_things() -> None:
    said: dict[str, set[str]] = {}
    for row in rows_of("import_headers.csv"):
        said.setdefault(folded(row["words"]), set()).add(row["field"])
    assert "" not in said
    assert {words: fields for words, fields in said.items() if len(fields) > 1} == {}


@pytest.mark.parametrize("name", ["import_faults", "import_words", "import_months", "import_headers"])
def test_every_row_of_the_words_is_whole(name: str) -> None:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        assert len({len(row) for row in csv.reader(file)}) == 1


def test_every_fault_has_words_in_three_languages() -> None:
    for row in rows_of("import_faults.csv"):
        assert all(row[f"label_{language}"] for language in LANGUAGES), row["code"]
        assert row["severity"] in {"file", "mapping", "error", "warning", "word"}


def iin(eleven: str) -> str:
    return f"{eleven}{check_figure(eleven)}"


def test_cells_say_what_headings_do_not() -> None:
    rows = [
        f"{iin('1403055' + '0010')};Омаров Ғалым Серікұлы;05.03.2014;ұл;+7 701 234 56 78;а",
        f"{iin('1504066' + '0010')};Ким Анна Сергеевна;06.04.2015;ж;8 (702) 345-67-89;б",
        f"{iin('1605075' + '0010')};Ахметов Данияр Болатович;07.05.2016;м;77033456789;в",
    ]
    table = table_of("Бірінші;Екінші;Үшінші;Төртінші;Бесінші;Алтыншы", *rows)
    found = recognise(table, TODAY)
    expected = dict(enumerate([Field.IIN, Field.FULL_NAME, Field.BIRTH_DATE, Field.SEX, Field.PHONE]))
    assert found.mapping.columns == expected
    assert found.by_cells == frozenset(expected)
    assert recognise(table_of(*rows), TODAY).mapping.columns == expected


def test_the_numbers_of_mothers_are_not_taken_for_those_of_children() -> None:
    mothers = [iin(f"{year}0305400100"[:11]) for year in ("80", "81", "82")]
    table = table_of("Аты;Ананың ЖСН", *[f"Анна;{number}" for number in mothers])
    assert recognise(table, TODAY).mapping.columns == {0: Field.GIVEN}


def test_a_full_name_beside_its_parts_is_not_needed() -> None:
    table = table_of("ФИО;Фамилия;Имя", "Ким Анна;Ким;Анна")
    assert recognise(table, TODAY).mapping.columns == {1: Field.SURNAME, 2: Field.GIVEN}


def test_the_identification_numbers_decide_the_order_of_dates() -> None:
    table = table_of("Аты;Туған күні;ЖСН", f"Анна;05/03/2014;{iin('14030560010')}")
    assert recognise(table, TODAY).mapping.order is Order.DAY_FIRST
    table = table_of("Аты;Туған күні;ЖСН", f"Анна;03/05/2014;{iin('14030560010')}")
    assert recognise(table, TODAY).mapping.order is Order.MONTH_FIRST


def test_a_mapping_survives_being_saved() -> None:
    mapping = Mapping({0: Field.SURNAME, 4: Field.CLASS}, ("Тегі", "", "", "", "Сынып"), Order.MONTH_FIRST)
    assert Mapping.from_json(mapping.to_json()) == mapping
    plain = Mapping({1: Field.IIN})
    assert Mapping.from_json(plain.to_json()) == plain


WHOLE = Mapping({0: Field.SURNAME}, ("Тегі",)).to_json()


@pytest.mark.parametrize(
    "saved",
    [
        {},
        {**WHOLE, "version": 2},
        {**WHOLE, "order": "year_first"},
        {**WHOLE, "columns": [{"column": 0, "field": "soul"}]},
        {**WHOLE, "columns": [{"column": -1, "field": "iin"}]},
        {**WHOLE, "columns": [{"column": 10_000, "field": "iin"}]},
        {**WHOLE, "columns": [{"column": 0, "field": "iin"}, {"column": 0, "field": "age"}]},
        {**WHOLE, "headings": None},
        {**WHOLE, "columns": ["iin"]},
    ],
)
def test_a_broken_mapping_is_refused(saved: dict[str, object]) -> None:
    with pytest.raises(Unreadable, match="mapping_broken"):
        Mapping.from_json(saved)


REGISTER = ("Тегі;Аты;Туған күні;Мектеп", "Омар;Ғалым;05/03/2014;№ 5", "Ким;Анна;06/04/2015;№ 7")


@pytest.mark.parametrize(
    ("columns", "headings", "order", "faults"),
    [
        ({0: Field.SURNAME, 3: Field.SCHOOL}, None, None, []),
        ({0: Field.SURNAME, 2: Field.BIRTH_DATE}, None, Order.DAY_FIRST, []),
        ({0: Field.SURNAME, 2: Field.BIRTH_DATE}, None, None, [("date_order_needed", 3)]),
        ({2: Field.BIRTH_YEAR}, None, None, [("nobody_named", 0)]),
        ({0: Field.SURNAME, 1: Field.SURNAME}, None, None, [("field_twice", 2)]),
        ({0: Field.SURNAME, 9: Field.SCHOOL}, None, None, [("column_missing", 10)]),
        ({0: Field.SURNAME}, "Фамилия;Аты;Туған күні;Мектеп", None, [("heading_differs", 1), ("heading_new", 1)]),
        ({0: Field.SURNAME}, "Тегі;Аты;Туған күні", None, [("heading_new", 4)]),
    ],
)
def test_a_mapping_says_why_it_does_not_fit(
    columns: dict[int, Field], headings: str | None, order: Order | None, faults: list[tuple[str, int]]
) -> None:
    mapping = Mapping(columns, tuple((headings or REGISTER[0]).split(";")), order)
    assert [(fault.code, fault.column) for fault in mapping_fits(mapping, table_of(*REGISTER))] == faults


def test_dates_of_both_orders_are_left_to_a_person() -> None:
    table = table_of("Аты;Туған күні", "Анна;31/12/2014", "Ян;12/31/2014")
    found = recognise(table, TODAY)
    assert (found.mapping.order, found.style.mixed) == (None, True)
    assert [fault.code for fault in mapping_fits(found.mapping, table)] == ["date_orders_mixed"]
    assert style_of(found.mapping, table.sample()).day_first == 1


def test_a_new_column_is_told_and_stops_nothing() -> None:
    faults = mapping_fits(Mapping({0: Field.SURNAME}, ("Тегі",)), table_of("Тегі;ЖСН", "Омар;1"))
    assert [(fault.code, fault.stops) for fault in faults] == [("heading_new", False)]


def test_columns_that_moved_are_found_by_their_headings() -> None:
    saved = Mapping({0: Field.SURNAME, 2: Field.BIRTH_DATE}, ("Тегі", "Аты", "Туған күні"), Order.DAY_FIRST)
    table = table_of("№;ТУҒАН КҮНІ;Тегі", "1;05/03/2014;Омар")
    moved = placed(saved, table)
    assert (moved.columns, moved.order) == ({2: Field.SURNAME, 1: Field.BIRTH_DATE}, Order.DAY_FIRST)
    assert mapping_fits(moved, table) == []


@pytest.mark.parametrize("heading", ["Фамилия;Туған күні", "Тегі;Тегі;Туған күні"])
def test_headings_that_are_not_all_found_once_leave_the_mapping_as_it_is(heading: str) -> None:
    saved = Mapping({0: Field.SURNAME, 1: Field.BIRTH_DATE}, ("Тегі", "Туған күні"))
    assert placed(saved, table_of(heading, "Омар;Омар;05.03.2014")) is saved
