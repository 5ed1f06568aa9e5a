"""Everything is lost but the backups and the keys: it comes back whole, and what was erased stays erased."""

import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoDbBlocker

from arasha.administration.tests.people import sign_in
from arasha.config.backup.checking import plain_dump
from arasha.config.backup.errors import ProgramFailed
from arasha.config.backup.programs import Target
from arasha.config.postgres.locks import Lock
from arasha.config.restoring import finishing, loading
from arasha.config.restoring.doors import LOADING, Doors, Mark
from arasha.config.tests import installations
from arasha.config.tests.installations import INSTANCE, Installation, Story
from arasha.kernel.access.queries import catalogue
from arasha.kernel.journal import queries as journal
from arasha.kernel.vault.rules import KeyErased
from tests.cluster import Cluster

CONNECT = """SELECT grantee::regrole::text FROM pg_database, aclexplode(datacl)
WHERE datname = current_database() AND privilege_type = 'CONNECT' ORDER BY 1"""
COUNT = "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"


def call(command: str, *words: str) -> str:
    """Call a command and return what it says."""
    told = StringIO()
    call_command(command, *words, stdout=told, stderr=told)
    return told.getvalue()


def lost(story: Story) -> str:
    """Say how much the second seal covered, as the restore tells it: the seal was made after the backup."""
    ((sealed,),) = story.installation.rows("SELECT leaves FROM journal_seal WHERE number = 2")
    return f"Lost: {sealed} journal entries and looks under 1 seals"


def refused(*words: str) -> str:
    """Call a restore that must not succeed and return why."""
    with pytest.raises(CommandError) as refusal:
        call("restore", *words)
    return str(refusal.value)


def lets_in(installation: Installation) -> bool:
    """Say whether those who serve may connect."""
    return [role for (role,) in installation.rows(CONNECT) if role in {"arasha_app", "arasha_public"}] == [
        "arasha_app",
        "arasha_public",
    ]


@pytest.fixture(scope="module")
def restored_once(
    story: Story, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Installation, str]]:
    """A new machine on which everything was restored, and what was said."""
    with installations.empty_database(cluster) as database, django_db_blocker.unblock():
        made = story.lost(tmp_path_factory.mktemp("restored"), database)
        with made.used():
            told = call("restore")
        yield made, told


@pytest.fixture
def restored(restored_once: tuple[Installation, str], django_db_blocker: DjangoDbBlocker) -> Iterator[Installation]:
    """The restored machine; Django works there. Leave it as it is."""
    with django_db_blocker.unblock(), restored_once[0].used():
        yield restored_once[0]


def names(installation: Installation) -> dict[object, str]:
    """Return how the children in the database are called."""
    return dict(installation.rows("SELECT dossier_id, child_called FROM signals_signal"))


def test_after_losing_everything_all_is_there_but_what_was_erased(
    restored: Installation, restored_once: tuple[Installation, str], story: Story
) -> None:
    told = restored_once[1]
    assert names(restored) == {story.kept.dossier: story.kept.called, story.erased.dossier: ""}
    assert installations.content_of(story.kept.file) == installations.PDF % story.kept.called.encode()
    with pytest.raises(KeyErased):
        installations.content_of(story.erased.file)
    assert "3 erased parts of files stay erased" in told
    assert f"{lost(story)} (2 to 2)" in told
    assert "is restored. Everybody signs in anew." in told
    assert lets_in(restored)
    psycopg.connect(restored.database.app).close()
    sign_in(story.people["doctor"], Client())


def test_the_journal_goes_on_and_no_number_is_used_twice(restored: Installation) -> None:
    lost = journal.sealed_outside([restored.folder / "second"], after=1, up_to=2).act
    after = restored.rows("SELECT id, verb FROM journal_act WHERE verb IN ('erase', 'restore') ORDER BY id")
    assert [verb for _, verb in after] == ["erase", "restore"]
    assert min(number for number, _ in after) > lost
    installations.note("the first work after the restore")
    installations.seal()
    assert restored.rows("SELECT number FROM journal_seal ORDER BY 1")[:3] == [(1,), (3,), (4,)]
    report = journal.verify(state=True, folders=[restored.folder / "seals", restored.folder / "second"])
    assert not report.failed
    assert report.notices["lost_in_restore"] == 1


def test_the_restored_database_is_protected_as_the_lost_one_was(restored: Installation) -> None:
    assert catalogue.present() == catalogue.reviewed()
    with psycopg.connect(restored.database.app) as app, pytest.raises(psycopg.Error) as problem:
        app.execute("SELECT child_called FROM signals_signal")
    assert problem.value.sqlstate == "AR400"


def test_sessions_and_links_of_before_open_nothing(
    story: Story, new: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = loading.load

    def load_with_a_session(*words: object, **more: object) -> None:
        loaded(*words, **more)  # type: ignore[arg-type]
        user = story.people["doctor"].user_id
        new.rows("INSERT INTO access_session (token_hash, user_id, started_at, expires_at)"
                 " VALUES ('\\x01', %s, now(), now() + interval '1 day')", user)  # fmt: skip
        new.rows("INSERT INTO administration_link (id, kind, user_id, made_at, expires_at)"
                 " VALUES (gen_random_uuid(), 'factor', %s, now(), now() + interval '1 day')", user)  # fmt: skip

    monkeypatch.setattr(loading, "load", load_with_a_session)
    told = call("restore")
    assert "sessions ended: 1" in told
    assert "open links made void: 1" in told
    assert new.rows("SELECT count(*) FROM access_session WHERE ended_at IS NULL") == [(0,)]
    assert new.rows("SELECT count(*) FROM administration_link WHERE expires_at > clock_timestamp()") == [(0,)]


@pytest.mark.parametrize("words", [[], ["--over", "another.example.kz"], ["--over", "yes"]])
def test_what_stands_there_is_not_written_over(restored: Installation, words: list[str]) -> None:
    restored.rows("UPDATE access_user SET email = 'stands' WHERE id = (SELECT min(id) FROM access_user)")
    told = refused(*words)
    assert "The database is not empty." in told
    assert f"--over {INSTANCE}" in told
    assert restored.rows("SELECT count(*) FROM access_user WHERE email = 'stands'") == [(1,)]
    assert lets_in(restored)


def test_who_types_the_instances_name_puts_the_backup_over_what_stands_there(new: Installation) -> None:
    with psycopg.connect(new.database.owner) as owner:
        owner.execute("CREATE SCHEMA access CREATE TABLE old (id int)")
        owner.execute("CREATE TABLE public.left_over (id int); CREATE TYPE public.left_type AS ENUM ('a')")
        owner.execute("CREATE FUNCTION public.left_function() RETURNS int LANGUAGE sql RETURN 1")
    assert "not empty" in refused()
    call("restore", "--over", INSTANCE)
    assert new.rows("SELECT to_regtype('public.left_type'), to_regproc('public.left_function')") == [(None, None)]
    assert new.rows("SELECT to_regclass('public.left_over')") == [(None,)]
    assert lets_in(new)


def test_while_somebody_serves_nothing_is_done(new: Installation) -> None:
    with psycopg.connect(new.database.app):
        assert "The installation serves: connections are open (1 of arasha_app)" in refused()
    assert new.rows(COUNT) == [(0,)]


def test_a_load_that_breaks_off_leaves_nothing_and_the_next_one_succeeds(
    new: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:

    def half(*words: object) -> object:
        pieces = list(plain_dump(*words))  # type: ignore[arg-type]
        whole = b"".join(pieces)
        yield whole[: len(whole) // 2]
        raise ProgramFailed("the medium was pulled out")

    monkeypatch.setattr(loading, "plain_dump", half)
    assert "pulled out" in refused()
    assert new.rows(COUNT) == [(0,)]
    assert lets_in(new)
    monkeypatch.undo()
    assert "is restored" in call("restore")


LONG = [pytest.param(step, marks=pytest.mark.long) for step in ("prepare", "end_sessions", "verify_all")]


@pytest.mark.parametrize("step", ["write_down", *LONG])
def test_what_breaks_off_after_the_load_serves_nobody_and_is_finished_by_the_next_call(
    new: Installation, story: Story, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    real = getattr(finishing, step)

    def done_and_killed(*words: object, **more: object) -> None:
        if step != "prepare":
            real(*words, **more)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(finishing, step, done_and_killed)
        assert "Nobody is let in; call it again to go on" in refused()
    assert not lets_in(new)
    with pytest.raises(CommandError, match="is not finished"):
        call("prepare")
    assert "Go on with it" in refused("2020-01-01T000000Z")
    assert "is loaded. Finish it" in refused("--abandon")
    told = call("restore")
    assert "the database is loaded" not in told
    assert lost(story) in told
    assert lets_in(new)
    assert new.rows("SELECT count(*) FROM journal_act WHERE verb = 'restore'") == [(1,)]
    assert names(new)[story.erased.dossier] == ""


def test_what_the_proof_finds_keeps_the_doors_closed_until_somebody_has_looked(
    new: Installation, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = finishing.verify_all

    def tampered(folders: list[Path]) -> journal.Report:
        new.rows("ALTER TABLE signals_signal DISABLE TRIGGER ALL")
        new.rows("UPDATE signals_signal SET urgency = 'other' WHERE dossier_id = %s", story.kept.dossier)
        new.rows("ALTER TABLE signals_signal ENABLE TRIGGER ALL")
        return real(folders)

    monkeypatch.setattr(finishing, "verify_all", tampered)
    with pytest.raises(CommandError) as stopped:
        call("restore")
    assert stopped.value.returncode == 3
    assert "nobody is let in" in str(stopped.value)
    assert not lets_in(new)
    assert "is restored" in call("restore", "--accept")
    assert lets_in(new)


def test_a_restore_that_was_killed_while_it_loaded_can_be_given_up(new: Installation) -> None:
    with Target.of_owner().connect() as connection:
        Doors(connection).close(Mark("2026-01-01T000000Z", LOADING))
    assert not lets_in(new)
    assert "was given up" in call("restore", "--abandon")
    assert lets_in(new)
    assert refused("--abandon") == "No restore is under way here."


def test_two_at_once_do_not_meet(new: Installation) -> None:
    lock = Lock(new.folder / "restore.lock")
    assert lock.take("process 1")
    assert "Another restore is under way (process 1)" in refused()
    lock.release()
    assert os.access(new.folder / "restore.lock", os.R_OK)
