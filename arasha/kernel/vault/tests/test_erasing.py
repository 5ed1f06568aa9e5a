"""Erasing is final, lawful, in one transaction with its act, and a restore cannot undo it."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError, ProgrammingError
from pytest_django import DjangoCaptureOnCommitCallbacks as Capture
from pytest_django import DjangoDbBlocker

from arasha.kernel.vault.actions import erase, replay_erasures, seal_text
from arasha.kernel.vault.keystore import custody, ledger
from arasha.kernel.vault.models import Erasure, History
from arasha.kernel.vault.queries import open_text
from arasha.kernel.vault.rules import KeyErased, LedgerBroken, NotInTransaction, Scope
from tests.database import ClonedDatabase, as_owner

NIGHT = datetime(2026, 3, 19, 20, 30, tzinfo=UTC)  # half past one on the 20th in Kazakhstan
FINAL = date(2026, 4, 20)
OPEN_ACT = """
CREATE OR REPLACE FUNCTION vault.erasing_act() RETURNS bigint LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT 71::bigint'
"""


@dataclass(frozen=True)
class Officer:
    """Whoever erases."""

    kind: str = "user"


def execute(sql: str, using: str = "default") -> None:
    """Run one statement."""
    with connections[using].cursor() as cursor:
        cursor.execute(sql)


def run_erase(scope: Scope) -> date:
    """Erase as the officer does it."""
    return erase(scope, actor=Officer(), now=NIGHT, legal_basis="court_order")


@pytest.fixture
def open_act(db: None) -> None:
    """Let an act of erasing be open, as the journal would say."""
    with as_owner():
        execute(OPEN_ACT)


def keep_history(scope: Scope) -> None:
    """Write one earlier value, as the journal's trigger does."""
    with as_owner():
        History.objects.create(
            change_id=5, column_name="phone", salt=b"salt", old_value=b"+7 701 canary",
            scope_kind=scope.kind, scope_key=scope.key, facet=scope.bit,
        )  # fmt: skip


def test_erasing_destroys_the_key_after_commit_and_empties_the_history(
    vault: Path, scope: Scope, open_act: None, django_capture_on_commit_callbacks: Capture
) -> None:
    blob = seal_text("what she said", scope=scope, table="t", column="c", row=1)
    keep_history(scope)
    keep_history(Scope("dossier", scope.key, "health"))
    with django_capture_on_commit_callbacks() as after_commit:
        assert run_erase(scope) == FINAL
    assert open_text(blob, scope=scope, table="t", column="c", row=1) == "what she said"
    for callback in after_commit:
        callback()
    with pytest.raises(KeyErased):
        open_text(blob, scope=scope, table="t", column="c", row=1)
    with as_owner():
        emptied, kept = History.objects.order_by("-facet")
        assert (emptied.salt, emptied.old_value, emptied.erased_by_act) == (None, None, 71)
        assert kept.old_value == b"+7 701 canary"
        row = Erasure.objects.get()
        assert (row.scope_key, row.facet, row.final_on, row.legal_basis, row.act_id) == (
            scope.key, scope.bit, FINAL, "court_order", 71,
        )  # fmt: skip
    assert [(entry.id, entry.scope) for entry in ledger().entries()] == [(row.id, scope)]


def test_an_earlier_value_that_arrives_after_the_erasure_is_forgotten_as_it_arrives(
    vault: Path, scope: Scope, open_act: None
) -> None:
    run_erase(scope)
    keep_history(scope)
    with as_owner():
        late = History.objects.get()
        assert (late.salt, late.old_value, late.erased_by_act) == (None, None, 71)


def test_erasing_again_keeps_the_first_date(
    vault: Path, scope: Scope, open_act: None, django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = run_erase(scope)
    with django_capture_on_commit_callbacks(execute=True):
        later = datetime(2026, 5, 1, tzinfo=UTC)
        assert erase(scope, actor=Officer(), now=later, legal_basis="court_order") == first
    assert len(ledger().entries()) == 1


def test_an_erasure_rolled_back_erases_nothing(
    vault: Path, scope: Scope, open_act: None, django_capture_on_commit_callbacks: Capture
) -> None:
    blob = seal_text("kept", scope=scope, table="t", column="c", row=1)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        run_erase(scope)
        transaction.set_rollback(True)
    assert open_text(blob, scope=scope, table="t", column="c", row=1) == "kept"
    assert ledger().entries() == []


@pytest.mark.django_db
def test_without_an_open_act_of_erasing_the_database_refuses(vault: Path, scope: Scope) -> None:
    with pytest.raises(DatabaseError) as problem:
        run_erase(scope)
    assert getattr(problem.value.__cause__, "sqlstate", "") == "AR410"


def test_outside_a_transaction_erasing_is_refused(
    vault: Path, scope: Scope, cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock(), cloned_database.as_default(), pytest.raises(NotInTransaction):
        run_erase(scope)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE vault_history SET salt = NULL",
        "DELETE FROM vault_history",
        "SELECT * FROM vault_erasure",
        "INSERT INTO vault_history (change_id, column_name, scope_kind, scope_key, facet)"
        " VALUES (1, 'x', 'person', gen_random_uuid(), 1)",
        "UPDATE vault_keptfile SET size = 1",
        "DELETE FROM vault_keptfile",
        "SELECT vault.erasures()",
        "SELECT vault.erasing_act()",
        "SELECT vault.erase_history(gen_random_uuid(), 'person', gen_random_uuid(), 1::smallint, now(),"
        " now()::date, 'x')",
        "SELECT vault.replay_erasure(gen_random_uuid(), 'person', gen_random_uuid(), 1::smallint, now(), now()::date,"
        " 'x', 1)",
    ],
)
def test_the_application_role_has_no_other_way_in(sql: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        execute(sql)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE vault_history SET old_value = 'other'",
        "UPDATE vault_history SET salt = NULL, old_value = NULL, erased_by_act = 1, change_id = 6",
        "DELETE FROM vault_history",
        "TRUNCATE vault_history",
        "UPDATE vault_erasure SET final_on = now()",
        "DELETE FROM vault_erasure",
        "TRUNCATE vault_erasure",
    ],
)
def test_not_even_the_owner_rewrites_history_or_ledger(scope: Scope, sql: str) -> None:
    keep_history(scope)
    with as_owner():
        Erasure.objects.create(
            id=uuid4(), scope_kind="person", scope_key=uuid4(), facet=1, at=NIGHT, final_on=FINAL,
            legal_basis="x", act_id=1,
        )  # fmt: skip
        with pytest.raises(DatabaseError) as problem, transaction.atomic():
            execute(sql)
    assert getattr(problem.value.__cause__, "sqlstate", "") == "AR411"


@pytest.mark.parametrize("sql", ["DELETE FROM vault_history", "TRUNCATE vault_erasure"])
def test_a_replicas_session_does_not_silence_the_triggers(cloned_database: ClonedDatabase, sql: str) -> None:
    with psycopg.connect(cloned_database.superuser) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(
            "INSERT INTO vault_history (change_id, column_name, scope_kind, scope_key, facet)"
            " VALUES (1, 'x', 'person', gen_random_uuid(), 1)"
        )
        with pytest.raises(psycopg.Error) as problem:
            superuser.execute(sql.encode())
        assert problem.value.sqlstate == "AR411"
        superuser.rollback()


@contextmanager
def committed(cloned_database: ClonedDatabase, blocker: DjangoDbBlocker) -> Iterator[None]:
    """Work in a clone where an act of erasing is open, and commit."""
    with blocker.unblock(), cloned_database.as_default():
        execute(OPEN_ACT, using="owner")
        yield


def test_a_restore_of_old_keys_and_an_old_database_forgets_again(
    vault: Path, scope: Scope, cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker
) -> None:
    with committed(cloned_database, django_db_blocker):
        blob = seal_text("gone", scope=scope, table="t", column="c", row=1)
        custody().store.close()
        shutil.copytree(vault / "keystore", vault / "old")
        with transaction.atomic():
            run_erase(scope)
        # Restore: the old store over the new one, and a database that never heard of the erasure.
        custody().store.close()
        shutil.rmtree(vault / "keystore")
        (vault / "old").rename(vault / "keystore")
        execute("ALTER TABLE vault_erasure DISABLE TRIGGER USER", using="owner")
        execute("DELETE FROM vault_erasure", using="owner")
        History.objects.using("owner").create(
            change_id=5, column_name="phone", salt=b"s", old_value=b"canary",
            scope_kind=scope.kind, scope_key=scope.key, facet=scope.bit,
        )  # fmt: skip
        assert open_text(blob, scope=scope, table="t", column="c", row=1) == "gone"
        assert replay_erasures() == 1
        with pytest.raises(KeyErased):
            open_text(blob, scope=scope, table="t", column="c", row=1)
        assert History.objects.using("owner").get().old_value is None
        assert Erasure.objects.using("owner").get().act_id == 71


def test_a_crash_between_commit_and_destruction_is_made_good(
    vault: Path, scope: Scope, cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker
) -> None:
    with committed(cloned_database, django_db_blocker):
        blob = seal_text("gone", scope=scope, table="t", column="c", row=1)
        with transaction.atomic():
            run_erase(scope)
            connection.run_on_commit = []  # the process dies here
        assert open_text(blob, scope=scope, table="t", column="c", row=1) == "gone"
        assert replay_erasures() == 1
        with pytest.raises(KeyErased):
            open_text(blob, scope=scope, table="t", column="c", row=1)
        assert len(ledger().entries()) == 1


def test_an_altered_ledger_is_noticed_by_line(
    vault: Path, open_act: None, django_capture_on_commit_callbacks: Capture
) -> None:
    for _ in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            run_erase(Scope("person", uuid4(), "contacts"))
    path = vault / "erasures" / "ledger.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    altered = json.dumps({**json.loads(lines[1]), "facet": "health"}, sort_keys=True, separators=(",", ":")) + "\n"
    for content in ([lines[0], altered, lines[2]], [lines[0], lines[2]], [lines[0], "{}\n", lines[2]]):
        path.write_text("".join(content))
        with pytest.raises(LedgerBroken, match="line 2"):
            ledger().entries()


def test_a_line_half_written_by_a_crash_does_not_stop_the_ledger(
    vault: Path, open_act: None, django_capture_on_commit_callbacks: Capture
) -> None:
    first, second = (Scope("person", uuid4(), "contacts") for _ in range(2))
    with django_capture_on_commit_callbacks(execute=True):
        run_erase(first)
    with (vault / "erasures" / "ledger.jsonl").open("a") as file:
        file.write('{"act":71,"at":"2026-')
    assert [entry.scope for entry in ledger().entries()] == [first]
    with django_capture_on_commit_callbacks(execute=True):
        run_erase(second)
    assert [entry.scope for entry in ledger().entries()] == [first, second]
