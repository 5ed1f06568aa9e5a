"""The flat table as pure functions: what a cell may say, what is wrong where, and what of a refuge is never kept."""

import io
import json
import zipfile
from datetime import date

import pytest

from arasha.services.rules import TABLE_FAULTS, package
from arasha.services.rules.exchange import Places, Table, headings, template, texts, understood
from arasha.services.rules.exchange.cells import CellFaulty, hours, hours_text, many_of
from arasha.services.tests.directory import DISTRICT, NEXT_DISTRICT, REGION
from arasha.services.tests.tables import CENTRE, REFUGE, SECRET, csv_of, xlsx_of
from arasha.ui.rules import LANGUAGES, sheets
from arasha.ui.rules.sheets import SheetUnreadable

NATION = "000000000"
PLACES = Places(
    {
        NATION: NATION,
        REGION: f"{NATION}.{REGION}",
        DISTRICT: f"{NATION}.{REGION}.{DISTRICT}",
        NEXT_DISTRICT: f"{NATION}.{REGION}.{NEXT_DISTRICT}",
    },
    {},
)
SERVICES = package(date(2026, 3, 16))


def read(content: bytes, place: str = REGION) -> Table:
    return understood(content, places=PLACES, services=SERVICES, place=place)


def faults(content: bytes, place: str = REGION) -> list[tuple[int, str, str]]:
    table = read(content, place)
    return [
        (row.number, table.headings[column - 1] if column else "", code)
        for row in table.rows
        for column, code in row.faults
    ]


def refused(content: bytes) -> tuple[str, int, int]:
    with pytest.raises(SheetUnreadable) as problem:
        read(content)
    return problem.value.code, problem.value.row, problem.value.column


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_are_known_in_three_languages_and_the_template_is_read_as_an_empty_table(language: str) -> None:
    head = headings(language)
    row = texts({name: value for name, value in CENTRE.items() if name not in {"hours", "kind", "ownership"}})
    line = dict(zip(head, row, strict=True))
    by_code = dict(zip(headings(language), [None] * len(head), strict=True))
    assert len(by_code) == len(head), "two columns are called alike"
    found = read(csv_of(line))
    assert [name for name in found.fields if not name] == []
    assert refused(template(language)) == ("empty", 0, 0)


def test_a_row_is_understood_from_csv_and_from_a_workbook_alike() -> None:
    for content in (csv_of(CENTRE), xlsx_of(CENTRE)):
        assert faults(content) == []


def test_faults_say_row_and_column() -> None:
    wrong = CENTRE | {
        "provider_key": "a-2",
        "kind": "бүлдіршін",
        "phone": "12",
        "age_to": "много",
        "served": "999999999",
    }
    assert faults(csv_of(CENTRE, wrong)) == [
        (3, "kind", "unknown"),
        (3, "age_to", "no_number"),
        (3, "served", "no_place"),
    ]
    assert faults(csv_of(CENTRE | {"phone": "12"})) == [(2, "phone", "no_phone")]
    assert faults(csv_of(CENTRE), NEXT_DISTRICT) == [(2, "territory", "not_yours")]


def test_all_that_is_wrong_in_a_row_is_told_at_once() -> None:
    wrong = CENTRE | {"age_from": "көп", "phone": "12", "web": "centre.kz", "price": "100", "latitude": "солтүстік"}
    wrong |= {"longitude": "69.1", "cost": "free"}
    assert sorted(faults(csv_of(wrong))) == [
        (2, "age_from", "no_number"),
        (2, "latitude", "no_number"),
        (2, "phone", "no_phone"),
        (2, "price", "no_price"),
        (2, "web", "no_address"),
    ]


def test_what_says_otherwise_than_a_row_above_it_goes_back() -> None:
    other = CENTRE | {"service": "psychological_support"}
    assert faults(csv_of(CENTRE, CENTRE)) == [(3, "", "key_twice")]
    assert faults(csv_of(CENTRE, other | {"ownership": "ngo"})) == [(3, "provider_key", "differs_above")]
    assert faults(csv_of(CENTRE, other | {"phone": "111"}))[0][2] == "differs_above"
    assert faults(csv_of(CENTRE, other)) == []


@pytest.mark.parametrize(
    "row",
    [
        REFUGE | {"address_ru": SECRET},
        REFUGE | {"kind": "кризисный центрр", "address_kk": SECRET},
        REFUGE | {"kind": SECRET, "provider_name_ru": SECRET},
        REFUGE | {"kind": "", "web": SECRET},
        REFUGE | {"territory": SECRET},
        CENTRE | {"protected": "иә", "address_ru": SECRET},
        CENTRE | {"protected": "наверное", "address_ru": SECRET},
        REFUGE | {"notes": SECRET},
    ],
)
def test_nothing_that_is_kept_of_a_row_says_where_a_refuge_is(row: dict[str, str]) -> None:
    table = read(csv_of(row))
    kept = table.rows[0]
    assert kept.hidden
    assert SECRET not in json.dumps(kept.cells, ensure_ascii=False)
    if "notes" not in row:
        assert kept.faults


def test_a_row_that_slipped_aside_keeps_nothing() -> None:
    slipped = csv_of(REFUGE).decode().rstrip("\r\n") + f";{SECRET}\r\n"
    table = read(slipped.encode())
    assert SECRET not in json.dumps([row.cells for row in table.rows], ensure_ascii=False)
    assert ("more_cells") in [code for _column, code in table.rows[0].faults]


def test_a_formula_in_a_cell_sends_its_row_back_and_leaves_the_others() -> None:
    assert faults(csv_of(CENTRE | {"address_ru": "=HYPERLINK(1)"})) == [(2, "address_ru", "formula")]
    assert faults(xlsx_of(CENTRE | {"address_ru": "+7 дом"})) == []


def test_files_that_are_no_table_are_refused_in_words() -> None:
    assert refused(b"x" * (10 * 1024 * 1024 + 1))[0] == "too_large"
    assert refused(b"\xd0\xcf\x11\xe0rest")[0] == "old_excel"
    assert refused(b"PK\x03\x04broken")[0] == "not_a_table"
    assert refused(archive(xl__sharedStrings=b"0" * (81 * 1024 * 1024)))[0] == "too_large"
    assert refused(archive(xl__workbook=b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'))[0] == "not_a_table"
    assert refused(b"")[0] == "empty"
    assert refused("один;два\n1;2\n".encode("cp1251"))[0] == "no_columns"
    assert refused(csv_of({"kind": "ngo", "phone": "111"}))[0] == "column_missing"
    assert refused(b"kind;kind\n1;2\n")[0] == "column_twice"
    for code in ("too_large", "old_excel", "not_a_table", "empty", "no_columns", "column_missing", "column_twice"):
        assert all(TABLE_FAULTS[code].label(language) for language in LANGUAGES)


def test_an_encoding_of_windows_is_read() -> None:
    table = read(csv_of(CENTRE | {"address_ru": "ул. Абая"}).decode().encode("kz1048"))
    assert table.rows[0].cells["address_ru"] == "ул. Абая"
    assert table.rows[0].cells["provider_name_kk"] == CENTRE["provider_name_kk"]


def test_hours_come_back_as_they_were_said() -> None:
    spans = hours("Дүйсенбі–жұма 09:00-13:00; mon-fri 14:00-18:00; сб 10.00-14.00")
    assert hours(hours_text(spans)) == spans
    for wrong in ("always", "mon 18:00-09:00", "fri-mon 09:00-18:00", "mon 09:00-18:00 and more"):
        with pytest.raises(CellFaulty):
            hours(wrong)


def test_a_word_with_commas_is_one_code() -> None:
    assert many_of("NEEDS")("Деньги, еда, одежда") == ("money",)
    assert many_of("NEEDS")("money, housing") == ("money", "housing")


def test_what_a_spreadsheet_would_run_is_neutral_in_files_and_comes_back_plain() -> None:
    content = sheets.write([["kind", "phone"], ["=1+1", "+77253721122"]], kind="csv")
    assert "'=1+1" in content.decode("utf-8-sig")
    assert sheets.read_sheet(content, sheets.Limits(strict=False)).rows[1].cells[1] == "+77253721122"
