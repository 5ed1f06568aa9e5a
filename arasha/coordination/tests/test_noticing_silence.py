"""Silences: each rule raises and ends, the watch equals a count, muting needs a reason and a day; who may know."""

import random
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from arasha.cases.actions import close_case
from arasha.cases.models import LeadOffer
from arasha.coordination import actions, queries
from arasha.coordination.models import Silence
from arasha.coordination.rules import watching as rules
from arasha.coordination.tests.silences import (
    DAY,
    clock,
    lasting,
    led_by,
    mute,
    risk,
    see,
    touch,
    unseen,
    watched,
)
from arasha.coordination.tests.silences import team as team  # noqa: PLC0414  the fixture
from arasha.kernel.access.actions import enter_system
from arasha.kernel.journal.models import Act
from arasha.kernel.worktime.rules import local
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from arasha.plans.tests.district import Team
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def test_time_alone_lets_a_silence_be_noticed_once_and_the_lead_hears(team: Team) -> None:
    assert clock(NOW) == 0
    later = NOW + 15 * DAY
    assert clock(later) >= 2
    assert {"unseen", "no_act"} <= lasting(team)
    assert clock(later) == 0
    with as_owner():
        assert Act.objects.filter(verb="notice_silence", codes__silence="unseen").count() == 1
    page = cast.browser_of(team.lead).get(f"/files/{team.dossier}/").content.decode()
    assert "Nobody has seen the child" in page


def test_the_higher_the_risk_the_sooner(team: Team) -> None:
    clock(NOW)
    before = watched(team)["unseen"]
    risk(team, "very_high")
    after = watched(team)["unseen"]
    assert before - after == 12 * DAY
    risk(team, "low", at=NOW + timedelta(hours=1))
    assert watched(team)["unseen"] - before == 16 * DAY


def test_at_high_risk_the_lead_owes_an_answer_and_somebodys_act_ends_it(team: Team) -> None:
    risk(team, "very_high")
    clock(NOW + 4 * DAY)
    with as_owner():
        duty = Obligation.objects.get(
            step="answer_silence_today", about__in=Silence.objects.filter(rule="no_act").values("pk")
        )
    assert duty.unit_id == team.lead.unit.pk
    see(team, NOW + 4 * DAY)
    clock(NOW + 4 * DAY)
    assert lasting(team) & {"unseen", "no_act", "alone"} == set()
    with as_owner():
        assert not Obligation.objects.filter(pk=duty.pk, state__in=["open", "overdue"]).exists()


def test_a_child_seen_only_with_others_was_not_seen_alone(team: Team) -> None:
    see(team, NOW, "with_others")
    clock(NOW + 15 * DAY)
    assert "alone" in lasting(team)


def test_a_lead_that_changes_three_times_in_a_year_is_told(team: Team) -> None:
    for month in (1, 2, 3):
        with cast.building():
            LeadOffer.objects.create(
                dossier_id=team.dossier,
                from_unit_id=team.lead.unit.pk,
                to_unit_id=team.social.unit.pk,
                reason="capacity",
                state="accepted",
                offered_at=NOW - month * 30 * DAY,
                answered_at=NOW - month * 30 * DAY,
            )
    touch(team)
    clock(NOW)
    assert "lead_changes" in lasting(team)
    clock(NOW + 300 * DAY)
    assert "lead_changes" not in lasting(team)


def test_a_closed_case_is_silent_and_nobody_is_told(team: Team) -> None:
    clock(NOW + 15 * DAY)
    assert lasting(team)
    close_case(actor=team.lead.enter(), dossier=team.dossier, reason="safe", now=NOW + 15 * DAY)
    clock(NOW + 15 * DAY)
    assert lasting(team) == set()
    assert clock(NOW + 100 * DAY) == 0


def test_whatever_happens_the_watch_equals_a_count(team: Team) -> None:
    chance = random.Random(7)  # noqa: S311  a fixed order of happenings, not a secret
    for step in range(14):
        now = NOW + step * 5 * DAY
        match chance.randrange(4):
            case 0:
                see(team, now, chance.choice(["alone", "with_others"]))
            case 1:
                cast.browser_of(team.lead).post(
                    f"/cases/{team.dossier}/words/", {"words": "Қорқамын", "how": "said", "where": "home"}
                )
            case 2:
                cast.report(team.district)
        clock(now)
        assert actions.mend_watch(actor=enter_system("count"), now=now) == 0, step


def test_a_mute_says_why_and_ends_by_itself(team: Team) -> None:
    clock(NOW + 15 * DAY)
    row = mute(unseen(team), team.lead)
    actor, today = team.lead.enter(), local(NOW + 15 * DAY).date()
    assert row.pk not in set(queries.lasting(actor, today).values_list("pk", flat=True))
    assert set(queries.lasting(actor, today, muted=True).values_list("pk", flat=True)) == {row.pk}
    assert row.pk in set(queries.lasting(actor, today + 5 * DAY).values_list("pk", flat=True))
    assert [one.words for one in queries.silences_of(team.dossier) if one.row.pk == row.pk] == [
        "Бала әжесінде, байланыс бар"
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": "busy"}, "reason"),
        ({"words": " "}, "words"),
        ({"words": "x" * 2001}, "words"),
        ({"until": None}, "until"),
        ({"until": local(NOW).date() + 15 * DAY}, "until"),
        ({"until": local(NOW).date() + 200 * DAY}, "until"),
    ],
)
def test_a_mute_without_reason_words_or_a_near_day_is_refused(team: Team, changes: dict[str, Any], field: str) -> None:
    clock(NOW + 15 * DAY)
    with pytest.raises(rules.MuteFaulty) as fault:
        mute(unseen(team), team.lead, **changes)
    assert fault.value.name == field


def test_at_very_high_risk_only_coordination_mutes_and_for_14_days(team: Team) -> None:
    led_by(team, team.social)
    risk(team, "very_high")
    clock(NOW + 15 * DAY)
    with pytest.raises(rules.MuteFaulty):
        mute(unseen(team), team.lead, until=local(NOW).date() + 30 * DAY)
    for who in (team.social, team.teacher, team.outsider):
        with pytest.raises(actions.SilenceNotThere):
            mute(unseen(team), who)
    assert mute(unseen(team), team.lead).muted_by_id == team.lead.unit.pk


def test_at_high_risk_who_leads_mutes_and_no_other_of_the_team(team: Team) -> None:
    led_by(team, team.social)
    risk(team, "high")
    clock(NOW + 15 * DAY)
    for who in (team.teacher, team.outsider):
        with pytest.raises(actions.SilenceNotThere):
            mute(unseen(team), who)
    assert mute(unseen(team), team.social).muted_by_id == team.social.unit.pk


def test_who_reads_only_what_is_owed_learns_nothing_of_plan_or_words(team: Team) -> None:
    clock(NOW + 100 * DAY)
    team.teacher.enter()
    assert set(Silence.objects.filter(dossier=team.dossier).values_list("rule", flat=True)) <= {
        code.code for code in rules.SILENCES if code.more["facet"] == "obligations"
    }
    assert cast.browser_of(team.outsider).get(f"/files/{team.dossier}/silences/").status_code == 404


def test_who_may_not_know_the_risk_reads_no_level_of_it_with_a_silence(team: Team) -> None:
    risk(team, "very_high")
    clock(NOW + 5 * DAY)
    address = f"/files/{team.dossier}/silences/"
    assert "very high" in cast.browser_of(team.lead).get(address).content.decode()
    told = cast.browser_of(team.teacher).get(address)
    assert told.status_code == 404 or "very high" not in told.content.decode()
    team.teacher.enter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(s)::text FROM coordination_silence s")
        assert "very_high" not in str(cursor.fetchall())
        cursor.execute("SELECT codes::text FROM journal_act WHERE verb = 'notice_silence'")
        assert "very_high" not in str(cursor.fetchall())


def test_pages_list_and_mute_and_say_what_is_wrong(team: Team) -> None:
    clock(NOW + 15 * DAY)
    browser, row = cast.browser_of(team.lead), unseen(team)
    assert "Nobody has seen the child" in browser.get("/silences/").content.decode()
    assert "Nobody has seen the child" in browser.get("/").content.decode()
    assert browser.get("/silences/?rule=x&level=y&muted=yes&after=z").status_code == 200
    address = f"/files/{team.dossier}/silences/"
    assert browser.post(address, {"silence": str(row.pk)}).status_code == 422
    assert browser.post(address, {"silence": str(UUID(int=1)), "reason": "known"}).status_code == 422
    assert cast.browser_of(team.teacher).post(address, {"silence": str(row.pk), "reason": "known"}).status_code == 404


def test_every_rule_is_watched_and_every_watched_rule_is_known(team: Team) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'silent_since'")
        (source,) = cursor.fetchone()
    for row in rules.SILENCES:
        assert f"'{row.code}'" in source, row.code
    assert source.count("UNION ALL\nSELECT") == len(list(rules.SILENCES)) - 1
