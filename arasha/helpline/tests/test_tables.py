"""Tables that are handed in: reasons and past figures, and the hostile ones among them."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from arasha.helpline import actions, queries
from arasha.helpline.models import Reason, ReasonEdition
from arasha.helpline.rules import past_table, protecting, reason_table
from arasha.helpline.rules.past_table import Known, understood
from arasha.helpline.rules.periods import Month, Period, period
from arasha.helpline.tests.line import Line
from arasha.kernel.access.rules import Actor, Refused
from arasha.obligations.tests.committed import all_at_once
from arasha.ui.rules import sheets
from tests.database import ClonedDatabase, as_owner

KNOWN = Known(
    region={"610000000": "610000000", "туркестанская область": "610000000"},
    channel={"chat": "chat", "телефон": "telephone"},
    kind={"counselling": "counselling"},
    reason={"physical": "physical"},
)
LATEST = Month(2026, 3)
NOW = datetime(2026, 3, 10, 7, 0, tzinfo=UTC)
SHIPPED = Path(reason_table.__file__).parents[1] / "data" / "reasons.csv"


def workbook(*rows: list[object]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def faults(text: str | bytes) -> list[tuple[int, int, str]]:
    rows = sheets.read(text.encode() if isinstance(text, str) else text)
    return [(one.row, one.column, one.code) for one in understood(rows, KNOWN, LATEST)[1]]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("ай;өңір;арна;саны\n2025-10;Туркестанская область;chat;1 200\n", []),
        ("Месяц\tКоличество\n10.2025\t7\n11.2025\t8\n", []),
        ("month,count\n", [(1, 0, "no_rows")]),
        ("month,channel\n2025-10,chat\n", [(1, 0, "column_missing")]),
        ("month,count,telephone number\n2025-10,1,+77010000000\n", [(1, 3, "column_unknown")]),
        ("month,count\n2025-13,1\n2025-10,many\n2025-11,-5\n2025-12,1.5\n", [
            (2, 1, "month"), (3, 2, "count"), (4, 2, "count"), (5, 2, "count"),
        ]),
        ("month,count\n2026-04,1\n", [(2, 1, "month_ahead")]),
        ("month,channel,count\n2025-10,pigeon,1\n", [(2, 2, "channel_unknown")]),
        ("month,region,kind,reason,count\n2025-10,Атлантида,x,y,1\n", [
            (2, 2, "region_unknown"), (2, 3, "kind_unknown"), (2, 4, "reason_unknown"),
        ]),
        ("month,channel,count\n2025-10,chat,1\n2025-10,CHAT,2\n", [(3, 0, "row_twice")]),
        ("month,channel,count\n2025-10,,100\n2025-10,chat,60\n", [(2, 2, "mixed")]),
        ("month,count\n2025-10,99999999999\n", [(2, 2, "count")]),
    ],
)  # fmt: skip
def test_each_fault_of_a_table_of_past_figures_has_its_place(
    content: str, expected: list[tuple[int, int, str]]
) -> None:
    assert faults(content) == expected


def test_a_workbook_says_the_same_as_text_and_its_dates_are_months() -> None:
    content = workbook(["month", "channel", "count"], [date(2025, 10, 1), "chat", 1200])
    figures, wrong = understood(sheets.read(content), KNOWN, LATEST)
    assert wrong == []
    assert [(one.month, one.channel, one.count) for one in figures] == [(Month(2025, 10), "chat", 1200)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"x" * (10 * 1024 * 1024), "too_large"),
        (workbook(["month", "count"], ["2025-10", "=1+1"]), "formula"),
        (b"month,count\n2025-10,=HYPERLINK(1)\n", "formula"),
        ("month,count\n2025-10,1\n".encode("utf-16-be"), "letters"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "old_excel"),
        (b"PK\x03\x04 no archive", "not_a_table"),
        (b"", "empty"),
        (b"\n\n ; ;\n", "empty"),
    ],
)
def test_what_is_no_table_is_refused_before_it_is_understood(content: bytes, code: str) -> None:
    with pytest.raises(sheets.SheetUnreadable) as refused:
        sheets.read(content)
    assert refused.value.code == code


@given(st.text(max_size=40))
def test_a_count_is_a_whole_number_or_none(text: str) -> None:
    found = past_table.count_of(text)
    assert found is None or (0 <= found <= past_table.MOST and any(sign in "0123456789" for sign in text))


@given(st.integers(0, past_table.MOST))
def test_a_count_is_read_as_it_is_written(number: int) -> None:
    assert past_table.count_of(str(number)) == number
    assert past_table.count_of(f"{number:,}".replace(",", "\u00a0")) == number


@given(st.text(max_size=12), st.text(max_size=12), st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_whatever_is_asked_for_is_a_period_that_lies_behind(first: str, last: str, today: date) -> None:
    found = period(first, last, today)
    assert 1 <= found.length <= 120
    assert found.last <= Month(today.year, today.month)
    assert len(found.months) == found.length
    assert found.since < found.until


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_outside_a_share_tells_of_no_small_group(part: int, rest: int) -> None:
    told = [None if one < 10 else (one + 2) // 5 * 5 for one in (part, part + rest)]
    found = protecting.share(told[0], told[1], inside=False)
    assert found is None or (part >= 10 and 0 <= found <= 100)
    if told[0] is not None and told[1] is not None and 0 < told[1] - told[0] < 10:
        assert found is None


def test_months_are_reckoned_over_the_turn_of_years() -> None:
    assert Month(2025, 12).plus(1) == Month(2026, 1)
    assert Month(2026, 1).plus(-1) == Month(2025, 12)
    assert [one.code for one in Period(Month(2025, 11), Month(2026, 2)).months] == [
        "2025-11", "2025-12", "2026-01", "2026-02",
    ]  # fmt: skip


# Reasons


def reasons(*, without: str = "", **changed: str) -> list[dict[str, str]]:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["code"] != without]
    return [row | changed if row["code"] == "physical" else row for row in rows]


def written(folder: Path, rows: list[dict[str, str]], name: str = "list.csv") -> Path:
    out = io.StringIO()
    lines = csv.DictWriter(out, list(rows[0]))
    lines.writeheader()
    lines.writerows(rows)
    (folder / name).write_text(out.getvalue(), encoding="utf-8")
    return folder / name


def take(file: Path, *, dry_run: bool = False, on: date | None = None, using: str = "default") -> actions.Imported:
    installation = Actor(kind="system", purpose="import_reasons")
    with as_owner():
        return actions.import_reasons(actor=installation, now=NOW, file=file, dry_run=dry_run, valid_on=on, using=using)


def test_the_shipped_list_has_every_reason_in_three_languages_and_says_it_is_unverified() -> None:
    lines, wrong = reason_table.understood(sheets.read(SHIPPED.read_bytes()))
    assert wrong == []
    assert (len(lines), len({line.group for line in lines})) == (61, 12)
    assert {line.verified_by for line in lines} == {""}


@pytest.mark.django_db
def test_a_list_is_imported_by_day_and_old_codes_stay_readable(tmp_path: Path) -> None:
    new = reasons(without="grief", name_en="Physical harm", verified_by="Ministry, 1 of 2026")
    new.append(new[0] | {"code": "sextortion", "name_en": "Sextortion"})
    file = written(tmp_path, new)
    tried = take(file, dry_run=True)
    assert not tried.written
    assert (tried.changes.added, tried.changes.renamed, tried.changes.closed) == (
        ["sextortion"],
        ["physical"],
        ["grief"],
    )
    assert Reason.objects.filter(used=True, code="grief").exists()
    assert take(file, on=date(2026, 3, 1)).written
    rows = {row.code: row for row in Reason.objects.all()}
    assert (rows["grief"].used, rows["grief"].valid_to, rows["grief"].name_en) == (False, date(2026, 3, 1), "Grief")
    assert (rows["sextortion"].used, rows["sextortion"].valid_from) == (True, date(2026, 3, 1))
    assert (rows["physical"].name_en, rows["physical"].verified_by) == ("Physical harm", "Ministry, 1 of 2026")
    assert not take(file, on=date(2026, 3, 1)).changes.anything
    with as_owner():
        installation = Actor(kind="system", purpose="load_reference")
        assert actions.load_reasons(actor=installation, now=NOW, using="default") == 0
    assert not Reason.objects.get(code="grief").used
    with pytest.raises(actions.OlderEdition):
        take(file, on=date(2026, 2, 1))
    with pytest.raises(actions.NotYetValid):
        take(file, on=NOW.date() + timedelta(days=1))
    back = take(written(tmp_path, reasons()), on=date(2026, 3, 2))
    assert (back.changes.reopened, back.changes.closed) == (["grief"], ["sextortion"])


@pytest.mark.django_db
def test_a_part_of_a_list_does_not_end_the_rest(tmp_path: Path) -> None:
    with pytest.raises(actions.TooMuchClosed):
        take(written(tmp_path, reasons()[:20]))
    assert Reason.objects.filter(used=True).count() == 61


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"code": "Physical!"}, "code"),
        ({"code": "emotional"}, "code_twice"),
        ({"name_kk": ""}, "name_missing"),
        ({"name_ru": "x" * 121}, "name_wrong"),
        ({"name_kk": "??????"}, "name_wrong"),
        ({"group_en": "Harm"}, "group_differs"),
    ],
)
def test_each_fault_of_a_list_has_its_place_and_nothing_is_taken(
    tmp_path: Path, changed: dict[str, str], code: str
) -> None:
    with pytest.raises(actions.TableFaulty) as refused:
        take(written(tmp_path, reasons(**changed)))
    assert {one.code for one in refused.value.faults} == {code}
    assert all(one.row > 1 and one.column for one in refused.value.faults)
    assert not ReasonEdition.objects.exists()


@pytest.mark.django_db
def test_nobody_signed_in_imports_reasons(line: Line, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        actions.import_reasons(
            actor=line.supervisor.enter(), now=NOW, file=written(tmp_path, reasons()), dry_run=True, using="default"
        )


def test_the_command_says_what_would_change_and_what_is_wrong_in_three_languages(
    base: ClonedDatabase, tmp_path: Path
) -> None:
    file = written(tmp_path, reasons(without="grief"))
    said = {}
    for language in ("kk", "ru", "en"):
        out = io.StringIO()
        call_command("helpline", "reasons", "import", str(file), "--dry-run", "--language", language, stdout=out)
        said[language] = out.getvalue()
    assert all("grief" in words for words in said.values())
    assert len(set(said.values())) == 3
    (tmp_path / "large.csv").write_bytes(b"x" * 10_000_000)
    with pytest.raises(CommandError, match="2 MB"):
        call_command("helpline", "reasons", "import", str(tmp_path / "large.csv"))
    wrong = written(tmp_path, [row if row["code"] != "emotional" else row | {"name_kk": ""} for row in reasons()])
    with pytest.raises(CommandError, match="Row 5, column"):
        call_command("helpline", "reasons", "import", str(wrong))
    with pytest.raises(CommandError):
        call_command("helpline", "reasons", "import", str(tmp_path / "none.csv"))


def test_two_who_hand_in_the_same_table_at_once_make_one_version(committed: Line) -> None:
    done: list[actions.Handed] = []

    def hand_in() -> None:
        with transaction.atomic():
            done.append(
                actions.import_figures(
                    actor=committed.supervisor.enter(),
                    now=NOW,
                    content=b"month,count\n2025-10,100\n",
                    source="Report",
                    dry_run=False,
                )
            )

    assert all_at_once(hand_in, 4) == [[], [], [], []]
    assert sorted(one.written for one in done) == [False, False, False, True]
    with transaction.atomic():
        listed = queries.editions(committed.supervisor.enter())
        assert [(row.version, row.rows) for row, _by in listed] == [(1, 1)]
