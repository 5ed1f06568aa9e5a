"""Rejected rows go back as they came, with what is wrong beside them, and can be loaded again once they are mended."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.people.rules.imports import Mapping, RowFault, Said, Table, open_table, read_row, recognise, write_rejected
from arasha.people.rules.imports.faults import words_for
from arasha.ui.rules.sheets import FORMULA_BEGINS

TODAY = date(2026, 11, 26)
ROWS = (
    "Балалар тізімі",
    "",
    "Тегі;Аты;Туған күні;Телефоны;Мекенжайы",
    "Омар;Ғалым;31.12.2014;+77011234567;Абай 5",
    'Қожа;Айгүл;31.02.2014;+77021234567;"Абай; 6"',
    "Ким;Анна;05.06.2027;;-",
)
REGISTER = "\r\n".join(ROWS) + "\r\n"


def faults_of(table: Table, mapping: Mapping) -> dict[int, list[RowFault]]:
    read = {row.number: read_row(row, mapping, TODAY) for row in table.rows()}
    return {number: each for number, each in read.items() if isinstance(each, list)}


def given_back(content: bytes, language: str = "kk") -> tuple[bytes, int, Mapping]:
    table = open_table(BytesIO(content), name="")
    mapping = recognise(table, TODAY).mapping
    out = BytesIO()
    count = write_rejected(table, faults_of(table, mapping), out, language)
    return out.getvalue(), count, mapping


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "kz1048", "ptcp154"])
def test_rejected_rows_go_back_in_their_own_encoding_with_two_columns(encoding: str) -> None:
    content, count, _ = given_back(REGISTER.encode(encoding))
    impossible, future = words_for("date_impossible", "kk"), words_for("date_future", "kk")
    assert count == 2
    assert content.decode(encoding).split("\r\n") == [
        "Балалар тізімі",
        "",
        "Тегі;Аты;Туған күні;Телефоны;Мекенжайы;Қатесі бар баған;Не дұрыс емес",
        f'Қожа;Айгүл;31.02.2014;\'+77021234567;"Абай; 6";Туған күні;{impossible}',
        f"Ким;Анна;05.06.2027;;'-;Туған күні;{future}",
        "",
    ]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_is_wrong_is_said_in_the_chosen_language(language: str) -> None:
    content, _, _ = given_back(REGISTER.encode(), language)
    assert words_for("date_impossible", language) in content.decode()
    assert words_for("heading_what", language) in content.decode()


def test_kazakh_words_are_written_without_its_letters_where_the_encoding_has_none() -> None:
    register = "Фамилия;Имя;Дата рождения\r\nЩербаков;Пётр;31.02.2014\r\n"
    content, _, _ = given_back(register.encode("cp1251"))
    assert content.decode("cp1251").split("\r\n")[:2] == [
        "Фамилия;Имя;Дата рождения;Катеси бар баган;Не дурыс емес",
        "Щербаков;Пётр;31.02.2014;Дата рождения;Мундай кун жок",
    ]


def test_bytes_that_are_no_letters_go_back_as_they_came() -> None:
    register = REGISTER.encode().replace("Ғалым".encode(), b"\xd2Gal\xff", 1)
    content, count, _ = given_back(register)
    assert count == 3
    assert b";\xd2Gal\xff;" in content


@pytest.mark.parametrize("encoding", ["utf-8", "kz1048", "utf-16"])
def test_an_error_file_loaded_again_as_it_is_comes_back_the_same(encoding: str) -> None:
    first, _, mapping = given_back(REGISTER.encode(encoding))
    table = open_table(BytesIO(first), name="")
    assert (table.headings, table.width) == (mapping.headings, 5)
    second, count, again = given_back(first)
    assert (second, count, again) == (first, 2, mapping)


def test_a_mended_row_is_read_as_if_it_had_never_been_wrong() -> None:
    content, _, mapping = given_back(REGISTER.encode())
    mended = content.decode().replace("31.02.2014", "28.02.2014").replace("05.06.2027", "05.06.2017")
    read = [read_row(row, mapping, TODAY) for row in open_table(BytesIO(mended.encode()), name="").rows()]
    assert all(isinstance(each, Said) for each in read)
    assert [(each.surname, each.phone, each.address) for each in read if isinstance(each, Said)] == [
        ("Қожа", "+77021234567", "Абай; 6"),
        ("Ким", "", ""),
    ]


def test_a_row_with_too_many_cells_goes_back_whole_and_is_not_taken_the_second_time() -> None:
    content, count, _ = given_back("Тегі;Аты\r\nОмар;Ғалым;артық;тағы\r\nКим;Анна\r\n".encode())
    assert count == 1
    lines = content.decode().split("\r\n")
    assert lines[0] == "Тегі;Аты;;;Қатесі бар баған;Не дұрыс емес"
    assert lines[1].startswith("Омар;Ғалым;артық;тағы;3-баған;")
    assert given_back(content)[:2] == (content, 1)


@pytest.mark.parametrize("sign", FORMULA_BEGINS)
def test_no_cell_of_the_file_is_run_by_a_spreadsheet(sign: str) -> None:
    register = f'Тегі;Туған күні;Ескерту\r\nКим;31.02.2014;"{sign}cmd|x"\r\n'.encode()
    content, count, _ = given_back(register)
    assert count == 1
    assert f"'{sign}cmd|x" in content.decode()
    assert open_table(BytesIO(content), name="").sample()[0].cells[2] == f"{sign}cmd|x".strip()


def test_faults_are_put_together_without_saying_one_twice() -> None:
    table = open_table(BytesIO("Тегі;Аты\r\nОмар;Ғалым\r\n".encode()), name="")
    faults = [RowFault.of(2, 1, "cell_error"), RowFault.of(2, 2, "cell_error"), RowFault.of(2, 0, "nobody")]
    out = BytesIO()
    write_rejected(table, {2: faults}, out, "en")
    told = f"Омар;Ғалым;Тегі; Аты; the whole row;{words_for('cell_error', 'en')}; {words_for('nobody', 'en')}"
    assert out.getvalue().decode().replace('"', "").split("\r\n")[1] == told


def workbook(*rows: Sequence[Any]) -> bytes:
    made = openpyxl.Workbook()
    made.worksheets[0].title = "Балалар"
    for row in rows:
        made.worksheets[0].append(row)
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def test_a_workbook_goes_back_as_a_workbook_with_its_values() -> None:
    register = workbook(
        ["Тізім"],
        [],
        ["Тегі", "Туған күні", "Бөлме", "Ескерту"],
        ["Омар", date(2014, 12, 31)],
        ["Қожа", date(2027, 1, 2), 50101500011, "@SUM(A1)"],
        ["Ким", "31.02.2014", 1.5, True],
    )
    content, count, _ = given_back(register, "ru")
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    future, impossible = words_for("date_future", "ru"), words_for("date_impossible", "ru")
    day = sheet["B4"].value
    assert isinstance(day, datetime)
    assert (count, sheet.title, day.date()) == (2, "Балалар", date(2027, 1, 2))
    assert [[cell.value for cell in row if not isinstance(cell.value, datetime)] for row in sheet.iter_rows()] == [
        ["Тізім", None, None, None, None, None],
        [None] * 6,
        ["Тегі", "Туған күні", "Бөлме", "Ескерту", "Столбец с ошибкой", "Что не так"],
        ["Қожа", 50101500011, "'@SUM(A1)", "Туған күні", future],
        ["Ким", "31.02.2014", 1.5, True, "Туған күні", impossible],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "b", "d"}


def test_the_workbook_of_errors_loaded_again_comes_back_the_same() -> None:
    register = workbook(["Тегі", "Туған күні"], ["Омар", date(2027, 1, 2)], ["Ким", "31.02.2014", "артық"])
    first, count, _ = given_back(register)
    second, again, _ = given_back(first)
    assert count == again == 2
    values = [
        [list(row) for row in openpyxl.load_workbook(BytesIO(each)).worksheets[0].values] for each in (first, second)
    ]
    assert values[0] == values[1]


CELLS = st.text("aЖқ\"'=+-@;,\n\r\t |0", max_size=8)


@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5), st.sampled_from(["utf-8", "kz1048", "utf-16-le"])
)
def test_every_cell_survives_going_back_and_coming_again(cells: list[tuple[str, str, str]], encoding: str) -> None:
    quoted = [
        ";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [("Тегі", "Аты", "Мектеп"), *cells]
    ]
    table = open_table(BytesIO("\r\n".join([*quoted, ""]).encode(encoding)), name="", encoding=encoding)
    kept = [row.cells for row in table.rows()]
    out = BytesIO()
    faults = {row.number: [RowFault.of(row.number, 0, "nobody")] for row in table.rows()}
    assert write_rejected(table, faults, out, "kk") == len(kept)
    assert [row.cells for row in open_table(out, name="", encoding=table.encoding).rows()] == kept
