"""The calendar in the database: edited with validity, loaded again without harm."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.worktime import actions, policy, queries
from arasha.kernel.worktime.actions.calendar import DATA
from arasha.kernel.worktime.models import Day
from arasha.kernel.worktime.rules import Hours, Kind, Limit, Unit, due_at, local
from arasha.kernel.worktime.tests.reviewed import CALENDAR, moment
from tests.database import as_owner

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 2, 1, 9, tzinfo=UTC)
NAMES = ("Демалыс күні ауыстырылды", "Перенос выходного дня", "Day off moved")


@dataclass(frozen=True)
class Administrator:
    kind: str = "user"
    functions: frozenset[str] = frozenset({"administration"})


def stand_in_for_the_context(functions: str) -> None:
    """Let the database believe, within this test, that somebody with these functions is signed in."""
    with as_owner(), connection.cursor() as cursor:
        body = f"SELECT '{functions}'::text[]"
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION access.functions() RETURNS text[] LANGUAGE sql STABLE RETURN ({body})"
        )


@pytest.fixture
def administration(db: None) -> None:
    stand_in_for_the_context("{administration}")


def change(day: date, kind: str = "moved_off", **more: object) -> None:
    """Change a day as two administrators do in the end: inside a definer function, which the owner stands in for."""
    told = {"names": NAMES, "instead_of": None, "verified_by": "", "now": NOW, **more}
    entry = [day, kind, *told["names"], told["instead_of"], False, "Resolution", told["verified_by"], told["now"]]  # type: ignore[misc]  # three texts
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT worktime.change_day(%s::date, %s, %s, %s, %s, %s::date, %s, %s, %s, %s::timestamptz)", entry
        )


def load(file: Path = DATA, now: datetime = NOW) -> int:
    with as_owner():
        return actions.load_days(actor=policy.INSTALLATION, now=now, using="default", file=file)


def test_the_loaded_calendar_is_the_reviewed_file() -> None:
    assert queries.calendar().marks == CALENDAR.marks
    assert load() == 0


@pytest.mark.usefixtures("administration")
def test_a_changed_day_moves_deadlines_computed_later_and_leaves_the_past_readable() -> None:
    limit, since = Limit(1, Unit.WORKING_DAYS), moment("2026-03-19 10:00")
    change(date(2026, 3, 20))
    assert local(due_at(limit, since, Hours(), queries.calendar()).due).date() == date(2026, 3, 26)
    earlier = queries.calendar(NOW - timedelta(seconds=1))
    assert local(due_at(limit, since, Hours(), earlier).due).date() == date(2026, 3, 20)
    change(date(2026, 3, 20), "ordinary", now=NOW + timedelta(hours=1))
    assert queries.calendar().works(date(2026, 3, 20))
    assert [entry.kind for entry in queries.day_history(date(2026, 3, 20))] == ["moved_off", "ordinary"]
    assert not queries.calendar(NOW).works(date(2026, 3, 20))


@pytest.mark.usefixtures("administration")
def test_a_swap_is_two_changes() -> None:
    change(date(2026, 3, 20), instead_of=date(2026, 3, 28))
    change(date(2026, 3, 28), "moved_working", instead_of=date(2026, 3, 20))
    found = queries.calendar()
    assert (found.works(date(2026, 3, 20)), found.works(date(2026, 3, 28))) == (False, True)
    assert [entry.date for entry in queries.days_of_year(2026) if entry.edited] == [
        date(2026, 3, 20),
        date(2026, 3, 28),
    ]


@pytest.mark.usefixtures("administration")
def test_kurban_ait_is_announced_for_another_day() -> None:
    change(date(2026, 5, 27), "ordinary")
    change(date(2026, 5, 28), "holiday", names=("Құрбан айт", "Курбан-айт", "Kurban-ait"), verified_by="resolution 1")
    derivation = due_at(Limit(1, Unit.WORKING_DAYS), moment("2026-05-27 10:00"), Hours(), queries.calendar())
    assert local(derivation.due) == moment("2026-05-29 18:00")
    assert not derivation.estimated


@pytest.mark.usefixtures("administration")
def test_loading_again_keeps_what_a_person_entered_and_takes_what_the_file_changed(tmp_path: Path) -> None:
    change(date(2026, 5, 27), "ordinary")
    assert load() == 0
    file = tmp_path / "days.csv"
    lines = DATA.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("2028-12-18")]
    file.write_text("".join(kept).replace("2028-12-16,holiday", "2028-12-15,holiday"), encoding="utf-8")
    assert load(file, NOW + timedelta(days=1)) == 3
    found = queries.calendar()
    assert found.works(date(2028, 12, 18))
    assert not found.works(date(2028, 12, 15))
    assert found.mark(date(2026, 5, 27)).kind is Kind.ORDINARY  # type: ignore[union-attr] # it is there
    assert load(file, NOW + timedelta(days=2)) == 0


@pytest.mark.usefixtures("administration")
def test_an_older_change_does_not_replace_a_newer_one() -> None:
    change(date(2026, 3, 20), now=NOW)
    for moment_ in (NOW, NOW - timedelta(days=1)):
        with pytest.raises(DatabaseError, match="later moment"):
            change(date(2026, 3, 20), "ordinary", now=moment_)
    assert Day.objects.filter(date=date(2026, 3, 20), valid_to=None).count() == 1


def test_only_the_installation_loads_the_calendar() -> None:
    with pytest.raises(policy.NotAllowed):
        actions.load_days(actor=Administrator(), now=NOW, using="default")


@pytest.mark.usefixtures("administration")
def test_nobody_changes_a_day_but_by_what_two_persons_agreed_on() -> None:
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT worktime.change_day('2026-03-20', 'holiday', 'a', 'b', 'c', NULL, false, 'd', '', now())"
        )


@pytest.mark.parametrize("functions", ["{}", "{health_care,education_school}"])
def test_the_database_itself_asks_for_the_administration(functions: str) -> None:
    stand_in_for_the_context(functions)
    with pytest.raises(DatabaseError, match="by the administration"):
        change(date(2026, 3, 20))
    assert queries.calendar().works(date(2026, 3, 20))


def test_without_a_context_the_database_changes_nothing() -> None:
    with pytest.raises(DatabaseError, match="no context"), transaction.atomic():
        change(date(2026, 3, 20))


def test_the_app_reads_the_calendar_in_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def] # a fixture
    with django_assert_num_queries(1):
        found = queries.calendar()
        due_at(Limit(30, Unit.WORKING_DAYS), moment("2026-03-20 10:00"), Hours(time(9), time(18)), found)


def test_an_entry_cannot_be_altered_in_place() -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.column_privileges "
            "WHERE grantee = 'arasha_definer' AND privilege_type = 'UPDATE' AND table_name LIKE 'worktime%' "
            "ORDER BY 1, 2"
        )
        assert cursor.fetchall() == [
            ("worktime_clock", "ahead_seconds"),
            ("worktime_clock", "id"),
            ("worktime_day", "valid_to"),
        ]
