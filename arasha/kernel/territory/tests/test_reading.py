"""Reading the official file: encodings, delimiters, workbooks, and each fault with its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from arasha.kernel.territory.actions import FileUnreadable
from arasha.kernel.territory.actions.reading import read_table
from arasha.kernel.territory.rules.official import Fault, OfficialRow, read_rows
from arasha.kernel.territory.tests.official_files import cells, write_csv, write_workbook

Change = Callable[[list[list[object]]], object]
ROWS = {
    "610000000": ("Түркістан облысы", "Туркестанская область"),
    "615400000": ("Сарыағаш ауданы", "Сарыагашский район"),
    "615435000": ("Ақжар а.о.", "Акжарский с.о."),
    "615435100": ("Ақжар а. ӘҒҚҢӨҰҮҺІ", "с.Акжар № 1"),
    "615435200": ("Бағыс а.", "с.Багыс"),
}


def read(file: Path) -> tuple[str, list[OfficialRow], list[Fault]]:
    encoding, places, lines = read_table(file)
    return encoding, *read_rows(places, lines)


@pytest.mark.parametrize(
    ("encoding", "delimiter", "told"),
    [
        ("utf-8", ",", "utf-8"),
        ("utf-8-sig", ";", "utf-8"),
        ("utf-8", "\t", "utf-8"),
        ("kz1048", ";", "kz1048"),
        ("utf-16", "\t", "utf-16"),
    ],
)
def test_the_usual_encodings_and_delimiters_are_told_apart(
    tmp_path: Path, encoding: str, delimiter: str, told: str
) -> None:
    file = write_csv(tmp_path / "file.csv", cells(ROWS), encoding=encoding, delimiter=delimiter)
    found, rows, faults = read(file)
    assert (found, faults) == (told, [])
    assert {row.kato: (row.name_kk, row.name_ru) for row in rows} == ROWS


def test_a_russian_file_in_windows_1251_is_read(tmp_path: Path) -> None:
    names = {kato: (russian, russian) for kato, (_kazakh, russian) in ROWS.items()}
    _encoding, rows, faults = read(write_csv(tmp_path / "file.csv", cells(names), encoding="cp1251"))
    assert not faults
    assert [row.name_ru for row in rows] == [russian for _kazakh, russian in ROWS.values()]


def test_a_workbook_with_a_heading_and_codes_as_numbers_is_read(tmp_path: Path) -> None:
    found, rows, faults = read(write_workbook(tmp_path / "file.xlsx", cells(ROWS)))
    assert (found, faults) == ("xlsx", [])
    assert {row.kato: (row.name_kk, row.name_ru) for row in rows} == ROWS


def test_letters_of_an_old_font_are_mended_and_towns_are_marked(tmp_path: Path) -> None:
    lines = cells({**ROWS, "615420100": ("Сарыағаш қ.", 'г."Ќўрылысшы"')})
    lines[4][5] = "1"
    _encoding, rows, faults = read(write_csv(tmp_path / "file.csv", [*lines, ["", "", ""]]))
    assert not faults
    assert [(row.name_ru, row.urban) for row in rows if row.kato == "615420100"] == [('г."Құрылысшы"', False)]
    assert [row.kato for row in rows if row.urban] == [str(lines[4][0])]


def swap(line: int, column: int, value: object) -> Change:
    def change(lines: list[list[object]]) -> None:
        lines[line][column] = value

    return change


@pytest.mark.parametrize(
    ("change", "place", "code"),
    [
        (swap(1, 0, "10000000"), (2, "te"), "not_a_code"),
        (swap(1, 0, "000000000"), (2, "te"), "not_a_code"),
        (swap(5, 2, "99"), (6, "cd"), "part_disagrees"),
        (swap(5, 4, "001"), (6, "hij"), "part_disagrees"),
        (swap(5, 6, ""), (6, "name_kaz"), "name_missing"),
        (swap(5, 7, "  "), (6, "name_rus"), "name_missing"),
        (swap(5, 6, "А?жар"), (6, "name_kaz"), "letters_lost"),
        (swap(5, 7, "Ак\ufffdар"), (6, "name_rus"), "letters_lost"),
        (lambda lines: lines.append(lines[5]), (7, "te"), "code_twice"),
        (lambda lines: lines.pop(1), (2, "te"), "region_missing"),
        (lambda lines: [line.pop(6) for line in lines], (0, "name_kaz"), "column_missing"),
        (lambda lines: lines.__delitem__(slice(1, None)), (0, "te"), "no_rows"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, change: Change, place: tuple[int, str], code: str) -> None:
    lines = cells(ROWS)
    change(lines)
    _encoding, _rows, faults = read(write_csv(tmp_path / "file.csv", lines))
    assert (faults[0].line, faults[0].column, faults[0].code) == (*place, code)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_header"),
        (b"a;b;c\n1;2;3\n", "no_header"),
        (b"PK\x03\x04 broken", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
        (b'te;name_kaz;name_rus\n"unclosed', "not_a_table"),
        (b"\xff\xfe\x00", "encoding"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(FileUnreadable) as caught:
        read(file)
    assert caught.value.code == code


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable) as caught:
        read(tmp_path / "absent")
    assert caught.value.code == "no_such_file"
