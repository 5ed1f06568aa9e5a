"""A roster handed in as a table: understood whole, or every fault with its row and column."""

import io
import zipfile
from datetime import date, time

import openpyxl
import pytest

from arasha.administration.rules.roster_table import Entry, Fault, clock_of, date_of, days_of, understood
from arasha.ui.rules import sheets
from arasha.ui.rules.sheets import SheetUnreadable

RUSSIAN = """день;с;по;имя;телефон;заместитель
пн-пт;09:00;18:30;Дәурен Сейітқали;8 701 234 56 78;
сб, вс;9;24:00;Айгүл "Ая" Нұрлан;102;да
21.03.2026;20:00;08:00;Жанар Ұлытау;+7 7252 12 34 56;нет
"""


def workbook(*rows: list[object]) -> bytes:
    """An Excel file with these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def faults(text: str) -> list[tuple[int, int, str]]:
    """What is wrong where."""
    return [(fault.row, fault.column, fault.code) for fault in understood(sheets.read(text.encode()))[1]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "kz1048"])
def test_a_table_is_understood_in_the_codes_that_offices_save_it_in(encoding: str) -> None:
    entries, wrong = understood(sheets.read(RUSSIAN.replace('"', "").encode(encoding)))
    assert wrong == []
    assert entries == [
        Entry((0, 1, 2, 3, 4), None, time(9), time(18, 30), "Дәурен Сейітқали", "+77012345678", False),
        Entry((5, 6), None, time(9), time(0), "Айгүл Ая Нұрлан", "102", True),
        Entry((), date(2026, 3, 21), time(20), time(8), "Жанар Ұлытау", "+77252123456", False),
    ]


def test_pasted_cells_need_no_heading_and_columns_may_stand_in_any_order() -> None:
    pasted = "күн сайын\t00:00\t00:00\tКезекші\t112\n"
    named = "аты;телефон;күні;басы;соңы\nКезекші;112;дс-жс;0;24:00\n"
    wanted = [Entry((0, 1, 2, 3, 4, 5, 6), None, time(0), time(0), "Кезекші", "112", False)]
    assert understood(sheets.read(pasted.encode())) == (wanted, [])
    assert understood(sheets.read(named.encode())) == (wanted, [])


def test_a_workbook_is_read_as_a_person_reads_it() -> None:
    content = workbook(
        ["day", "from", "to", "name", "phone"],
        ["Mon-Fri", time(9), "18:00", "A", 102],
        [date(2026, 3, 21), time(9), time(18), "B", 87012345678],
    )
    entries, wrong = understood(sheets.read(content))
    assert wrong == []
    assert [(entry.weekdays, entry.day, entry.phone) for entry in entries] == [
        ((0, 1, 2, 3, 4), None, "102"),
        ((), date(2026, 3, 21), "+77012345678"),
    ]


def test_every_fault_is_told_with_its_row_and_column() -> None:
    table = "день;с;по;имя;телефон\nпн;9;18;А;5-12-34\nпт-;25:00;18;;102\nчт;09:00;18:00;Б;102;?\n"
    assert faults(table) == [(2, 5, "phone"), (3, 1, "day"), (3, 2, "clock"), (3, 4, "name")]
    table = "day;from;to;name;phone;deputy\nthu;9;18;Б;102;perhaps\n"
    assert faults(table) == [(2, 6, "deputy")]


def test_a_missing_column_and_a_heading_alone_are_told() -> None:
    assert faults("день;имя\nпн;А\n") == [(1, 0, "column_missing")] * 3
    assert faults("day;from;to;name;phone\n") == [(1, 0, "no_rows")]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("пн", (0,)),
        ("дс–жм", (0, 1, 2, 3, 4)),
        ("Fri-Mon", (0, 4, 5, 6)),
        ("дүйсенбі, сәрсенбі", (0, 2)),
        ("сб и вс", (5, 6)),
        ("7", (6,)),
        ("будни", (0, 1, 2, 3, 4)),
        ("", ()),
        ("пн-", ()),
        ("пн-вт-ср", ()),
        ("8", ()),
        ("someday", ()),
    ],
)
def test_days_of_the_week_are_read_in_three_languages(words: str, days: tuple[int, ...]) -> None:
    assert days_of(words) == days


def test_clocks_and_dates_that_do_not_exist_are_none() -> None:
    assert [clock_of(text) for text in ("9", "09.30", "24:00", "9:60", "-1", "noon", "")] == [
        time(9),
        time(9, 30),
        *[None] * 5,
    ]
    assert [date_of(text) for text in ("2026-03-21", "21.03.2026", "31.02.2026", "0.0.0", "yesterday")] == [
        date(2026, 3, 21),
        date(2026, 3, 21),
        *[None] * 3,
    ]


def refused(content: bytes) -> tuple[str, int, int]:
    """Why a file is no table."""
    with pytest.raises(SheetUnreadable) as problem:
        sheets.read(content)
    return problem.value.code, problem.value.row, problem.value.column


def test_files_that_are_no_tables_are_refused_with_a_reason() -> None:
    assert refused(b"") == ("empty", 0, 0)
    assert refused(b" ;;\n\n") == ("empty", 0, 0)
    assert refused(b"x" * (sheets.LARGEST + 1))[0] == "too_large"
    assert refused(b"\xd0\xcf\x11\xe0 an old workbook")[0] == "old_excel"
    assert refused(b"PK\x03\x04 no archive")[0] == "not_a_table"
    assert refused(b"a;b\x00;c")[:2] == ("letters", 1)
    assert refused(b'a;"b\n')[0] == "not_a_table"
    assert refused(b"a;" + b"b" * 501)[::2] == ("cell_too_long", 2)
    assert refused(b";".join([b"a"] * 41))[0] == "too_many_columns"
    assert refused(b"a\n" * 5001)[:2] == ("too_many_rows", 5001)


def test_formulas_are_refused_where_they_stand() -> None:
    assert refused(workbook(["a", "b"], ["x", "=1+1"])) == ("formula", 2, 2)
    assert refused(b'a;b\nx;"=HYPERLINK(""http://x"")"') == ("formula", 2, 2)


def archive(**parts: bytes) -> bytes:
    """A zip file with these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name.replace("__", "/") + ".xml", content)
    return file.getvalue()


def test_a_workbook_that_unpacks_to_too_much_or_declares_entities_is_refused_before_it_is_read() -> None:
    bomb = archive(xl__sharedStrings=b"0" * (sheets.LARGEST_UNPACKED + 1))
    assert len(bomb) < 100_000
    assert refused(bomb)[0] == "too_large"
    assert refused(archive(**{f"part{number}": b"" for number in range(201)}))[0] == "too_large"
    entities = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    assert refused(archive(xl__workbook=entities))[0] == "not_a_table"
    assert refused(archive(other=b"<x/>"))[0] == "not_a_table"


def test_a_fault_names_what_stands_there() -> None:
    found = understood(sheets.read("пн;9;18;А;5-12-34\n".encode()))[1]
    assert found == [Fault(1, 5, "phone", "5-12-34")]
