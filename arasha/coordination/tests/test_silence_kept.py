"""A noticed silence stays true: when the risk changes, when something is written down late, when a case is reopened."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from arasha.cases.actions import close_case, reopen_case
from arasha.coordination import actions, queries
from arasha.coordination.models import Silence, SilenceRule, Watch, WatchMark
from arasha.coordination.rules import watching as rules
from arasha.coordination.tests.silences import DAY, asked, clock, lasting, led_by, mute, risk, see, unseen
from arasha.coordination.tests.silences import team as team  # noqa: PLC0414  the fixture
from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.rules import Facet
from arasha.kernel.journal.models import Act
from arasha.kernel.worktime.rules import local
from arasha.obligations.actions import settle
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from arasha.plans.tests.district import Team
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def after(days: int) -> datetime:
    return NOW + days * DAY


def night(days: int) -> int:
    return actions.mend_watch(actor=enter_system("count"), now=after(days))


def test_a_silence_that_ended_with_the_risk_is_noticed_again_at_the_lower_limit(team: Team) -> None:
    risk(team, "high")
    clock(after(8))
    assert "unseen" in lasting(team)
    risk(team, "low", at=after(8))
    clock(after(8))
    assert "unseen" not in lasting(team)
    clock(after(31))
    assert night(31) == 0
    assert "unseen" in lasting(team)


def test_the_night_sees_a_silence_that_the_watch_takes_for_noticed(team: Team) -> None:
    clock(after(15))
    with cast.building():
        Silence.objects.filter(dossier=team.dossier, rule="unseen").update(ended_at=after(15))
    assert night(15) == 1
    clock(after(15))
    assert "unseen" in lasting(team)


def test_risk_that_rises_while_a_silence_lasts_makes_an_answer_owed_once(team: Team) -> None:
    risk(team, "medium")
    clock(after(15))
    assert "unseen" in lasting(team)
    assert asked(team) == []
    risk(team, "very_high", at=after(15))
    clock(after(15))
    assert asked(team) == ["answer_silence_today"]
    clock(after(16))
    assert asked(team) == ["answer_silence_today"]


def test_who_owes_an_answer_in_days_owes_one_today_when_the_risk_is_very_high(team: Team) -> None:
    risk(team, "high")
    clock(after(8))
    assert asked(team) == ["answer_silence"]
    risk(team, "very_high", at=after(8))
    clock(after(8))
    assert asked(team) == ["answer_silence", "answer_silence_today"]
    risk(team, "high", at=after(8) + timedelta(hours=1))
    clock(after(9))
    assert asked(team) == ["answer_silence", "answer_silence_today"]


def test_when_it_ends_every_answer_that_was_owed_is_settled(team: Team) -> None:
    risk(team, "high")
    clock(after(8))
    risk(team, "very_high", at=after(8))
    clock(after(8))
    see(team, after(8))
    clock(after(8))
    assert asked(team, states=("open", "overdue")) == []


@pytest.mark.parametrize("level", ["medium", "none"])
def test_at_medium_or_unjudged_risk_an_answer_is_owed_when_it_lasts_twice_as_long(team: Team, level: str) -> None:
    if level == "medium":
        risk(team, level)
    clock(after(15))
    clock(after(27))
    assert asked(team) == []
    clock(after(29))
    assert asked(team) == ["answer_silence"]


def test_at_low_risk_nobody_owes_an_answer(team: Team) -> None:
    risk(team, "low")
    for day in (31, 61, 121):
        clock(after(day))
    assert "unseen" in lasting(team)
    assert asked(team) == []


def test_an_answer_does_not_silence_for_ever(team: Team) -> None:
    risk(team, "high")
    clock(after(8))
    with as_owner():
        duty = Obligation.objects.get(step="answer_silence", about=unseen(team).pk).pk
    settle(actor=enter_system("count"), obligation=duty, answer="", outcome="", now=after(9))
    clock(after(14))
    assert asked(team) == ["answer_silence"]
    clock(after(15))
    assert asked(team) == ["answer_silence", "answer_silence"]


def test_a_sight_written_down_late_moves_the_beginning_and_keeps_the_silence(team: Team) -> None:
    risk(team, "high")
    clock(after(20))
    kept = unseen(team).pk
    see(team, after(20), "with_others", seen_at=after(10))
    clock(after(20))
    row = unseen(team)
    assert (row.pk, row.since) == (kept, after(10))
    with as_owner():
        assert Act.objects.filter(verb="date_silence", codes__silence="unseen").count() == 1


@pytest.mark.parametrize(("level", "left"), [("high", 14), ("medium", 75)])
def test_a_mute_lasts_no_longer_than_the_risk_allows_now(team: Team, level: str, left: int) -> None:
    risk(team, "medium")
    clock(after(15))
    mute(unseen(team), team.lead, until=local(after(15)).date() + 75 * DAY)
    risk(team, level, at=after(15))
    clock(after(15))
    assert unseen(team).muted_until == local(after(15)).date() + left * DAY
    with as_owner():
        cut = Act.objects.filter(verb="cut_mute")
        assert [one.codes["facet"] for one in cut] == [Facet.CONCERN] * (level == "high")


@pytest.mark.parametrize("by", ["social", "lead"])
def test_at_very_high_risk_only_a_mute_by_coordination_goes_on(team: Team, by: str) -> None:
    led_by(team, team.social)
    risk(team, "medium")
    clock(after(15))
    until = local(after(15)).date() + 10 * DAY
    mute(unseen(team), getattr(team, by), until=until)
    risk(team, "very_high", at=after(15))
    clock(after(16))
    today = local(after(16)).date()
    assert unseen(team).muted_until == (until if by == "lead" else today)
    actor = team.lead.enter()
    awake = set(queries.lasting(actor, today).values_list("rule", flat=True))
    assert ("unseen" in awake) == (by == "social")


def test_while_a_silence_is_muted_no_answer_is_asked_for(team: Team) -> None:
    risk(team, "medium")
    clock(after(15))
    mute(unseen(team), team.lead, until=local(after(15)).date() + 75 * DAY)
    clock(after(40))
    about = unseen(team).pk
    assert asked(team, about=about) == []
    clock(after(91))
    assert asked(team, about=about) == ["answer_silence"]


def test_while_a_case_was_closed_nobody_had_to_act(team: Team) -> None:
    see(team, after(1))
    clock(after(2))
    close_case(actor=team.lead.enter(), dossier=team.dossier, reason="safe", now=after(2))
    clock(after(3))
    reopen_case(actor=team.lead.enter(), dossier=team.dossier, reason="again", now=after(100))
    clock(after(100))
    assert lasting(team) == set()
    clock(after(115))
    assert unseen(team).since == after(100)


def test_a_gap_in_the_numbers_of_acts_does_not_stop_the_watch(team: Team) -> None:
    clock(NOW)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence('journal_act', 'id')")
        (sequence,) = cursor.fetchone()
        cursor.execute(f"SELECT setval('{sequence}', currval('{sequence}') + 1000000)")
    see(team, after(1))
    clock(after(1))
    with as_owner():
        assert Watch.objects.get(dossier=team.dossier, rule="unseen").since == after(1)
        assert WatchMark.objects.get().act == Act.objects.latest("id").pk


def test_a_rule_holds_from_its_day_to_its_day(team: Team) -> None:
    first, last = local(after(30)).date(), local(after(40)).date()
    with as_owner():
        SilenceRule.objects.filter(rule="unseen").update(valid_from=first, valid_until=last)
    night(0)
    clock(after(29))
    assert "unseen" not in lasting(team)
    clock(after(31))
    assert "unseen" in lasting(team)
    clock(after(41))
    assert "unseen" not in lasting(team)


def test_what_the_data_says_of_a_rule_is_read() -> None:
    said: dict[str, Any] = rules.validity()
    assert said["short_stays"] == (3, 365, 30, None, None)
    assert said["unseen"] == (None, None, None, None, None)
