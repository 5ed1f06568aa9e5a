"""What must be forgotten is, what must be kept is proved; a dump goes there and back."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoDbBlocker, Settings

from arasha.kernel.journal import actions, rules
from arasha.kernel.journal.tests.sample import DOCTOR, entered
from arasha.kernel.journal.tests.world import World, told
from arasha.kernel.vault import actions as vault
from arasha.kernel.vault.rules import Scope
from tests.cluster import Cluster
from tests.database import ClonedDatabase, postgres_program, settings_of


@dataclass(frozen=True)
class Official:
    """Who may erase."""

    kind: str = "user"


@pytest.fixture
def keys(world: World, settings: Settings, tmp_path: Path) -> None:
    """Give the vault keys of this test's own."""
    settings.ARASHA_KEY_STORE = tmp_path / "store"
    vault.make_keys()


def erase(dossier: UUID, facet: str = "identity", named: str | None = None) -> int:
    """Commit an erasure of one facet; `named` is what the act's codes claim instead."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(entered(DOCTOR))
        said = [Scope("dossier", dossier, named or facet)]
        now = datetime.now(UTC)
        with actions.erasing(scopes=said, stream=rules.dossier_stream(dossier), now=now) as opened:
            cursor.execute(
                "UPDATE sample_row SET name = NULL, born = NULL, note = NULL WHERE dossier_id = %s", [dossier]
            )
            vault.erase(Scope("dossier", dossier, facet), actor=Official(), now=now, legal_basis="court")
    return opened.id


def dump(database: ClonedDatabase, *options: str) -> bytes:
    """Return pg_dump's output."""
    return run("pg_dump", database.superuser, *options)


def run(program: str, url: str, *options: str, stdin: bytes | None = None) -> bytes:
    """Run one of PostgreSQL's programs against a database of the cluster."""
    chosen = settings_of(url)
    known = {
        "PGHOST": str(chosen["HOST"]),
        "PGPORT": str(chosen["PORT"]),
        "PGUSER": str(chosen["USER"]),
        "PGPASSWORD": str(chosen["PASSWORD"]),
        "PGDATABASE": str(chosen["NAME"]),
    }
    command = [postgres_program(program), *options]
    if program == "pg_restore":
        command += ["--dbname", str(chosen["NAME"])]
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
        command, env={**os.environ, **known}, input=stdin, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_after_a_lawful_erasure_verify_passes_and_a_dump_holds_no_name(world: World, keys: None) -> None:
    dossier, other = uuid4(), uuid4()
    _, row = world.write(dossier, name="Planted-Aigul")
    world.write(other, name="Planted-Marat")
    world.act(dossier, "UPDATE sample_row SET name = 'Planted-Again' WHERE id = %s", row)
    world.seal()
    before = dump(world.database)
    assert all(name in before for name in (b"Planted-Again", b"Planted-Marat", b"2015-04-01"))
    assert b"Planted-Aigul".hex().encode() in before
    act = erase(dossier)
    world.seal()
    after = dump(world.database)
    for name in (b"Planted-Aigul", b"Planted-Again"):
        assert name not in after
        assert name.hex().encode() not in after
    assert b"Planted-Marat" in after
    report = world.verify()
    assert told(report) == set()
    assert report.notices["erased"] > 0
    assert {finding.act for finding in report.findings} == {act}


def test_a_value_that_is_gone_without_an_act_that_names_its_facet_is_found(world: World, keys: None) -> None:
    dossier = uuid4()
    world.write(dossier)
    erase(dossier, named="contacts")
    assert {found[0] for found in told(world.verify())} == {"erased_unlawfully"}


def test_an_erasure_that_only_pretends_is_found(world: World, keys: None) -> None:
    dossier, other = uuid4(), uuid4()
    world.write(dossier)
    _, row = world.write(other)
    act = erase(dossier)
    world.tamper(
        f"UPDATE vault_history SET salt = NULL, old_value = NULL, erased_by_act = {act} WHERE scope_key = '{other}'"
    )
    assert told(world.verify()) == {
        ("erased_unlawfully", "sample_row", str(row), column, act) for column in ("name", "born", "note")
    }


def test_outside_an_act_of_erasing_nothing_is_erased(world: World, keys: None) -> None:
    dossier = uuid4()
    world.write(dossier)

    def erase_in_another_act() -> None:
        now, stream = datetime.now(UTC), rules.dossier_stream(dossier)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(entered(DOCTOR))
            with actions.act(verb="tidy", stream=stream, now=now):
                vault.erase(Scope("dossier", dossier, "identity"), actor=Official(), now=now, legal_basis="court")

    with pytest.raises(DatabaseError, match="no act of erasing is open"):
        erase_in_another_act()
    assert told(world.verify()) == set()


def test_a_sealed_actor_stands_nowhere_and_keeps_a_reference_that_tells_nothing(world: World) -> None:
    dossier = uuid4()
    numbers = [str(DOCTOR[part]).encode() for part in ("user", "post", "unit", "request")]
    act, _ = world.write(dossier, verb="report_signal", sealed=True)
    world.seal()
    sealed = dump(world.database)
    assert [number for number in numbers if number in sealed] == []
    world.write(dossier)
    assert [number for number in numbers if number in dump(world.database)] == numbers
    row = run("pg_dump", world.database.superuser, "--data-only", "--table=journal_act", "--inserts").decode()
    assert f"VALUES ({act}, 'dossier', '{dossier}', 1, 'report_signal', '{{}}', NULL, NULL, NULL, '', ''," in row
    assert told(world.verify()) == set()


def test_two_sealed_acts_of_one_person_share_nothing(world: World) -> None:
    for _ in range(2):
        world.write(uuid4(), verb="report_signal", sealed=True)
    rows = run("pg_dump", world.database.superuser, "--data-only", "--table=journal_act", "--inserts").decode()
    found = [line.split(", ") for line in rows.splitlines() if line.startswith("INSERT INTO public.journal_act ")]
    same = {at for at, (one, two) in enumerate(zip(*found, strict=True)) if one == two}
    kind, verb, seq, codes, empty = 1, 4, 3, 5, {6, 7, 8, 9, 10}
    assert same <= {kind, verb, seq, codes, *empty, 13, 15, 16, 17, 20}, rows


@pytest.fixture
def restored(world: World, cluster: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[Any]:
    """Return a function that dumps the world and goes on in a database restored from the dump."""
    name = f"clone_{uuid4().hex[:12]}"
    made: list[Any] = []

    def restore() -> World:
        content = dump(world.database, "--format=custom")
        cluster.sql(f"CREATE DATABASE {name} OWNER arasha_owner TEMPLATE template0")
        logins = {role: cluster.place.url(f"arasha_{role}", name) for role in ("app", "public", "owner", "reader")}
        again = replace(
            world.database, name=name, superuser=world.database.superuser.replace(world.database.name, name), **logins
        )
        run("pg_restore", again.superuser, "--exit-on-error", stdin=content)
        switch = again.as_default()
        switch.__enter__()
        made.append(switch)
        return replace(world, database=again)

    yield restore
    for switch in made:
        switch.__exit__(None, None, None)
    cluster.drop(name)


def test_a_dump_restored_goes_on_with_seals_and_is_proved(world: World, restored: Any) -> None:
    dossier = uuid4()
    act, row = world.write(dossier)
    world.look()
    world.seal()
    world.write(dossier)
    again = restored()
    assert told(again.verify()) == set()
    later = again.act(dossier, "UPDATE sample_row SET state = 'after' WHERE id = %s", row)
    sealed = again.seal()
    assert sealed is not None
    assert sealed.leaves == 2
    report = again.verify()
    assert told(report) == set()
    assert (report.unsealed, report.counts["acts"]) == (0, 3)
    again.tamper(f"UPDATE sample_row SET state = 'other' WHERE id = '{row}'")
    again.tamper(f"UPDATE journal_act SET verb = 'nothing' WHERE id = {act}")
    found = told(again.verify())
    assert {("row_altered", "sample_row", str(row), "state", later), ("act_altered", act)} <= found
