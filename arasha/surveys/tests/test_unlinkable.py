"""With true logins and true commits: what is left of an answer, two at once, a process killed half way."""

import json
import logging
import os
import subprocess
import sys
import threading
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connections, transaction

from arasha.kernel.access.actions import system
from arasha.kernel.journal.queries import verify
from arasha.obligations.tests.cast import NOW
from arasha.surveys import actions, envelopes, queries, rules
from arasha.surveys.tests.school import LATER, QUESTIONS, School, as_public, rows
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
    with as_public(base), caplog.at_level(logging.DEBUG):
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
    runs = 1 + sum(one[2] != other[2] for one, other in pairwise(found))
    assert runs > len(found) // 2
    assert rows(base, "SELECT count(*) FROM surveys_slip") == [(0,)]
    assert envelopes.surveys() == []
    report = verify(state=True, folders=[])
    assert [finding for finding in report.findings if not finding.is_notice] == []
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
