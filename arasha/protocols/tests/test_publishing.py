"""Versions come from files, once each, and never change."""

from datetime import UTC, datetime
from importlib import resources
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
NAME = "suspected_violence_health.yaml"
SHIPPED = (resources.files("arasha.protocols") / "data" / NAME).read_text(encoding="utf-8")
CODES = {"reporter": "health_worker", "concern": "suspected_violence"}
pytestmark = pytest.mark.django_db


def load(folder: Path, text: str = SHIPPED) -> int:
    (folder / NAME).write_text(text, encoding="utf-8")
    with as_owner():
        return load_reference(actor=INSTALLATION, now=NOW, folder=folder, using="default")


def test_the_shipped_procedure_is_published_and_an_unchanged_file_makes_no_version(tmp_path: Path) -> None:
    assert ProtocolVersion.objects.get().code == "suspected_violence_health"
    assert load(tmp_path) == 0
    assert load(tmp_path, "# a remark more\n" + SHIPPED) == 0
    assert ProtocolVersion.objects.count() == 1


def test_a_changed_file_without_a_new_number_is_refused_with_file_line_and_reason(tmp_path: Path) -> None:
    with pytest.raises(FaultyProtocol, match="version 1 is published and says something else") as refused:
        load(tmp_path, SHIPPED.replace("amount: 24", "amount: 25", 1))
    line = SHIPPED.splitlines().index("version: 1") + 1
    assert str(refused.value).startswith(f"{NAME}, line {line}: ")


def test_an_older_number_is_refused(tmp_path: Path) -> None:
    assert load(tmp_path, SHIPPED.replace("version: 1", "version: 3")) == 1
    with pytest.raises(FaultyProtocol, match="version 3 is published already"):
        load(tmp_path, SHIPPED.replace("version: 1", "version: 2"))


def test_one_faulty_file_keeps_all_others_back(tmp_path: Path) -> None:
    (tmp_path / "another.yaml").write_text(SHIPPED.replace("protocol: suspected", "protocol: another"), "utf-8")
    with pytest.raises(FaultyProtocol, match="no function 'nobody'"):
        load(tmp_path, SHIPPED.replace("version: 1", "version: 2").replace("juvenile_inspection", "nobody"))
    assert ProtocolVersion.objects.count() == 1


def test_a_version_begins_on_its_day_in_kazakhstan_and_the_old_one_ends_with_it(tmp_path: Path) -> None:
    text = SHIPPED.replace("version: 1", "version: 2").replace("valid_from: 2026-03-02", "valid_from: 2026-06-01")
    load(tmp_path, text)
    eve, midnight = datetime(2026, 5, 31, 18, 59, tzinfo=UTC), datetime(2026, 5, 31, 19, 0, tzinfo=UTC)
    assert [found.protocol.version for found in queries.in_force("report_signal", eve)] == [1]
    assert [found.protocol.version for found in queries.in_force("report_signal", midnight)] == [2]


def test_a_version_that_begins_with_another_event_ends_the_one_before(tmp_path: Path) -> None:
    load(tmp_path, SHIPPED.replace("version: 1", "version: 2").replace("event: report_signal", "event: accept_case"))
    assert queries.in_force("report_signal", NOW) == []
    assert [found.protocol.version for found in queries.in_force("accept_case", NOW)] == [2]


def test_codes_decide_what_is_started_and_a_version_is_found_by_its_number() -> None:
    (found,) = queries.started_by("report_signal", CODES, NOW)
    assert queries.version(found.id) == found.protocol
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
