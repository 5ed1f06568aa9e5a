<<<<<<< HEAD
"""Reading what somebody hands in: Excel, CSV, Markdown; whatever is in it, nothing is run and nothing is lost."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from arasha.questionnaires.actions import read_files
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


@pytest.mark.parametrize("name", [name for name, _ in read_files()])
def test_each_shipped_form_comes_back_from_excel_as_it_went(name: str) -> None:
    book = canonical(dict(read_files())[name].book)
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
=======
"""Reading a published form: everything that it says, and everything that refuses it."""

import pytest

from arasha.questionnaires.rules.form import Group, Question
from arasha.questionnaires.rules.problems import CircularCalculation, FormProblem
from arasha.questionnaires.rules.reading import read_form
from arasha.questionnaires.tests.writing import choices, form, published
from arasha.questionnaires.tests.writing import question as q

EVERYTHING = [
    q("begin_group", "child", label="The child", appearance="field-list", relevant="${agreed} = 'OK'"),
    q("text", "name", hint="as in the papers", required="yes", required_message="needed"),
    q("integer", "age", constraint=". < 18", constraint_message="${name} is a child", default="5"),
    q("date", "seen", default="today()"), q("end_group"),
    q("acknowledge", "agreed"), q("select_one regions", "region", appearance="minimal"),
    q("select_one districts", "district", choice_filter="region = ${region}"),
    q("begin_repeat", "others", label="Other children", repeat_count="${child_number}"), q("decimal", "weight"),
    q("end_repeat"),
    q("integer", "child_number"), q("calculate", "total", calculation="sum(${weight})"),
    q("hidden", "kind", default="a"),
    q("note", "said", label="In all ${total} of **${child_number}**"),
    q("image", "photo", parameters="max-pixels=1000"),
    q("file", "paper"), q("text", "computed", calculation="${total} * 2", readonly="yes"),
]  # fmt: skip
LISTS = choices("regions", "a", "b") + choices("districts", "a1", "b1", region={"a1": "a", "b1": "b"})


@pytest.fixture(scope="module")
def nodes() -> dict[str, Question | Group]:
    return {node.path: node for node in form(EVERYTHING, LISTS).root.walk()}


def asked(nodes: dict[str, Question | Group], path: str) -> Question:
    """Return a question."""
    node = nodes[f"/data/{path}"]
    assert isinstance(node, Question)
    return node


def test_a_form_says_its_code_version_titles_and_languages() -> None:
    read = form(EVERYTHING, LISTS)
    assert (read.code, read.version, read.languages) == ("tried", "1", ("kk", "ru", "en"))
    assert read.titles["kk"] == "Tried"
    assert len(read.digest) == 64


def test_kinds_are_told_apart(nodes: dict[str, Question | Group]) -> None:
    kinds = {path.removeprefix("/data/"): node.kind for path, node in nodes.items() if isinstance(node, Question)}
    assert kinds == {
        "child/name": "text", "child/age": "integer", "child/seen": "date", "agreed": "acknowledge",
        "region": "select_one", "district": "select_one", "others/weight": "decimal", "child_number": "integer",
        "total": "calculate", "kind": "hidden", "said": "note", "photo": "image", "paper": "file", "computed": "text",
    }  # fmt: skip


def test_texts_are_there_in_each_language_with_their_values(nodes: dict[str, Question | Group]) -> None:
    assert asked(nodes, "child/name").labels == {"kk": "name kk", "ru": "name ru", "en": "name en"}
    assert asked(nodes, "child/name").hints["ru"] == "as in the papers ru"
    assert asked(nodes, "child/name").required_messages["en"] == "needed en"
    assert asked(nodes, "child/age").constraint_messages["en"] == "${/data/child/name} is a child en"
    assert asked(nodes, "said").labels["kk"] == "In all ${/data/total} of **${/data/child_number}** kk"


def test_what_a_question_asks_for_is_read(nodes: dict[str, Question | Group]) -> None:
    age, seen = asked(nodes, "child/age"), asked(nodes, "child/seen")
    assert (age.default, age.constraint, age.required) == ("5", ". < 18", "")
    assert (seen.default, seen.default_formula) == ("", "today()")
    assert asked(nodes, "child/name").required == "true()"
    assert asked(nodes, "computed").read_only
    assert asked(nodes, "region").appearance == "minimal"


def test_choices_carry_their_columns_and_their_filter(nodes: dict[str, Question | Group]) -> None:
    district = asked(nodes, "district")
    assert [(choice.code, dict(choice.fields)) for choice in district.choices] == [
        ("a1", {"region": "a"}),
        ("b1", {"region": "b"}),
    ]
    assert district.choices[0].labels["ru"] == "a1 ru"
    assert district.choice_filter == "region =  /data/region"


def test_groups_and_repeats_are_read(nodes: dict[str, Question | Group]) -> None:
    child, others = nodes["/data/child"], nodes["/data/others"]
    assert isinstance(child, Group)
    assert isinstance(others, Group)
    assert (child.labels["en"], child.appearance, child.repeat) == ("The child en", "field-list", False)
    assert (others.repeat, others.count, others.labels["kk"]) == (True, "/data/child_number", "Other children kk")
    assert [each.name for each in others.children] == ["weight"]


def test_a_form_is_read_once() -> None:
    assert read_form(published(EVERYTHING, LISTS)) is read_form(published(EVERYTHING, LISTS))


def test_a_form_of_three_hundred_questions_is_read() -> None:
    survey = [q("integer", f"q{at}", relevant=f"${{q{at - 1}}} > 0" if at else "true()") for at in range(300)]
    survey.append(q("calculate", "total", calculation=" + ".join(f"${{q{at}}}" for at in range(300))))
    assert len(list(form(survey).questions())) == 301


XFORM = published([q("integer", "a")]).decode()


@pytest.mark.parametrize(
    ("xform", "code"),
    [
        ("", "not_xml"),
        ("<html/>", "not_a_form"),
        (XFORM[:-20], "not_xml"),
        (XFORM.replace('<?xml version="1.0"?>', '<!DOCTYPE x [<!ENTITY a "b">]>'), "doctype"),
        (XFORM.replace('<?xml version="1.0"?>', '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'), "doctype"),
        (XFORM.replace('type="int"', 'type="geopoint"'), "kind"),
        (XFORM.replace('type="int"', 'type="int" jr:preload="timestamp"'), "kind"),
        (XFORM.replace('type="int"', 'type="int" readonly="1 = 1"'), "read_only"),
        (XFORM.replace('type="int"', 'type="int" relevant="/data/b"'), "unknown_path"),
        (XFORM.replace('type="int"', 'type="int" constraint="evil()"'), "function"),
        (XFORM.replace('type="int"', 'type="int" required=". &lt;"'), "expression"),
        ("x" * 10_000_001, "too_large"),
    ],
)
def test_what_is_no_form_of_ours_is_refused_with_a_reason(xform: str, code: str) -> None:
    with pytest.raises(FormProblem) as refused:
        read_form(xform.encode())
    assert refused.value.code == code


@pytest.mark.parametrize(
    "survey",
    [
        [q("calculate", "a", calculation="${a} + 1")],
        [q("calculate", "a", calculation="${b}"), q("calculate", "b", calculation="${c}"),
         q("calculate", "c", calculation="${a}")],
        [q("text", "a", relevant="${b} = 1"), q("text", "b", relevant="${a} = 1")],
        [q("begin_group", "g", relevant="${a} = 1"), q("text", "a"), q("end_group")],
        [q("calculate", "t", calculation="count(${r}[./v = 1])"), q("begin_repeat", "r"),
         q("calculate", "v", calculation="${t}"), q("end_repeat")],
    ],
)  # fmt: skip
def test_a_formula_with_a_loop_is_refused_and_names_its_way(survey: list[dict[str, str]]) -> None:
    with pytest.raises(CircularCalculation) as refused:
        form(survey)
    assert refused.value.paths
    assert all(path.startswith("/data/") for path in refused.value.paths)


def test_a_problem_names_the_question() -> None:
    with pytest.raises(FormProblem) as refused:
        form([q("text", "fine"), q("text", "wrong", constraint="regex(., '(?<=a)b')")])
    assert (refused.value.code, refused.value.path) == ("pattern", "/data/wrong")
>>>>>>> engine
