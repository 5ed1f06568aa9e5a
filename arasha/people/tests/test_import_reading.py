"""A register is read whatever it is saved as: its encoding, delimiter, quotes and heading are found by its content."""

from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.people.rules.imports import Table, Unreadable, open_table
from arasha.people.rules.imports.encodings import KNOWN, find_encoding
from arasha.people.rules.imports.faults import rows_of
from arasha.people.rules.imports.table import LONGEST_CELL, MOST_COLUMNS

Rows = list[tuple[str, ...]]
KAZAKH: Rows = [("Тегі", "Аты", "Туған күні"), ("Әбдіғали", "Нұрсұлтан", "31.12.2014"), ("Қожа", "Сәуле", "02.03.2015")]
RUSSIAN: Rows = [("Фамилия", "Имя", "Дата рождения"), ("Щербаков", "Пётр", "31.12.2014"), ("Цой", "Юлия", "02.03.2015")]
ANY_KAZAKH = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "kz1048", "ptcp154")
ANY_RUSSIAN = (*ANY_KAZAKH, "cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")


def text_of(rows: Sequence[tuple[str, ...]], delimiter: str = ";") -> str:
    return "".join(delimiter.join(row) + "\r\n" for row in rows)


def opened(text: str, encoding: str = "utf-8") -> Table:
    return open_table(BytesIO(text.encode(encoding)), name="тізім.csv")


def cells_of(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows()]


def faults_of(table: Table) -> list[tuple[int, int, str]]:
    return [(fault.row_number, fault.column, fault.code) for row in table.rows() for fault in row.faults]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ANY_KAZAKH)
def test_kazakh_letters_come_out_of_every_encoding_that_has_them(encoding: str, delimiter: str) -> None:
    table = opened(text_of(KAZAKH, delimiter), encoding)
    assert (table.headings, cells_of(table)) == (KAZAKH[0], KAZAKH[1:])
    assert (table.delimiter, table.heading_row, table.encoding_sure) == (delimiter, 1, True)


@pytest.mark.parametrize("shown", [str, str.upper])
@pytest.mark.parametrize("encoding", ANY_RUSSIAN)
def test_russian_letters_come_out_of_every_encoding(encoding: str, shown: Callable[[str], str]) -> None:
    assert cells_of(opened(shown(text_of(RUSSIAN)), encoding))[0] == (shown("Щербаков"), shown("Пётр"), "31.12.2014")


@pytest.mark.parametrize("encoding", ["kz1048", "ptcp154"])
def test_short_words_in_capitals_are_not_taken_for_utf_8(encoding: str) -> None:
    rows = [("ТЕГІ", "АТЫ"), *[("НҰР", "ТӘҢ"), ("НҰРҒАЛИ", "СҮЙІНБАЙ"), ("ЖҚ", "ЖҚ"), ("ҚОЖА", "ӘСЕЛ")] * 20]
    assert cells_of(opened(text_of(rows), encoding)) == rows[1:]


@pytest.mark.parametrize("encoding", ["kz1048", "ptcp154"])
def test_one_kazakh_name_late_in_a_russian_register_is_enough(encoding: str) -> None:
    table = opened(text_of(RUSSIAN + RUSSIAN[1:] * 4000 + [("Ахметова", "Әсел", "01.02.2013")]), encoding)
    assert table.encoding == encoding
    assert list(table.rows())[-1].cells == ("Ахметова", "Әсел", "01.02.2013")


def test_where_nothing_tells_the_pages_apart_it_is_windows_1251() -> None:
    assert opened(text_of(RUSSIAN), "kz1048").encoding == "cp1251"


def test_it_is_said_where_two_encodings_are_nearly_as_likely() -> None:
    assert opened(text_of(RUSSIAN).upper(), "cp866").encoding_sure is False


def test_a_person_may_choose_another_encoding() -> None:
    content = BytesIO(text_of(KAZAKH).encode("ptcp154"))
    assert cells_of(open_table(content, name="", encoding="ptcp154")) == KAZAKH[1:]
    assert cells_of(open_table(content, name="", encoding="kz1048")) != KAZAKH[1:]
    with pytest.raises(Unreadable, match="encoding_unknown"):
        open_table(content, name="", encoding="rot13")


def test_a_broken_letter_in_utf_8_is_a_fault_of_its_row_and_not_another_encoding() -> None:
    content = text_of(KAZAKH * 20).encode().replace("Қожа".encode(), "Қож".encode() + b"\xd0", 1)
    table = open_table(BytesIO(content), name="")
    assert table.encoding == "utf-8"
    assert faults_of(table) == [(3, 1, "text_unreadable")]


def test_a_byte_that_the_encoding_lacks_is_a_fault_with_its_place() -> None:
    content = text_of(KAZAKH).encode("kz1048").replace("Сәуле".encode("kz1048"), b"\x98\x98")
    table = open_table(BytesIO(content), name="", encoding="kz1048")
    assert faults_of(table) == [(3, 2, "text_unreadable")]


def test_parts_in_different_encodings_are_refused_with_the_row() -> None:
    content = text_of(KAZAKH * 10).encode() + text_of(RUSSIAN * 10).encode("cp1251")
    with pytest.raises(Unreadable) as refused:
        open_table(BytesIO(content), name="")
    assert (refused.value.code, refused.value.row) == ("encodings_mixed", 31)


@pytest.mark.parametrize(
    ("above", "row"),
    [
        ("", 1),
        ("Балалар тізімі\n\n", 3),
        ("Список детей;;\n2 квартал 2026 г.;;\n;;\n", 4),
        ("\n\n\n\n", 5),
    ],
)
def test_the_heading_is_found_below_a_title(above: str, row: int) -> None:
    table = opened(above + text_of(KAZAKH))
    assert (table.heading_row, table.headings) == (row, KAZAKH[0])
    assert [each.number for each in table.rows()] == [row + 1, row + 2]


def test_a_row_that_numbers_the_columns_is_no_child() -> None:
    table = opened(text_of([KAZAKH[0], ("1", "2", "3"), *KAZAKH[1:]]))
    assert [row.number for row in table.rows()] == [3, 4]


def test_a_table_without_a_heading_gives_all_its_rows() -> None:
    table = opened(text_of(RUSSIAN[1:]))
    assert (table.heading_row, table.headings, cells_of(table)) == (0, (), RUSSIAN[1:])


def test_headings_that_nobody_knows_are_headings_all_the_same() -> None:
    assert opened("Ism;Familiya\nAziz;12\nOlim;13\n").headings == ("Ism", "Familiya")


def test_a_heading_that_is_repeated_is_no_child() -> None:
    table = opened(text_of([*RUSSIAN, RUSSIAN[0], *RUSSIAN[1:]]))
    assert [row.number for row in table.rows()] == [2, 3, 5, 6]


def test_invisible_signs_are_passed_over() -> None:
    assert cells_of(opened("Аты;ЖСН\nАн\u00adна\u200b;\u202a141231500109\u202c\n")) == [("Анна", "141231500109")]


def test_empty_rows_are_counted_and_not_given() -> None:
    table = opened(text_of([RUSSIAN[0], ("", "", ""), RUSSIAN[1], (" ", "", "\t")]) + "\r\n" * 500)
    assert [row.number for row in table.rows()] == [3]


def test_a_cell_may_hold_lines_quotes_and_delimiters() -> None:
    table = opened('Тегі;Аты;Мекенжайы\n"Омар";"Ғалым";"Абай көшесі; 5\nпәтер ""7"""\nКим;Анна;\n')
    assert cells_of(table) == [("Омар", "Ғалым", 'Абай көшесі; 5 пәтер "7"'), ("Ким", "Анна")]
    assert [row.number for row in table.rows()] == [2, 3]


def test_a_quote_that_is_never_closed_swallows_no_row() -> None:
    rows = [f"Ким;Анна {number};Школа" for number in range(200)]
    rows[3] = 'Омар;"Ғалым;Мектеп;артық'
    table = opened("\n".join(["Тегі;Аты;Мектеп", *rows]))
    assert len(list(table.rows())) == 200
    assert faults_of(table) == [(5, 0, "quotes"), (5, 4, "more_cells")]


@pytest.mark.parametrize("last", ['Омар;"Ғалым', 'Омар;"Ғалым\n\n'])
def test_a_quote_open_at_the_end_is_told_and_the_cells_are_kept(last: str) -> None:
    table = opened("Тегі;Аты\nКим;Анна\n" + last)
    assert cells_of(table) == [("Ким", "Анна"), ("Омар", '"Ғалым')]
    assert faults_of(table) == [(3, 0, "quotes_plain")]


def test_quotes_that_were_not_doubled_are_taken_as_they_stand() -> None:
    table = opened('Тегі;Аты;Балабақша\nОмар;Ғалым;"Балбөбек" балабақшасы\n')
    assert cells_of(table) == [("Омар", "Ғалым", '"Балбөбек" балабақшасы')]
    assert faults_of(table) == [(2, 0, "quotes_plain")]


def test_a_row_with_more_cells_than_the_heading_is_told_with_its_place() -> None:
    table = opened(text_of([*RUSSIAN[:2], ("Цой", "Юлия", "02.03.2015", "Абая", "5"), ("Ким", "Ян", "", "", "")]))
    assert faults_of(table) == [(3, 4, "more_cells")]


@pytest.mark.parametrize(
    ("cell", "code"),
    [("Ан\x00на", "control_letters"), ("а" * (LONGEST_CELL + 1), "cell_too_long"), ("�", "text_unreadable")],
)
def test_a_cell_that_cannot_be_kept_is_a_fault_with_its_place(cell: str, code: str) -> None:
    assert faults_of(opened(text_of([*RUSSIAN, ("Ким", cell, "")]))) == [(4, 2, code)]


def test_the_line_by_which_excel_names_the_delimiter_is_no_row() -> None:
    table = opened("sep=|\r\n" + text_of(RUSSIAN, "|"))
    assert (table.delimiter, table.heading_row, cells_of(table)) == ("|", 1, RUSSIAN[1:])


def test_commas_in_addresses_do_not_make_a_table() -> None:
    rows = [("Тегі", "Мекенжайы"), *[("Омар", f"Түркістан, Абай, {number}") for number in range(30)]]
    assert opened(text_of(rows)).delimiter == ";"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\r\n\r\n ; ; \r\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old_excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (b"\xef\xbb\xbf <HTML><table><tr><td>1", "web_page"),
        (b'<?xml version="1.0"?><Workbook/>', "web_page"),
        (b"%PDF-1.7\n1 0 obj\n", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "not_a_table"),
        (bytes(range(256)) * 40, "not_a_table"),
        (b"\x00" * 5000, "not_a_table"),
        (b"a;b\n" + b"x" * 500_000, "row_too_long"),
        (b";".join([b"x"] * (MOST_COLUMNS + 1)) + b"\n", "too_many_columns"),
        (b"PK\x05\x06" + b"\x00" * 18, "not_a_table"),
    ],
)
def test_what_is_no_table_is_refused_by_name(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        list(open_table(BytesIO(content), name="a.csv").rows())
    assert refused.value.code == code


def test_a_broken_letter_in_utf_16_is_a_fault_of_its_row() -> None:
    content = text_of(KAZAKH).encode("utf-16") + b"\x00\xd8\x41\x00" + "x;;\r\n".encode("utf-16-le")
    assert faults_of(open_table(BytesIO(content), name="")) == [(4, 1, "text_unreadable")]


def test_reading_goes_on_after_any_row_and_as_often_as_wished() -> None:
    table = opened(text_of(RUSSIAN + RUSSIAN[1:] * 10))
    numbers = [row.number for row in table.rows()]
    for after in (0, 1, 7, numbers[-1]):
        assert [row.number for row in table.rows(after=after)] == [number for number in numbers if number > after]
    assert table.about >= len(numbers)


PIECES = st.text("aЖ\"'=;,\n\r\t |0Қ", max_size=60)


@given(PIECES, st.sampled_from(["utf-8", "kz1048", "utf-16-le"]))
def test_no_letter_of_any_text_is_lost(text: str, encoding: str) -> None:
    content = BytesIO(("Тегі;Аты\r\n" + text).encode(encoding))
    read = "".join(str(value) for raw in open_table(content, name="", encoding=encoding).walk() for value in raw.values)
    assert {letter: read.count(letter) for letter in "aЖ0Қ="} == {letter: text.count(letter) for letter in "aЖ0Қ="}


def outcome(content: bytes) -> str:
    try:
        rows = list(open_table(BytesIO(content), name="").rows())
    except Unreadable as refused:
        return refused.code
    return "read" if rows else "only a heading"


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_refused_by_name(content: bytes) -> None:
    refused = {row["code"] for row in rows_of("import_faults.csv") if row["severity"] == "file"}
    assert outcome(content) in refused | {"read", "only a heading"}


@pytest.mark.parametrize("encoding", KNOWN)
def test_every_encoding_that_may_be_chosen_exists(encoding: str) -> None:
    assert find_encoding(BytesIO(text_of(RUSSIAN).encode(encoding))).codec in KNOWN
