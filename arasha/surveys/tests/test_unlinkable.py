"""With true logins and true commits: what is left of an answer, whom the database obeys, two at once, a kill half way."""

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connections, transaction
from pytest_django import DjangoDbBlocker

from arasha.kernel.access.actions import system
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests.cast import NOW
from arasha.surveys import actions, envelopes, queries, rules
from arasha.surveys.tests.conftest import make_school
from arasha.surveys.tests.school import LATER, QUESTIONS, School, opened
from tests.database import ClonedDatabase

SAID = [1] * len(QUESTIONS)
# Everything that could hold a moment or an order of an answer.
WATCHED = (
    "journal_act",
    "journal_change",
    "journal_link",
    "access_look",
    "access_budget",
    "access_websession",
    "procrastinate_jobs",
    "procrastinate_events",
    "message_notice",
    "message_mail",
    "exchange_event",
    "administration_cache",
    "surveys_answer",
)


@pytest.fixture
def base(cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker) -> Iterator[ClonedDatabase]:
    """A database of the test's own, which the staff's process uses."""
    with django_db_blocker.unblock():
        with replace(cloned_database, app=cloned_database.superuser).as_default():
            declare_instance(kind="training", actor=INSTALLATION, now=NOW)
        with cloned_database.as_default():
            yield cloned_database


@pytest.fixture
def class_of_twelve(base: ClonedDatabase) -> tuple[School, Any, list[str]]:
    """A survey that is open, with its slips, all committed."""
    with replace(base, app=base.superuser).as_default(), transaction.atomic():
        school = make_school()
    with transaction.atomic():
        survey, slips = opened(school.psychologist)
    return school, survey, slips


def as_public(base: ClonedDatabase) -> AbstractContextManager[None]:
    """Let this process be the one that serves the public."""
    return replace(base, app=base.public).as_default()


def rows(base: ClonedDatabase, query: str, *given: Any) -> list[tuple[Any, ...]]:
    """Ask as the superuser, whom no row security holds."""
    with psycopg.connect(base.superuser) as connection:
        return connection.execute(query, given).fetchall()  # type: ignore[arg-type]  # a test's own text


def counted(base: ClonedDatabase) -> dict[str, int]:
    return {table: rows(base, f"SELECT count(*) FROM {table}")[0][0] for table in WATCHED}


def close(school: School, survey: Any) -> str:
    with transaction.atomic():
        return actions.close_survey(actor=school.psychologist.enter(), survey=survey, now=LATER).outcome


def test_an_answer_leaves_nothing_but_a_slip_that_is_gone(
    base: ClonedDatabase, class_of_twelve: Any, caplog: pytest.LogCaptureFixture
) -> None:
    _school, survey, slips = class_of_twelve
    before = counted(base)
    size = (settings.ARASHA_SURVEYS / f"{survey}.envelopes").stat().st_size
    with as_public(base):
        with caplog.at_level(logging.DEBUG):
            for slip in slips[:11]:
                actions.hand_in(actor=None, slip=slip, said=SAID, now=NOW)
    assert counted(base) == before
    assert [record for record in caplog.records if not record.name.startswith("asyncio")] == []
    assert (settings.ARASHA_SURVEYS / f"{survey}.envelopes").stat().st_size == size
    assert rows(base, "SELECT hash FROM surveys_slip") == [(rules.fingerprint(slips[11], queries.slip_key()),)]
    (state,) = rows(base, "SELECT to_jsonb(s) FROM surveys_survey s")
    assert set(state[0]) >= {"slips", "state"}
    assert "used" not in json.dumps(state[0])


def test_what_is_written_at_closing_is_of_one_transaction_and_in_no_order(
    base: ClonedDatabase, class_of_twelve: Any
) -> None:
    school, survey, slips = class_of_twelve
    with as_public(base):
        for place, slip in enumerate(slips):
            actions.hand_in(actor=None, slip=slip, said=[1 + place % 2] * len(QUESTIONS), now=NOW)
    assert close(school, survey) == "released"
    found = rows(base, "SELECT xmin::text, id::text, question, choice FROM surveys_answer ORDER BY ctid")
    assert len(found) == len(slips) * len(QUESTIONS)
    assert len({xmin for xmin, *_rest in found}) == 1
    ids = [id_ for _xmin, id_, *_rest in found]
    assert ids != sorted(ids)
    assert all(id_[14] == "4" for id_ in ids)  # random ones, not ordered by time
    # As they lie, questions and choices are mixed: neither one pupil's sheet nor one question stands together.
    runs = 1 + sum(one[2] != other[2] for one, other in zip(found, found[1:], strict=False))
    assert runs > len(found) // 2
    assert rows(base, "SELECT count(*) FROM surveys_slip") == [(0,)]
    assert envelopes.surveys() == []
    assert rows(base, "SELECT count(*) FROM journal_change WHERE table_name IN ('surveys_answer', 'surveys_slip')") == [
        (0,)
    ]


def test_no_row_of_an_answer_says_which_other_answer_is_by_the_same_pupil(base: ClonedDatabase) -> None:
    columns = rows(base, "SELECT attname FROM pg_attribute WHERE attrelid = 'surveys_answer'::regclass AND attnum > 0")
    assert {name for (name,) in columns} == {"id", "survey_id", "group", "question", "choice"}


def test_one_slip_used_twice_at_once_leaves_one_envelope(base: ClonedDatabase, class_of_twelve: Any) -> None:
    _school, survey, slips = class_of_twelve
    with as_public(base):
        start, done = threading.Barrier(4), []

        def pupil() -> None:
            start.wait()
            try:
                actions.hand_in(actor=None, slip=slips[0], said=SAID, now=NOW)
                done.append("in")
            except actions.SlipNotGood:
                done.append("refused")
            finally:
                connections.close_all()

        threads = [threading.Thread(target=pupil) for _one in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(done) == ["in", "refused", "refused", "refused"]
        assert len(envelopes.contents(survey).letters) == 1


def test_a_whole_class_at_once_is_taken_in(base: ClonedDatabase, class_of_twelve: Any) -> None:
    school, survey, slips = class_of_twelve
    with as_public(base):

        def pupil(slip: str) -> None:
            try:
                actions.hand_in(actor=None, slip=slip, said=SAID, now=NOW)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=pupil, args=[slip]) for slip in slips]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(envelopes.contents(survey).letters) == len(slips)
    assert close(school, survey) == "released"


def test_when_the_database_cannot_commit_the_envelope_is_taken_back_and_the_slip_is_good(
    base: ClonedDatabase, class_of_twelve: Any
) -> None:
    _school, survey, slips = class_of_twelve
    with psycopg.connect(base.superuser) as owner:
        owner.execute(
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no room'; END $$;"
            "CREATE CONSTRAINT TRIGGER fail AFTER DELETE ON surveys_slip DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION fail()"
        )
    with as_public(base):
        with pytest.raises(DatabaseError):
            actions.hand_in(actor=None, slip=slips[0], said=SAID, now=NOW)
        assert envelopes.contents(survey).letters == []
        assert queries.opened_by(slips[0], NOW) is not None


KILLED = """
import os, sys
import django
django.setup()
from datetime import datetime
from uuid import UUID
from django.conf import settings
from django.db import transaction
from pathlib import Path
from arasha.kernel.access.actions import enter
from arasha.surveys import actions
from arasha.surveys.actions import closing
settings.SECRET_KEY = sys.argv[1]
def dies(*given, **named):
    os.kill(os.getpid(), 9)
closing.erase = dies
with transaction.atomic():
    actor = enter(sys.argv[2], int(sys.argv[3]))
    actions.close_survey(actor=actor, survey=UUID(sys.argv[4]), now=datetime.fromisoformat(sys.argv[5]))
"""


def test_a_process_that_is_killed_half_way_through_closing_has_done_nothing(
    base: ClonedDatabase, class_of_twelve: Any, tmp_path: Path
) -> None:
    school, survey, slips = class_of_twelve
    with as_public(base):
        for slip in slips:
            actions.hand_in(actor=None, slip=slip, said=SAID, now=NOW)
    who = school.psychologist
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    folders = {
        name: str(getattr(settings, name))
        for name in (
            "ARASHA_KEYS",
            "ARASHA_PUBLIC_KEYS",
            "ARASHA_KEY_STORE",
            "ARASHA_ERASURE_LEDGER",
            "ARASHA_KEY_BACKUPS",
            "ARASHA_SURVEYS",
        )
    }
    ended = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, script, settings.SECRET_KEY, who.token, str(who.post), str(survey), LATER.isoformat()],
        env=os.environ
        | folders
        | {
            "DJANGO_SETTINGS_MODULE": "arasha.config.settings",
            "ARASHA_DATABASE_URL": base.app,
            "ARASHA_OWNER_DATABASE_URL": base.owner,
            "ARASHA_SECRET_KEY": settings.SECRET_KEY,
        },
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == -9, ended.stderr
    assert rows(base, "SELECT state, outcome FROM surveys_survey") == [("open", "")]
    assert rows(base, "SELECT count(*) FROM surveys_answer") == [(0,)]
    assert rows(base, "SELECT count(*) FROM surveys_release") == [(0,)]
    assert len(envelopes.contents(survey).letters) == 12
    assert close(school, survey) == "released"
    assert rows(base, "SELECT count(*) FROM surveys_answer") == [(12 * len(QUESTIONS),)]


def test_the_clock_closes_what_nobody_closed(base: ClonedDatabase, class_of_twelve: Any) -> None:
    _school, survey, _slips = class_of_twelve
    with system("surveys") as actor:
        assert list(queries.due(actor, NOW + timedelta(days=30))) == [survey]
        actions.close_survey(actor=actor, survey=survey, now=NOW + timedelta(days=30))
    assert rows(base, "SELECT outcome FROM surveys_survey") == [("few_answers",)]
    assert envelopes.surveys() == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM surveys_slip",
        "SELECT * FROM surveys_answer",
        "SELECT * FROM surveys_survey",
        "SELECT * FROM surveys_release",
        "DELETE FROM surveys_slip",
        "INSERT INTO surveys_answer (id) VALUES (gen_random_uuid())",
        "SELECT surveys.put_slips(gen_random_uuid(), '{}')",
        "SELECT surveys.end_slips(gen_random_uuid(), 'open')",
        "SELECT surveys.put_release(gen_random_uuid(), '[]', '[]', now())",
        "SELECT surveys.held(gen_random_uuid(), 'open')",
    ],
)
def test_the_public_role_does_nothing_but_find_and_use_a_slip(base: ClonedDatabase, query: str) -> None:
    with psycopg.connect(base.public) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(query)  # type: ignore[arg-type]  # a test's own text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM surveys_slip",
        "SELECT * FROM surveys_answer",
        "UPDATE surveys_release SET answers = 1",
        "INSERT INTO surveys_release SELECT * FROM surveys_release",
        "DELETE FROM surveys_survey",
        "SELECT surveys.find_token('x', now())",
        "SELECT surveys.use_token('x', now())",
        "SELECT surveys.held(gen_random_uuid(), 'open')",
    ],
)
def test_the_staff_s_role_reads_neither_slips_nor_answers_and_rewrites_no_release(
    base: ClonedDatabase, class_of_twelve: Any, query: str
) -> None:
    school, _survey, _slips = class_of_twelve
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connections["default"].cursor() as cursor:
        school.psychologist.enter()
        cursor.execute(query)
    assert getattr(refused.value.__cause__, "sqlstate", "") == "42501"


@pytest.mark.parametrize("who", ["elsewhere", "department", "doctor"])
def test_raw_sql_of_another_unit_finds_no_survey_and_ends_none(
    base: ClonedDatabase, class_of_twelve: Any, who: str
) -> None:
    school, survey, _slips = class_of_twelve
    with transaction.atomic(), connections["default"].cursor() as cursor:
        getattr(school, who).enter()
        cursor.execute("SELECT count(*) FROM surveys_survey")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT surveys.end_slips(%s, 'open')", [survey])
        assert cursor.fetchone() == (None,)
        cursor.execute("SELECT surveys.put_slips(%s, ARRAY['x'::bytea])", [survey])
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT surveys.put_release(%s, '[]', '[]', now())", [survey])
        assert cursor.fetchone() == (False,)
    assert rows(base, "SELECT count(*) FROM surveys_slip") == [(12,)]
