"""The official file: taken whole, told beforehand, never twice, and refused with the place of each fault."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from pytest_django import DjangoDbBlocker

from arasha.kernel.territory import actions, policy, queries
from arasha.kernel.territory.actions.official import Report
from arasha.kernel.territory.models import Edition, Succession, Territory
from arasha.kernel.territory.tests.official_files import Rows, cells, changed, standing_rows, write_csv, write_workbook
from tests.database import ClonedDatabase, as_owner

ON, LATER = date(2026, 9, 18), date(2027, 1, 15)


def take(file: Path, on: date = ON, *, dry_run: bool = False, accept_closing: bool = False) -> Report:
    with as_owner():
        return actions.import_official(
            file=file,
            valid_on=on,
            dry_run=dry_run,
            actor=policy.INSTALLATION,
            accept_closing=accept_closing,
            using="default",
        )


def counts(report: Report) -> dict[str, int]:
    found = report.changes
    return {
        name: len(getattr(found, name))
        for name in ("added", "reopened", "named", "renamed", "moved", "closed")
        if getattr(found, name)
    }


def story(rows: Rows) -> None:
    """A village renamed, one gone, one new, one moved to another okrug's code."""
    rows["615435100"] = ("Жаңа Ақжар а.", "с.Жана Акжар")
    del rows["615435200"]
    rows["615435300"] = ("Жаңатұрмыс а.", "с.Жанатурмыс")
    rows["615439500"] = rows.pop("615449500")


def leave_one_district(using: str = "default") -> None:
    """Leave only Saryagash district, so that a file is a hundred rows and not sixteen thousand."""
    with connections[using].cursor() as cursor:
        cursor.execute("DELETE FROM territory_succession")
        cursor.execute(
            "DELETE FROM territory_territory WHERE kato <> '000000000' AND left(kato, 4) NOT IN ('6100', '6154')"
        )


@pytest.fixture
def one_district(db: None) -> None:
    with as_owner():
        leave_one_district()


@pytest.fixture
def first(one_district: None, tmp_path: Path) -> Path:
    return write_csv(tmp_path / "first.csv", cells(standing_rows()))


@pytest.fixture
def second(one_district: None, tmp_path: Path) -> Path:
    return write_csv(tmp_path / "second.csv", cells(changed(standing_rows(), story)))


@pytest.mark.django_db
def test_the_first_official_file_names_everything_and_neither_it_nor_the_shipped_data_changes_it_again(
    tmp_path: Path,
) -> None:
    first = write_csv(tmp_path / "whole.csv", cells(standing_rows()))
    report = take(first)
    assert counts(report) == {"named": 16274}
    village = Territory.objects.get(pk="615435100")
    assert (village.name_kk, village.source, village.names_verified) == ("с.Акжар қаз", "official", True)
    assert village.path == "000000000.610000000.615400000.615435000.615435100"
    again = take(first, LATER)
    assert (counts(again), again.written) == ({}, False)
    assert Edition.objects.count() == 1
    with as_owner():
        assert actions.load_territory(actor=policy.INSTALLATION, using="default") == 0


@pytest.mark.django_db
def test_a_dry_run_says_what_would_change_and_writes_nothing(first: Path, second: Path) -> None:
    take(first)
    report = take(second, LATER, dry_run=True)
    assert counts(report) == {"added": 1, "renamed": 1, "moved": 1, "closed": 1}
    assert not report.written
    assert queries.territory("615435300") is None
    assert Territory.objects.get(pk="615435200").valid_to is None


@pytest.mark.django_db
def test_an_edition_adds_renames_closes_and_moves_and_removes_nothing(first: Path, second: Path) -> None:
    take(first)
    before = Territory.objects.count()
    assert take(second, LATER).written
    assert Territory.objects.count() == before + 2
    gone, new = Territory.objects.get(pk="615435200"), Territory.objects.get(pk="615435300")
    assert (gone.valid_to, new.valid_from, new.kind, new.level) == (LATER, LATER, "village", 4)
    assert [(old.name_ru, old.until) for old in queries.former_names("615435100")] == [("с.Акжар", LATER)]
    assert Succession.objects.get(predecessor="615449500").successor_id == "615439500"
    standing = queries.successor_at("615449500", LATER)
    assert standing is not None
    assert standing.kato == "615439500"
    ended = queries.successor_at("615435200", LATER)
    assert ended is not None
    assert ended.kato == "615435000"
    edition = Edition.objects.get(valid_on=LATER)
    assert (edition.added, edition.renamed, edition.moved, edition.closed) == (1, 1, 1, 1)
    assert counts(take(second, LATER)) == {}


@pytest.mark.django_db
def test_a_unit_that_comes_back_stands_again(first: Path, second: Path) -> None:
    take(first)
    take(second, LATER)
    assert "reopened" in counts(take(first, date(2027, 6, 1)))
    assert Territory.objects.get(pk="615435200").valid_to is None


@pytest.mark.django_db
def test_an_older_edition_does_not_undo_a_newer_one(first: Path, second: Path) -> None:
    take(second, LATER)
    with pytest.raises(actions.OlderEdition):
        take(first, ON)


@pytest.mark.django_db
def test_a_part_of_a_file_does_not_close_the_country(tmp_path: Path) -> None:
    rows = {kato: names for kato, names in standing_rows().items() if kato[:2] == "61"}
    file = write_csv(tmp_path / "part.csv", cells(rows))
    with pytest.raises(actions.TooMuchClosed):
        take(file)
    with pytest.raises(actions.TooMuchClosed):
        take(file, dry_run=True)
    report = take(file, dry_run=True, accept_closing=True)
    assert len(report.changes.closed) > 14_000


@pytest.mark.django_db
def test_a_workbook_with_numbers_and_a_heading_is_read(first: Path, tmp_path: Path) -> None:
    lines = cells(standing_rows())
    file = write_workbook(tmp_path / "kato.xlsx", lines)
    report = take(file)
    assert (report.encoding, report.rows) == ("xlsx", len(lines) - 1)
    assert counts(take(first)) == {}


def test_nobody_signed_in_imports(tmp_path: Path) -> None:
    with pytest.raises(policy.NotAllowed):
        actions.import_official(
            file=tmp_path / "x", valid_on=ON, dry_run=True, actor=policy.Installation(kind="user"), using="default"
        )


def test_the_command_tells_the_dry_run_then_writes_and_names_faults_in_three_languages(
    cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> None:
    def run(*arguments: object) -> str:
        out = StringIO()
        call_command("territory", "import", *arguments, stdout=out)
        return out.getvalue()

    with django_db_blocker.unblock(), cloned_database.as_default():
        leave_one_district("owner")
        first = write_csv(tmp_path / "first.csv", cells(standing_rows()))
        second = write_csv(tmp_path / "second.csv", cells(changed(standing_rows(), story)))
        assert "Dry run: nothing was written." in run(first, "--dry-run")
        assert run(first, "--on=2026-09-18").splitlines()[-1] == "Written."
        said = run(second, "--on=2027-01-15", "--details", "--language=ru").splitlines()
        assert "Добавлено: 1" in said
        assert "- 615435200 с.Багыс" in said
        assert "> 615449500 → 615439500 рзд.51" in said
        assert "Nothing changes." in run(second, "--on=2027-01-15")
        with pytest.raises(CommandError, match=r"15\.01\.2027"):
            run(first, "--on=2026-01-01")
        with pytest.raises(CommandError, match="Мұндай файл жоқ"):
            run(tmp_path / "absent", "--language=kk")
        wrong: list[object] = ["x", "", ""]
        faulty = write_csv(tmp_path / "faulty.csv", [["te", "name_kaz", "name_rus"], *[wrong] * 30])
        with pytest.raises(CommandError, match=r"(?s)line 2, column te: “x” is not a code.*and 10 more faults"):
            run(faulty)
