"""Bodies, units and posts as a table: understood whole or not at all, and nothing the second time."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from arasha.administration.models import Proposal
from arasha.administration.rules.structure import Do
from arasha.administration.rules.structure_plan import Present, steps_of
from arasha.administration.rules.structure_table import COLUMNS, MOST, understood, written
from arasha.administration.tests.people import declare, make_member, sign_in
from arasha.kernel.access.actions import system
from arasha.kernel.access.models import Body, Post, Unit
from arasha.kernel.access.tests import cast
from arasha.ui.rules import sheets

ADDRESS = "/administration/structure/table/"
HEAD = "what;code;body;name_kk;name_ru;name_en;territory;sector;kind;parent;opens;closes;phone;heads\n"
BODY = f"body;clinic-9;;Емхана;Поликлиника;Clinic;{cast.PLACE};health;primary_care\n"
UNIT = f"бөлімше;care-9;clinic-9;Бөлім;Отделение;Ward;{cast.PLACE};;;;9;18:00;8 7252 12 34 56\n"
POST = "должность;care-9;;Бас;Глава;Head;;;;;;;;да\n"
WHOLE = HEAD + POST + UNIT + BODY
PLACES = Present(places=frozenset({cast.PLACE}))


def wrong(text: str, present: Present = PLACES) -> list[tuple[int, int, str]]:
    """What is wrong where."""
    lines, faults = understood(sheets.read(text.encode()))
    found = faults or steps_of(lines, present, "2026-01-01")[1]
    return [(fault.row, fault.column, fault.code) for fault in found]


def test_a_table_becomes_steps_bodies_first_in_whatever_order_its_rows_stand() -> None:
    lines, faults = understood(sheets.read(WHOLE.encode()))
    steps, misfits = steps_of(lines, PLACES, "2026-01-01")
    assert (faults, misfits) == ([], [])
    assert [(step.do, step.body, step.unit) for step in steps] == [
        (Do.ADD_BODY, "clinic-9", ""),
        (Do.ADD_UNIT, "clinic-9", "care-9"),
        (Do.ADD_POST, "", "care-9"),
    ]
    assert steps[1].values["phone"] == "+77252123456"
    assert steps[1].values["opens"] == "09:00:00"


def test_what_stands_already_needs_no_step_and_what_differs_is_all_that_is_set() -> None:
    lines, _faults = understood(sheets.read(WHOLE.encode()))
    by_what = {line.what: dict(line.values) for line in lines}
    present = Present(
        bodies={"clinic-9": by_what["body"]},
        units={"care-9": by_what["unit"] | {"phone": None}},
        body_of={"care-9": "clinic-9"},
        posts=frozenset({("care-9", "Бас")}),
        places=frozenset({cast.PLACE}),
    )
    (step,), faults = steps_of(lines, present, "2026-01-01")
    assert (step.do, dict(step.values), faults) == (Do.CHANGE_UNIT, {"phone": "+77252123456"}, [])


def test_units_of_one_table_may_supervise_each_other_in_any_order() -> None:
    first = UNIT.replace(";;;;9", ";;;care-8;9")
    lines, _faults = understood(sheets.read((HEAD + first + UNIT.replace("care-9", "care-8") + BODY).encode()))
    steps, faults = steps_of(lines, PLACES, "2026-01-01")
    assert faults == []
    assert [step.do for step in steps] == [Do.ADD_BODY, Do.ADD_UNIT, Do.ADD_UNIT, Do.CHANGE_UNIT]
    assert wrong(HEAD + first + UNIT.replace("care-9", "care-8").replace(";;;;9", ";;;care-9;9") + BODY) == [
        (2, 10, "itself"),
        (3, 10, "itself"),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HEAD + BODY.replace("body;", "thing;"), (2, 1, "what")),
        (HEAD + BODY.replace("clinic-9", "Код"), (2, 2, "code")),
        (HEAD + UNIT.replace("clinic-9", ""), (2, 3, "code")),
        (HEAD + BODY.replace("Емхана", ""), (2, 4, "name")),
        (HEAD + BODY.replace("Clinic", "x" * 301), (2, 6, "name")),
        (HEAD + BODY.replace("Clinic", "a\u202eb"), (2, 6, "name")),
        (HEAD + BODY.replace(cast.PLACE, "٦١٥٤٠٠٠٠٠"), (2, 7, "territory")),
        (HEAD + BODY.replace(cast.PLACE, cast.ELSEWHERE), (2, 7, "place")),
        (HEAD + BODY.replace("health", "magic"), (2, 8, "sector")),
        (HEAD + BODY.replace("primary_care", "magic"), (2, 9, "kind")),
        (HEAD + UNIT.replace(";9;", ";25;"), (2, 11, "clock")),
        (HEAD + BODY + UNIT.replace("18:00", "8:00"), (3, 11, "hours")),
        (HEAD + UNIT.replace("8 7252 12 34 56", "12"), (2, 13, "phone")),
        (HEAD + POST.replace("да", "maybe"), (2, 14, "answer")),
        (HEAD + BODY + BODY, (3, 2, "twice")),
        (HEAD + UNIT, (2, 3, "no_body")),
        (HEAD + BODY + UNIT.replace(";;;;9", ";;;nobody;9"), (3, 10, "no_unit")),
        (HEAD + POST, (2, 2, "no_unit")),
        (HEAD, (1, 0, "no_rows")),
        ("what;code\nbody;x\n", (1, 0, "column_missing")),
        (HEAD.strip() + ";secret\n" + BODY, (1, 15, "column_unknown")),
        (HEAD + "body;c\n" * (MOST + 1), (MOST + 2, 0, "too_many_rows")),
    ],
)
def test_every_fault_has_its_place(text: str, fault: tuple[int, int, str]) -> None:
    assert fault in wrong(text)


def test_the_own_unit_and_one_with_a_change_that_waits_are_told() -> None:
    values = dict(next(line for line in understood(sheets.read(WHOLE.encode()))[0] if line.what == "unit").values)
    stands = {"care-9": values | {"phone": None}}
    for more, code in (({"own": frozenset({"care-9"})}, "own"), ({"waiting": frozenset({"unit care-9"})}, "waiting")):
        present = Present(units=stands, bodies={"clinic-9": {}}, places=frozenset({cast.PLACE}), **more)  # type: ignore[arg-type]  # by name
        assert (2, 2, code) in wrong(HEAD + UNIT, present)


def test_what_goes_out_comes_in_as_it_was_and_no_spreadsheet_computes_it() -> None:
    values: dict[str, Any] = {"name_kk": "=1+1", "name_ru": "@SUM(A1)", "name_en": "-x", "territory_id": cast.PLACE}
    values |= {"parent": None, "around_the_clock": False, "opens": None, "closes": None, "phone": "+77252123456"}
    cells = written("unit", "care-9", "clinic-9", values)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    rows = [sheets.Row(1, COLUMNS), sheets.Row(2, tuple(cells))]
    (line,), faults = understood(rows)
    assert (dict(line.values), faults) == (values, [])


class Office:
    """Two administrators with their browsers, and a clinic."""

    def __init__(self) -> None:
        with cast.building():
            self.clinic = cast.make_unit("clinic", "health_care")
            Body.objects.filter(pk=self.clinic.body_id).update(code="body-of-clinic")
        self.one = sign_in(make_member("first", "administration"))
        self.two = sign_in(make_member("second", "administration"))


@pytest.fixture
def office(db: None) -> Office:
    cache.clear()  # the limits of signing in count across tests
    declare("training")
    return Office()


def waiting() -> int:
    """How many proposals there are."""
    with system("test"):
        return Proposal.objects.count()


def confirm(browser: Client) -> None:
    """Confirm what waits."""
    with system("test"):
        number = Proposal.objects.get(state="pending").pk
    assert browser.get(f"/administration/proposals/{number}/").status_code == 200
    browser.post("/administration/proposals/decide/", {"proposal": str(number), "step": "confirm"})


def test_a_dry_run_proposes_nothing_and_two_persons_make_the_whole_table_once(office: Office) -> None:
    dry = office.one.post(ADDRESS, {"table": WHOLE})
    assert (dry.status_code, len(dry.context["steps"]), waiting()) == (200, 3, 0)
    again = {"table": dry.context["text"], "step": "propose"}
    assert office.one.post(ADDRESS, again).status_code == 302
    assert office.one.post(ADDRESS, again).status_code == 422  # sent twice: a change of these waits
    assert waiting() == 1
    confirm(office.two)
    with system("test"):
        unit = Unit.objects.get(code="care-9")
        assert (unit.body.code, Post.objects.get(unit=unit).rank) == ("clinic-9", "head")
    same = office.one.post(ADDRESS, {"table": WHOLE})
    assert (same.status_code, same.context["steps"]) == (200, [])
    assert office.one.post(ADDRESS, {"table": WHOLE, "step": "propose"}).status_code == 200
    assert waiting() == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_exported_changes_nothing_when_it_is_handed_in(office: Office, kind: str) -> None:
    content = office.one.get(f"/administration/structure/export/{kind}/").content
    assert b"clinic" in content or kind == "xlsx"
    lines, _faults = understood(sheets.read(content))
    # what the tests' cast makes has codes that people can't type; the clinic has not
    assert [line.code for line in lines if line.what == "unit" and line.code == "clinic"] == ["clinic"]
    example = office.one.get(f"/administration/structure/example/{kind}/").content
    answer = office.one.post(ADDRESS, {"file": SimpleUploadedFile(f"a.{kind}", example)})
    assert (answer.status_code, len(answer.context["steps"])) == (200, 3)


def bomb() -> bytes:
    """A workbook that would unpack to far too much."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"0" * (sheets.LARGEST_UNPACKED + 1))
    return out.getvalue()


def formula() -> bytes:
    """A workbook with a formula."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(list(COLUMNS))
    book.worksheets[0].append(["=1+1"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 50,
        b"PK\x03\x04broken",
        b"\xd0\xcf\x11\xe0",
        b"x;" * 1_500_000,
        bomb(),
        formula(),
        b"\xff\xfe\x80",
    ],
    ids=["empty", "zeros", "broken", "old excel", "huge", "bomb", "formula", "no text"],
)
def test_a_hostile_file_is_told_and_proposes_nothing(office: Office, content: bytes) -> None:
    answer = office.one.post(ADDRESS, {"file": SimpleUploadedFile("a.xlsx", content), "step": "propose"})
    assert answer.status_code in {413, 422}
    assert waiting() == 0


def test_a_table_makes_nothing_elsewhere_and_takes_nothing_from_others(office: Office) -> None:
    with cast.building():
        far = cast.make_unit("far", "health_care", place=cast.ELSEWHERE)
        Body.objects.filter(pk=far.body_id).update(code="far-body")
    taken = f"unit;far;far-body;a;b;c;{cast.PLACE};;;;;;\n"
    answer = office.one.post(ADDRESS, {"table": HEAD + taken, "step": "propose"})
    assert (answer.status_code, waiting()) == (422, 0)
    assert "unit,far," not in office.one.get("/administration/structure/export/csv/").content.decode()


def test_who_does_not_administer_finds_none_of_it(office: Office) -> None:
    nurse = sign_in(make_member("nurse", "health_care"))
    for address in (ADDRESS, "/administration/structure/export/csv/", "/administration/structure/example/csv/"):
        assert nurse.get(address).status_code == 404
    assert office.one.get("/administration/structure/export/exe/").status_code == 404
