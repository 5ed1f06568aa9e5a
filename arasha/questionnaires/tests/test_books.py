"""Reading what somebody hands in: Excel, CSV, Markdown; whatever is in it, nothing is run and nothing is lost."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
import time_machine
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from arasha.questionnaires.queries import shipped
from arasha.questionnaires.rules import lint
from arasha.questionnaires.rules.books import Fault, Unreadable, canonical, excel, markdown, read, read_text
from arasha.questionnaires.rules.conversion import convert
from arasha.questionnaires.tests.sources import FORM, reading


def workbook(change: Callable[[Any], None] = lambda _book: None) -> bytes:
    """Return the made-up form as Excel, changed as a person would change it there."""
    book = openpyxl.load_workbook(io.BytesIO(excel(canonical(reading().book))))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(name: str, content: bytes, given: bytes | None = None) -> bytes:
    """Return the workbook with one part of its archive put in or replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(given or workbook())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def test_excel_and_markdown_of_a_form_are_the_same_form_there_and_back() -> None:
    book = canonical(reading().book)
    assert canonical(read(excel(book)).book) == book
    assert canonical(read_text(markdown(book)).book) == book
    assert convert(read(workbook())).xform == convert(reading()).xform


@pytest.mark.parametrize("name", [name for name, _ in shipped()])
def test_each_shipped_form_comes_back_from_excel_as_it_went(name: str) -> None:
    book = canonical(dict(shipped())[name].book)
    assert canonical(read(excel(book)).book) == book


TEXTS = ["=1+1", "+7 700", "-5", "@home", '=HYPERLINK("http://x")', "a | b", r"a\|b", "a\nb"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_a_text_whatever_it_begins_with(text: str) -> None:
    def change(book: Any) -> None:
        cell = book["choices"].cell(row=2, column=3)
        cell.value = text
        cell.data_type = "s"

    read_book = canonical(read(workbook(change)).book)
    assert read_book.sheet("choices").rows[0].get("label::Kazakh (kk)") == text
    assert canonical(read(excel(read_book)).book) == read_book
    assert canonical(read_text(markdown(read_book)).book) == read_book
    for sheet in openpyxl.load_workbook(io.BytesIO(excel(read_book))):
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_a_formula_of_excel_is_a_fault_in_its_cell_and_never_computed() -> None:
    def change(book: Any) -> None:
        book["survey"]["E3"] = "=1+1"

    read_book = read(workbook(change))
    assert [(one.code, one.sheet, one.row, one.column) for one in read_book.faults] == [
        ("formula", "survey", 3, "label::English (en)")
    ]


def test_what_excel_makes_of_cells_unseen_is_undone() -> None:
    def change(book: Any) -> None:
        book["settings"]["C2"] = 1.0
        survey = book["survey"]
        survey["A3"] = "select_one\u00a0yes_no "
        survey["B3"] = " safe\u200b"
        survey["C3"] = CellRichText("Қауіпсіз ", TextBlock(InlineFont(b=True), "бе"))
        survey["F3"] = True
        for name, written in (("choices", "CHOICES"), ("survey", " Survey")):
            sheet = book[name]
            sheet.title = "meanwhile"  # openpyxl numbers titles that differ in capitals alone
            sheet.title = written

    read_book = read(workbook(change))
    assert read_book.faults == ()
    assert lint.check(read_book.book) == []
    row = read_book.book.sheet("survey").rows[1]
    assert (row.get("type"), row.get("name"), row.get("label::Kazakh (kk)")) == (
        "select_one yes_no",
        "safe",
        "Қауіпсіз бе",
    )
    assert read_book.book.setting("version") == "1"
    assert convert(read_book).number == 1


def test_merged_cells_are_a_fault_with_their_range() -> None:
    read_book = read(workbook(lambda book: book["choices"].merge_cells("A2:A3")))
    assert Fault("merged", "choices", 2, "list_name", {"cells": "A2:A3"}) in read_book.faults


def test_hidden_rows_and_sheets_are_read_and_told() -> None:
    def change(book: Any) -> None:
        book["survey"].row_dimensions[7].hidden = True
        book["choices"].sheet_state = "hidden"
        book.create_sheet("My notes")["A1"] = "x"

    read_book = read(workbook(change))
    assert {(one.code, one.sheet, one.row) for one in read_book.faults} == {
        ("hidden_row", "survey", 7), ("hidden_sheet", "choices", 0), ("other_sheet", "My notes", 0)
    }  # fmt: skip
    assert all(one.is_notice for one in read_book.faults)
    assert convert(read_book).code == "made_up"


def test_a_misspelt_sheet_is_told_by_what_it_should_be() -> None:
    read_book = read(workbook(lambda book: setattr(book["choices"], "title", "choises")))
    assert [(one.code, one.sheet, one.values["meant"]) for one in read_book.faults] == [
        ("sheet_name", "choises", "choices")
    ]


def test_heads_are_understood_in_the_ways_people_write_them() -> None:
    text = FORM.replace("label::Kazakh (kk)", "Label :: kk").replace("label::Russian (ru)", "label::русский")
    assert canonical(read_text(text).book) == canonical(reading().book)


def csv_of(delimiter: str = ",") -> str:
    rows = []
    for sheet in canonical(reading().book):
        rows += [[sheet.name], ["", *sheet.heads]]
        rows += [["", *(row.get(head) for head in sheet.heads)] for row in sheet.rows]
    quoted = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return "\r\n".join(quoted)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "kz1048"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_in_the_encodings_that_offices_use(encoding: str, delimiter: str) -> None:
    content = csv_of(delimiter).replace("–", "-").encode(encoding)
    assert read(content).book.sheet("survey").rows[1].get("label::Kazakh (kk)") == "Қауіпсіз бе"


def test_a_russian_csv_of_windows_1251_keeps_its_letters() -> None:
    text = "choices\n,list_name,name,label::ru\n,yes_no,yes,Да – конечно\n"
    assert read(text.encode("cp1251")).book.sheet("choices").rows[0].get("label::Russian (ru)") == "Да – конечно"


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><workbook>&e;</workbook>'
HOSTILE = [
    ("too_large", lambda: b"PK\x03\x04" + b"0" * 10_000_000),
    ("too_large", lambda: with_part("xl/media/bomb.bin", b"\x00" * 60_000_000)),
    ("not_a_table", lambda: with_part("xl/workbook.xml", ENTITIES)),
    ("not_a_table", lambda: with_part("xl/sharedStrings.xml", ENTITIES.decode().encode("utf-16"))),
    ("not_a_table", lambda: workbook()[:2000]),
    ("not_a_table", lambda: b"PK\x03\x04not a zip"),
    ("old_excel", lambda: b"\xd0\xcf\x11\xe0" + b"\x00" * 100),
    ("empty", lambda: b"  \n "),
    ("letters", lambda: bytes(range(1, 128)) + b"\x00\x98\x98"),
    ("no_sheets", lambda: b"Just a letter to the ministry, with a comma"),
    ("no_sheets", lambda: b"| answers |\n| | a | b |\n| | 1 | 2 |\n"),
    ("too_many_rows", lambda: b"| survey |\n| | type | name |\n" + b"| | text | a |\n" * 4_000),
]


@pytest.mark.parametrize(("code", "made"), HOSTILE)
def test_what_is_hostile_or_no_form_at_all_is_refused_with_a_reason(code: str, made: Callable[[], bytes]) -> None:
    with pytest.raises(Unreadable) as refused:
        read(made())
    assert refused.value.code == code


def test_macros_in_a_workbook_are_never_opened() -> None:
    content = with_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub Auto_Open()")
    assert read(content).book.setting("form_id") == "made_up"


def test_a_cell_that_is_very_long_or_unreadable_is_a_fault_in_its_place() -> None:
    text = FORM.replace("| Кім |", f"| {'к' * 6000} |").replace("| Кто |", "| К\ufffdо |")
    assert [(one.code, one.row, one.column) for one in read_text(text).faults] == [
        ("cell_too_long", 7, "label::Kazakh (kk)"),
        ("letters", 7, "label::Russian (ru)"),
    ]


def test_a_book_is_the_same_file_whenever_it_is_asked_for() -> None:
    made = []
    for year in (2026, 2031):
        with time_machine.travel(datetime(year, 5, 1, tzinfo=UTC)):
            made.append(excel(reading().book))
    assert made[0] == made[1]
