"""What breaks on the way: files, keys, closings half done, what was told already; and what stays of each."""

import os
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.actions import system
from arasha.kernel.vault.queries import open_bytes
from arasha.kernel.vault.rules import KeyErased, KeyMissing, Scope, seal_letter
from arasha.obligations.tests.cast import NOW
from arasha.surveys import actions, envelopes, rules, tasks
from arasha.surveys.actions import closing
from arasha.surveys.models import Answer, Release, Slip, Survey
from arasha.surveys.tests.school import QUESTIONS, School, answered, as_pupils, begun, closed, opened, opened_by
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def test_when_the_file_cannot_be_written_the_slip_stays_good(school: School) -> None:
    survey, slips = opened(school.psychologist)
    envelopes.destroy(survey)
    with pytest.raises(envelopes.EnvelopesLost), as_pupils():
        actions.hand_in(actor=None, slip=slips[0], said=[1] * len(QUESTIONS), now=NOW)
    assert opened_by(slips[0], NOW) is not None


def test_closing_that_breaks_off_leaves_everything_and_can_be_repeated(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey, slips = opened(school.psychologist)
    answered(slips)

    def dies(*_given: Any, **_named: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(closing, "erase", dies)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            closed(school.psychologist, survey)
    with as_owner():
        assert Survey.objects.get(pk=survey).state == "open"
        assert not Release.objects.exists()
        assert not Answer.objects.exists()
    assert len(envelopes.contents(survey).letters) == 12
    assert closed(school.psychologist, survey).outcome == "released"


def test_after_closing_key_and_file_are_gone(school: School, django_capture_on_commit_callbacks: Any) -> None:
    survey, slips = opened(school.psychologist)
    answered(slips)
    sealed = envelopes.contents(survey).key
    with django_capture_on_commit_callbacks(execute=True):
        found = closed(school.psychologist, survey)
    assert envelopes.surveys() == []
    scope = Scope("dossier", found.dossier_id, "education")
    with pytest.raises((KeyErased, KeyMissing)):
        open_bytes(sealed, scope=scope, table="surveys_survey", column="private", row=survey)
    with as_owner():
        assert not Slip.objects.exists()


def test_a_file_that_a_crash_left_is_swept_and_an_open_one_is_not(school: School) -> None:
    survey, slips = opened(school.psychologist)
    other, _slips = opened(school.psychologist, called="8Б")
    answered(slips)
    closed(school.psychologist, survey)  # the test's transaction never commits: the file stays as after a crash
    assert set(envelopes.surveys()) == {survey, other}
    with system("surveys") as actor:
        assert actions.sweep_envelopes(actor=actor, now=NOW) == 1
    assert envelopes.surveys() == [other]


def test_a_survey_whose_file_is_gone_shows_nothing_and_says_so(school: School) -> None:
    survey, slips = opened(school.psychologist)
    answered(slips)
    envelopes.destroy(survey)
    assert closed(school.psychologist, survey).outcome == "lost"


def test_envelopes_that_somebody_slipped_in_withhold_everything(school: School) -> None:
    survey, slips = opened(school.psychologist, slips=14)
    answered(slips[:11])
    found = opened_by(slips[11], NOW)
    assert found is not None
    letter = seal_letter(found.public, rules.packed([1] * len(QUESTIONS)), about=rules.about(survey), size=rules.SIZE)
    envelopes.put(survey, letter)
    assert closed(school.psychologist, survey).outcome == "disturbed"


def test_rubbish_among_the_envelopes_is_passed_over(school: School) -> None:
    survey, slips = opened(school.psychologist, slips=14)
    answered(slips[:11])
    envelopes.put(survey, b"\x01" + os.urandom(112))
    assert closed(school.psychologist, survey).outcome == "released"


def test_a_survey_that_nobody_closes_closes_itself_after_thirty_days(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey, slips = opened(school.psychologist)
    never, _slips = begun(school.psychologist, called="8Б").pk, None
    answered(slips)
    monkeypatch.setattr(tasks, "domain_now", lambda: NOW + timedelta(days=29))
    tasks.close_surveys(0)
    with as_owner():
        assert not Survey.objects.filter(state="closed").exists()
    monkeypatch.setattr(tasks, "domain_now", lambda: NOW + timedelta(days=30))
    tasks.close_surveys(0)
    with as_owner():
        outcomes = dict(Survey.objects.values_list("pk", "outcome"))
    assert outcomes == {survey: "released", never: "not_opened"}


def test_what_was_released_never_changes_not_even_for_the_owner(school: School) -> None:
    survey, slips = opened(school.psychologist)
    answered(slips)
    closed(school.psychologist, survey)
    for change in ("UPDATE surveys_release SET answers = 50", "DELETE FROM surveys_release"):
        with pytest.raises(DatabaseError) as refused, as_owner(), connection.cursor() as cursor:
            cursor.execute(change)
        assert getattr(refused.value.__cause__, "sqlstate", "") == "AR411"
    with pytest.raises(actions.NotReady):
        closed(school.psychologist, survey)


def test_the_folder_holds_one_file_of_one_length_and_no_time(school: School) -> None:
    survey, slips = opened(school.psychologist)
    (file,) = settings.ARASHA_SURVEYS.iterdir()
    before = (file.stat().st_size, file.stat().st_mtime_ns)
    answered(slips[:7])
    assert (file.stat().st_size, file.stat().st_mtime_ns) == before
    assert file.stat().st_mode & 0o777 == 0o600
    assert survey.hex in file.stem.replace("-", "")
