"""Each rule of silence: what raises it, and what ends it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from arasha.coordination import actions
from arasha.coordination.models import Silence
from arasha.coordination.rules import watching as rules
from arasha.coordination.tests.silences import DAY, clock, lasting, risk, see, touch
from arasha.coordination.tests.silences import team as team  # noqa: PLC0414  the fixture
from arasha.kernel.access.actions import enter_system
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.worktime.rules import local
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, Person
from arasha.plans import actions as plans
from arasha.plans.models import ChildPlan, PlanGoal, Referral, SafetyPlan
from arasha.plans.tests import offered, planned, referred
from arasha.plans.tests.district import Team
from tests.database import as_owner

pytestmark = pytest.mark.django_db
Deed = Callable[[Team], Any]


def after(days: int) -> datetime:
    return NOW + days * DAY


def works(team: Team, who: Person, at: datetime) -> None:
    """Let somebody do something in the file."""
    who.enter()
    with act(verb="note", stream=dossier_stream(team.dossier), now=at):
        pass


def safety_plan(team: Team, review_on: date, number: int = 1) -> None:
    with cast.building():
        SafetyPlan.objects.create(
            dossier_id=team.dossier,
            number=number,
            language="kk",
            large=False,
            carry="safe",
            kept="worker",
            agreed=["child"],
            made_at=NOW,
            review_on=review_on,
            unit_id=team.lead.unit.pk,
        )
    touch(team)


def agreed_plan(team: Team) -> None:
    planned.agreed(team)


def gone_through(team: Team) -> None:
    plan = ChildPlan.objects.filter(dossier=team.dossier, state="agreed").get()
    marks = [(row.root, "same", "") for row in PlanGoal.objects.filter(plan=plan)]
    later = planned.REVIEW + timedelta(days=90)
    given: dict[str, Any] = {"marks": marks, "voice": planned.CHILD, "review_on": later}
    plans.go_through(actor=team.lead.enter(), plan=plan.pk, now=after(60), **given)


def sent(team: Team) -> None:
    referred.send(team, referred.service(team, "Сенім"))


def taken(team: Team) -> None:
    with as_owner():
        row = Referral.objects.select_related("place").get(dossier=team.dossier)
    team.lead.enter()
    offered.step(row.place, team.lead, "wait")


def missed_thrice(team: Team) -> None:
    place = offered.ask(team, offered.offering(team.lead, "Орталық"))
    for days in (1, 2, 3):
        day = local(after(days)).date()
        offered.step(place, team.lead, "book", on=day, now=after(days - 1))
        offered.step(place, team.lead, "miss", on=day, now=after(days))


def three_short_stays(team: Team) -> None:
    for days in (0, 10, 20):
        place = offered.ask(team, offered.offering(team.lead, f"Орталық {days}"), now=after(days))
        offered.step(place, team.lead, "begin", on=local(after(days)).date(), now=after(days))
        offered.step(place, team.lead, "end", on=local(after(days + 5)).date(), now=after(days + 5))


def speaks(team: Team) -> None:
    sent = {"words": "Қорқамын", "how": "said", "where": "home"}
    cast.browser_of(team.lead).post(f"/cases/{team.dossier}/words/", sent)


def judged(team: Team) -> None:
    risk(team, "none", again_on=local(NOW).date() + 5 * DAY)


def judged_again(team: Team) -> None:
    risk(team, "none", again_on=local(NOW).date() + 200 * DAY, at=after(10))


def both_work(team: Team) -> None:
    works(team, team.lead, after(31))
    works(team, team.social, after(31))


def alone_works(team: Team) -> None:
    works(team, team.lead, after(29))


# Rule: what makes it, on which day it is not there yet and on which it is, and what ends it.
CASES: dict[str, tuple[Deed, int, int, Deed]] = {
    "one_body": (alone_works, 29, 31, both_work),
    "plan_review": (agreed_plan, 20, 60, gone_through),
    "safety_review": (
        lambda team: safety_plan(team, local(NOW).date() + 5 * DAY),
        8,
        9,
        lambda team: safety_plan(team, local(NOW).date() + 90 * DAY, 2),
    ),
    "risk_review": (judged, 8, 9, judged_again),
    "referral": (sent, 6, 8, taken),
    "child_words": (lambda team: None, 29, 31, speaks),
    "unseen": (lambda team: None, 13, 15, lambda team: see(team, after(15), "with_others")),
    "alone": (lambda team: None, 13, 15, lambda team: see(team, after(15))),
    "no_act": (lambda team: None, 13, 15, lambda team: works(team, team.social, after(15))),
}


@pytest.mark.parametrize("rule", sorted(CASES))
def test_a_rule_raises_on_its_day_and_ends_when_somebody_acts(team: Team, rule: str) -> None:
    make, before, on, end = CASES[rule]
    make(team)
    clock(after(before))
    assert rule not in lasting(team)
    clock(after(on))
    assert rule in lasting(team)
    end(team)
    clock(after(on))
    assert rule not in lasting(team)


@pytest.mark.parametrize(("rule", "make", "on"), [("missed", missed_thrice, 5), ("short_stays", three_short_stays, 27)])
def test_what_happens_too_often_is_noticed_and_ends_when_it_is_long_ago(
    team: Team, rule: str, make: Deed, on: int
) -> None:
    clock(NOW)
    assert rule not in lasting(team)
    make(team)
    clock(after(on))
    assert rule in lasting(team)
    within = int(rules.SILENCES[rule].more["within_days"])
    clock(after(within - 10))
    assert rule in lasting(team)
    clock(after(within + 10))
    assert rule not in lasting(team)


def test_a_child_that_missed_twice_is_not_yet_noticed(team: Team) -> None:
    place = offered.ask(team, offered.offering(team.lead, "Орталық"))
    for days in (1, 2):
        day = local(after(days)).date()
        offered.step(place, team.lead, "book", on=day, now=after(days - 1))
        offered.step(place, team.lead, "miss", on=day, now=after(days))
    clock(after(12))
    assert "missed" not in lasting(team)


def test_every_rule_is_raised_and_ended_by_a_test() -> None:
    tried = set(CASES) | {"missed", "short_stays", "lead_changes"}
    assert {row.code for row in rules.SILENCES} == tried


def test_two_clocks_in_a_row_notice_once(team: Team) -> None:
    system = enter_system("count")
    actions.watch_files(actor=system, now=NOW)
    noticed = [actions.notice_silences(actor=system, now=after(15)) for _ in range(3)]
    assert noticed[0] > 0
    assert noticed[1:] == [0, 0]
    with as_owner():
        assert Silence.objects.filter(dossier=team.dossier, rule="unseen").count() == 1
