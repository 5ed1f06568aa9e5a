"""Versions come from files, once each, and never change."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.rules import Actor
from arasha.protocols import policy, queries
from arasha.protocols.actions import draft, load_reference
from arasha.protocols.models import ProtocolVersion
from arasha.protocols.rules import FaultyProtocol
from arasha.protocols.tests.cast import make_ministry
from arasha.protocols.tests.procedures import MADE_UP
from tests.database import as_owner

INSTALLATION = Actor(kind="system", purpose="load_reference")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NAME = "made_up.yaml"
pytestmark = pytest.mark.django_db


def load(folder: Path, text: str = MADE_UP) -> int:
    (folder / NAME).write_text(text, encoding="utf-8")
    with as_owner():
        return load_reference(actor=INSTALLATION, now=NOW, folder=folder, using="default")


def numbers(at: datetime, event: str = "report_signal") -> list[int]:
    """Return which version of the made-up procedure stands at a moment."""
    return [found.protocol.version for found in queries.in_force(event, at) if found.protocol.code == "made_up"]


def test_the_shipped_procedures_are_published_and_loading_again_makes_nothing() -> None:
    shipped = {(row.code, row.number) for row in ProtocolVersion.objects.all()}
    assert {("suspected_violence_health", 1), ("suspected_violence_health", 2), ("school_procedure", 1)} < shipped
    with as_owner():
        assert load_reference(actor=INSTALLATION, now=NOW, using="default") == 0


def test_an_unchanged_file_makes_no_version(tmp_path: Path) -> None:
    assert load(tmp_path) == 1
    assert load(tmp_path) == 0
    assert load(tmp_path, "# a remark more\n" + MADE_UP) == 0


def test_a_changed_file_without_a_new_number_is_refused_with_file_line_and_reason(tmp_path: Path) -> None:
    load(tmp_path)
    with pytest.raises(FaultyProtocol, match="version 1 is published and says something else") as refused:
        load(tmp_path, MADE_UP.replace("amount: 24", "amount: 25", 1))
    line = MADE_UP.splitlines().index("version: 1") + 1
    assert str(refused.value).startswith(f"{NAME}, line {line}: ")


def test_an_older_number_is_refused(tmp_path: Path) -> None:
    assert load(tmp_path, MADE_UP.replace("version: 1", "version: 3")) == 1
    with pytest.raises(FaultyProtocol, match="version 3 is published already"):
        load(tmp_path, MADE_UP.replace("version: 1", "version: 2"))


def test_one_faulty_file_keeps_all_others_back(tmp_path: Path) -> None:
    (tmp_path / "another.yaml").write_text(MADE_UP.replace("protocol: made_up", "protocol: another"), "utf-8")
    before = ProtocolVersion.objects.count()
    with pytest.raises(FaultyProtocol, match="no function 'nobody'"):
        load(tmp_path, MADE_UP.replace("education_school", "nobody"))
    assert ProtocolVersion.objects.count() == before


def test_a_version_begins_on_its_day_in_kazakhstan_and_the_old_one_ends_with_it(tmp_path: Path) -> None:
    load(tmp_path)
    text = MADE_UP.replace("version: 1", "version: 2").replace("valid_from: 2026-03-02", "valid_from: 2026-06-01")
    load(tmp_path, text)
    eve, midnight = datetime(2026, 5, 31, 18, 59, tzinfo=UTC), datetime(2026, 5, 31, 19, 0, tzinfo=UTC)
    assert (numbers(eve), numbers(midnight)) == ([1], [2])


def test_a_version_that_begins_with_another_event_ends_the_one_before(tmp_path: Path) -> None:
    load(tmp_path)
    load(tmp_path, MADE_UP.replace("version: 1", "version: 2").replace("event: report_signal", "event: accept_case"))
    assert (numbers(NOW), numbers(NOW, "accept_case")) == ([], [2])


def test_the_newer_version_of_a_procedure_may_stand_in_a_file_that_comes_first(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(MADE_UP.replace("version: 1", "version: 2"), "utf-8")
    assert load(tmp_path) == 2


def test_codes_decide_what_is_started_and_a_version_is_found_by_its_number(tmp_path: Path) -> None:
    load(tmp_path)
    (found,) = queries.started_by("report_signal", {"reporter": "tester"}, NOW)
    assert queries.version(found.id) == found.protocol
    assert queries.contents([found.id, found.id]) == {found.id: found.protocol}
    assert queries.started_by("report_signal", {"reporter": "neighbour"}, NOW) == []


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE protocols_version SET verified_by = 'me'",
        "DELETE FROM protocols_version",
        "TRUNCATE protocols_version CASCADE",
    ],
)
def test_a_published_version_never_changes_for_the_owner_too(attack: str) -> None:
    with as_owner(), pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        run(attack)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        run(attack)


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_only_the_installation_publishes() -> None:
    with pytest.raises(policy.NotAllowed):
        load_reference(actor=Actor(kind="user", user_id=1), now=NOW)


def test_a_file_goes_on_under_the_versions_it_began_with(tmp_path: Path) -> None:
    load(tmp_path, MADE_UP)
    (old,) = queries.started_by("report_signal", {"reporter": "tester"}, NOW)
    load(tmp_path, MADE_UP.replace("version: 1", "version: 2").replace("outcome: [confirmed]", "outcome: [unclear]"))
    (new,) = queries.started_by("report_signal", {"reporter": "tester"}, NOW)
    codes = {"protocol": "made_up", "step": "look_by_head", "outcome": "confirmed"}
    assert (old.protocol.version, new.protocol.version) == (1, 2)
    assert queries.continued_by([old.id], "meet_obligation", codes) == [old]
    assert queries.continued_by([old.id, new.id], "meet_obligation", codes) == [old]
    assert queries.continued_by([new.id], "meet_obligation", codes) == []
    assert queries.continued_by([old.id], "report_signal", {"reporter": "tester"}) == []
    assert queries.continued_by([], "meet_obligation", codes) == []


def test_a_shipped_draft_obliges_nobody(tmp_path: Path) -> None:
    load(tmp_path, MADE_UP.replace("version: 1", "version: 1\nstanding: draft"))
    assert queries.started_by("report_signal", {"reporter": "tester"}, NOW) == []


def test_a_release_never_overrules_a_procedure_that_people_here_write_themselves(tmp_path: Path) -> None:
    ministry = make_ministry()
    draft(actor=ministry.officer.enter(), text=MADE_UP, file="made_up.yaml", now=NOW)
    assert load(tmp_path, MADE_UP.replace("made up for a test", "shipped")) == 0
    assert load(tmp_path, MADE_UP.replace("version: 1", "version: 2")) == 1
    assert load(tmp_path, MADE_UP.replace("version: 1", "version: 2")) == 0
    assert [row.declared for row in ProtocolVersion.objects.filter(code="made_up").order_by("number")] == 2 * ["draft"]
    assert queries.started_by("report_signal", {"reporter": "tester"}, NOW) == []


def test_who_must_report_is_asked_by_the_reporters_code(tmp_path: Path) -> None:
    load(tmp_path, MADE_UP)
    ((found, bound),) = queries.bound_to_report("tester", NOW)
    assert (found.protocol.code, bound.to["en"]) == ("made_up", "police")
    assert queries.bound_to_report("neighbour", NOW) == []
