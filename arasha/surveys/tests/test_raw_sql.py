"""Whom the database obeys: the public's role finds and uses a slip; staff reads no slip, no answer, no other school."""

from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connections, transaction

from arasha.surveys.tests.school import rows
from tests.database import ClonedDatabase


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
        connection.execute(query)


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
    with transaction.atomic(), connections["default"].cursor() as cursor:
        school.psychologist.enter()
        with pytest.raises(DatabaseError) as refused, transaction.atomic():
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
