"""An Excel workbook is read as its values; what would harm the reader is refused by name."""

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from arasha.people.rules.imports import Table, Unreadable, open_table
from arasha.people.rules.imports.table import MOST_COLUMNS

HEADING = ["Тегі", "Аты", "Туған күні", "ЖСН"]
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def book(*rows: list[Any], change: Callable[[openpyxl.Workbook], None] | None = None) -> BytesIO:
    made = openpyxl.Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    if change:
        change(made)
    content = BytesIO()
    made.save(content)
    return content


def with_part(content: BytesIO, part: str, text: str | bytes) -> BytesIO:
    """Return the workbook with one of its parts replaced."""
    changed = BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != part:
                new.writestr(each, old.read(each))
        new.writestr(part, text)
    return changed


def with_rows(xml: str, before: str = "") -> BytesIO:
    return with_part(
        book(HEADING), SHEET, f'{before}<worksheet xmlns="{MAIN}"><sheetData>{xml}</sheetData></worksheet>'
    )


def opened(content: BytesIO, **chosen: str) -> Table:
    return open_table(content, name="a.csv", **chosen)


def test_values_are_read_as_a_person_sees_them() -> None:
    rows: list[list[Any]] = [
        ["Омар", "Ғалым", date(2014, 12, 31), 50101500011],
        ["Ким", None, "31.12.2014", "050101500011"],
        [True, 1.5],
    ]
    table = opened(book([], ["Балалар тізімі"], HEADING, *rows))
    assert (table.kind, table.heading_row, table.headings) == ("xlsx", 3, tuple(HEADING))
    assert [(row.number, *row.cells) for row in table.rows()] == [
        (4, "Омар", "Ғалым", "2014-12-31", "50101500011"),
        (5, "Ким", "", "31.12.2014", "050101500011"),
        (6, "TRUE", "1.5"),
    ]


def test_it_is_read_as_often_as_wished_and_after_any_row() -> None:
    table = opened(book(HEADING, *[["Омар", str(number)] for number in range(1200)]))
    assert [row.number for row in table.rows(after=1199)] == [1200, 1201]
    assert len(list(table.rows())) == len(list(table.rows())) == 1200


def test_the_first_visible_sheet_that_holds_anything_is_read_and_the_others_are_named() -> None:
    def change(made: openpyxl.Workbook) -> None:
        made.worksheets[0].sheet_state = "hidden"
        made.create_sheet("бос")
        made.create_sheet("Балалар").append(HEADING)
        made.create_sheet("Ата-аналар").append(["Тегі"])

    content = book(["жасырын"], change=change)
    table = opened(content)
    assert (table.sheet, table.other_sheets) == ("Балалар", ("Sheet", "Ата-аналар"))
    assert opened(content, sheet="Ата-аналар").headings == ("Тегі",)
    with pytest.raises(Unreadable, match="no_sheet"):
        opened(content, sheet="жоқ")


def test_a_formula_is_its_value_and_one_without_a_value_is_a_fault_with_its_place() -> None:
    heading = '<row r="1"><c r="A1" t="str"><v>Тегі</v></c><c r="B1" t="str"><v>Аты</v></c></row>'
    computed = '<row r="2"><c r="A2" t="str"><f>B2</f><v>Омар</v></c><c r="B2" t="str"><v>Ғалым</v></c></row>'
    never = '<row r="3"><c r="A3" t="str"><v>Ким</v></c><c r="B3"><f>A3&amp;"x"</f></c></row>'
    error = '<row r="4"><c r="A4" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B4" t="str"><v>Ян</v></c></row>'
    empty = '<row r="5"><c r="A5"><f>A3</f><v/></c><c r="B5" t="str"><v>Ян</v></c></row>'
    rows = list(opened(with_rows(heading + computed + never + error + empty)).rows())
    assert rows[0].cells == ("Омар", "Ғалым")
    found = [(fault.row_number, fault.column, fault.code) for row in rows for fault in row.faults]
    assert found == [(3, 2, "formula_without_value"), (4, 1, "cell_error"), (5, 1, "formula_without_value")]


def test_a_wrong_dimension_hides_no_row() -> None:
    content = book(HEADING, *[["Омар", "Ғалым"]] * 9)
    with zipfile.ZipFile(content) as parts:
        xml = parts.read(SHEET).decode()
    table = opened(with_part(content, SHEET, xml.replace('ref="A1:D10"', 'ref="A1:B2"')))
    assert len(list(table.rows())) == 9
    assert table.headings == tuple(HEADING)


def test_a_row_with_more_cells_than_the_heading_is_told() -> None:
    table = opened(book(HEADING, ["Омар", "Ғалым", date(2014, 12, 31), "", "артық"]))
    assert [(fault.column, fault.code) for row in table.rows() for fault in row.faults] == [(5, "more_cells")]


ENTITIES = '<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
FULL = '<row r="1"><c r="A1" t="str"><v>Тегі</v></c></row>'


@pytest.mark.parametrize(
    ("xml", "before", "code"),
    [
        (FULL, ENTITIES, "not_a_table"),
        (FULL, '<?xml version="1.0" encoding="cp037"?>', "not_a_table"),
        ('<row r="999999999999"><c t="str"><v>a</v></c></row>', "", "too_many_rows"),
        ('<row r="1048577"><c t="str"><v>a</v></c></row>', "", "too_many_rows"),
        (FULL * 2, "", "rows_disordered"),
        (f'<row r="1">{"<c/>" * 30_000}</row>', "", "row_too_long"),
        (f'<row r="1">{"<c><v>1</v></c>" * (MOST_COLUMNS + 1)}</row>', "", "too_many_columns"),
        (f'<row r="1"><c r="A1" t="str"><v>{"a" * 1_000_000}</v></c></row>', "", "cell_too_long"),
        ("<x>" * 1_100_000, "", "too_large"),
        ('<row r="1"><c r="A1" t="s"><v>99</v></c></row>', "", "not_a_table"),
        ('<row r="1"><c r="A1"><v>x</v></c></row>', "", "not_a_table"),
        ("<row>", "", "not_a_table"),
        ("", "", "empty"),
    ],
)
def test_a_hostile_sheet_is_refused_by_name(xml: str, before: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        list(opened(with_rows(xml, before)).rows())
    assert refused.value.code == code


def test_what_would_unpack_to_too_much_is_refused_before_it_is_unpacked() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as parts, parts.open("xl/sharedStrings.xml", "w") as part:
        for _ in range(210):
            part.write(b" " * 1_000_000)
    assert len(content.getvalue()) < 1_000_000
    with pytest.raises(Unreadable, match="too_large"):
        opened(content)


def test_entities_in_the_strings_are_refused_too() -> None:
    content = with_part(book(HEADING), "xl/sharedStrings.xml", f"{ENTITIES}<sst><si><t>&b;</t></si></sst>")
    with pytest.raises(Unreadable, match="not_a_table"):
        opened(content)


@pytest.mark.parametrize("length", [4, 30, 200, 2000])
def test_a_workbook_cut_short_is_refused(length: int) -> None:
    with pytest.raises(Unreadable, match="not_a_table"):
        opened(BytesIO(book(HEADING).getvalue()[:length]))


def test_another_zip_is_no_workbook() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(Unreadable, match="not_a_table"):
        opened(content)
