"""Closing a case: proposed by the lead, decided by a supervisor with what is owed in view, opened again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from arasha.cases.models import Case
from arasha.coordination import actions, queries, rules
from arasha.coordination.models import Closing, ClosingWords
from arasha.coordination.rules import ClosingFaulty, ClosingSaid
from arasha.kernel.access.models import Dossier
from arasha.kernel.journal.models import Act
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.rules import local
from arasha.obligations import queries as obligations
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, Person
from arasha.plans.tests.district import Team, make_team
from arasha.plans.tests.planned import action, agree, agreed, begin, goal
from tests.database import as_owner

pytestmark = pytest.mark.django_db
SAID = ClosingSaid(
    reason="safe",
    safe="yes",
    child="said",
    seen_on=date(2026, 11, 20),
    follow_up_on=date(2027, 2, 1),
    reached="Анасымен тыныш тұрады",
    child_words="Енді бәрі жақсы",
)
WHY = "Бала қауіпсіз, анасы көмек алып жүр"


@pytest.fixture
def team(db: None) -> Team:
    return make_team()


def propose(team: Team, by: Person | None = None, **changes: Any) -> Closing:
    said = replace(SAID, **changes)
    return actions.propose_closing(actor=(by or team.lead).enter(), dossier=team.dossier, said=said, now=NOW)


def decide(row: Closing, by: Person, *, close: bool = True, over: bool = False, words: str = WHY) -> Closing:
    return actions.decide_closing(actor=by.enter(), closing=row.pk, close=close, words=words, over=over, now=NOW)


def state(team: Team) -> tuple[str, bool]:
    with as_owner():
        closed = Dossier.objects.filter(pk=team.dossier, closed_at__isnull=False).exists()
        return Case.objects.get(dossier=team.dossier).state, closed


def test_the_lead_proposes_the_region_decides_and_somebody_asks_in_three_months(team: Team) -> None:
    row = propose(team)
    region = team.district.region
    region.enter()
    duty = queries.closing_duty(row)
    assert duty is not None
    assert duty.unit_id == region.unit.pk
    assert [(one.row.kind, one.words) for one in queries.words_of_closing(row)] == [
        ("child", "Енді бәрі жақсы"),
        ("reached", "Анасымен тыныш тұрады"),
    ]
    decide(row, region)
    assert state(team) == ("closed", True)
    team.lead.enter()
    (follow_up,) = queries.owed_in(team.dossier)
    assert (follow_up.step, follow_up.unit_id) == ("ask_how_the_child_is", team.lead.unit.pk)
    assert local(follow_up.due_now).date() == date(2027, 2, 1)
    with as_owner():
        verbs = set(Act.objects.filter(stream_key=str(team.dossier)).values_list("verb", flat=True))
        assert {"propose_closing", "approve_closing", "close_case"} <= verbs
        assert Obligation.objects.get(pk=duty.pk).state == "met"


def test_what_is_owed_blocks_it_and_yields_to_a_supervisor_with_a_reason(team: Team) -> None:
    _plan, _goal, walk = agreed(team)
    row = propose(team)
    with pytest.raises(actions.ClosingBlocked) as blocked:
        decide(row, team.district.region)
    assert [duty.about for duty in blocked.value.duties] == [walk.root]
    assert state(team) == ("open", False)
    with pytest.raises(ClosingFaulty):
        decide(row, team.district.region, over=True, words=" ")
    closed = decide(row, team.district.region, over=True)
    assert closed.over
    team.lead.enter()
    assert {duty.step for duty in queries.owed_in(team.dossier)} == {"ask_how_the_child_is"}
    assert obligations.about([walk.root])[walk.root].state == "waived"


def test_whoever_decides_does_first_what_they_owe_themselves(team: Team) -> None:
    row = propose(team)
    plan = begin(team)
    action(team, plan, goal(team, plan), unit=team.district.region.unit.pk)
    agree(team, plan)
    with pytest.raises(actions.OwnDuty):
        decide(row, team.district.region, over=True)
    assert state(team) == ("open", False)


def test_who_only_owes_something_learns_that_it_is_over_and_nothing_of_why(team: Team) -> None:
    _plan, _goal, walk = agreed(team)
    row = propose(team)
    team.teacher.enter()
    assert not Closing.objects.exists()
    assert not ClosingWords.objects.exists()
    decide(row, team.district.region, over=True)
    team.teacher.enter()
    duty = obligations.about([walk.root])[walk.root]
    assert (duty.state, [one.text for one in obligations.remarks_of(duty) if one.remark.kind == "waived"]) == (
        "waived",
        [rules.CLOSING_STATES.label("closed")],
    )
    for one in Obligation.objects.filter(dossier=team.dossier):
        assert all(WHY not in (given.text or "") for given in obligations.answers_of(one))
    assert cast.browser_of(team.teacher).get(f"/files/{team.dossier}/closing/").status_code == 404


def test_a_refusal_leaves_the_case_open_and_it_can_be_proposed_anew(team: Team) -> None:
    row = propose(team)
    with pytest.raises(actions.ClosingStands):
        propose(team)
    decide(row, team.district.region, close=False)
    assert state(team) == ("open", False)
    again = propose(team)
    assert again.number == 2
    actions.withdraw_closing(actor=team.lead.enter(), closing=again.pk, now=NOW)
    duty = queries.closing_duty(again)
    assert duty is not None
    assert duty.state == "superseded"


def test_a_closed_case_is_opened_again_and_its_plan_goes_on(team: Team) -> None:
    plan, _goal, _walk = agreed(team)
    decide(propose(team), team.district.region, over=True)
    with pytest.raises(ClosingFaulty):
        actions.reopen(actor=team.lead.enter(), dossier=team.dossier, reason="x", words="", now=NOW)
    actions.reopen(actor=team.lead.enter(), dossier=team.dossier, reason="child_asks", words="Қыз сұрады", now=NOW)
    assert state(team) == ("open", False)
    assert type(plan).objects.get(pk=plan.pk).state == "agreed"
    with pytest.raises(actions.ClosingNotThere):
        actions.reopen(actor=team.lead.enter(), dossier=team.dossier, reason="child_asks", words="", now=NOW)
    assert propose(team).number == 2


def test_nobody_else_proposes_or_decides_and_who_proposed_does_not_decide(team: Team) -> None:
    for who in (team.doctor, team.teacher, team.outsider, team.district.neighbour):
        with pytest.raises(actions.ClosingNotThere):
            propose(team, by=who)
    row = propose(team)
    for who in (team.lead, team.doctor, team.teacher, team.outsider, team.district.neighbour):
        with pytest.raises(actions.ClosingNotThere):
            decide(row, who)
    for who in (team.doctor, team.outsider):
        with pytest.raises(actions.ClosingNotThere):
            actions.reopen(actor=who.enter(), dossier=team.dossier, reason="child_asks", words="", now=NOW)
    team.bar(team.doctor)
    team.doctor.enter()
    assert not Closing.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": "x"}, "reason"),
        ({"safe": "no"}, "safe"),
        ({"seen_on": None}, "seen_on"),
        ({"seen_on": date(2026, 12, 1)}, "seen_on"),
        ({"reached": " "}, "reached"),
        ({"reached": "а" * 4001}, "reached"),
        ({"child_words": ""}, "child_words"),
        ({"child": "silent"}, "child_words"),
        ({"follow_up_on": date(2026, 11, 23)}, "follow_up_on"),
        ({"follow_up_on": date(2027, 6, 1)}, "follow_up_on"),
    ],
)
def test_a_proposal_says_whether_the_child_is_safe_and_what_they_say(
    team: Team, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(ClosingFaulty) as fault:
        propose(team, **changes)
    assert fault.value.name == field


def test_silence_on_a_proposal_closes_nothing_and_climbs(team: Team) -> None:
    row = propose(team)
    cast.sweep(NOW + timedelta(days=20))
    assert state(team) == ("open", False)
    with as_owner():
        assert Obligation.objects.get(about=row.pk).rung > 0


def test_it_is_proposed_decided_and_opened_again_on_one_page(team: Team) -> None:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    agreed(team)
    address = f"/files/{team.dossier}/closing/"
    lead, region = cast.browser_of(team.lead), cast.browser_of(team.district.region)
    today = local(datetime.now(UTC)).date()
    said = {
        "reason": "safe",
        "safe": "yes",
        "seen_on": f"{today:%d.%m.%Y}",
        "child": "silent",
        "reached": "Анасымен тыныш тұрады",
        "follow_up_on": f"{today + timedelta(days=30):%d.%m.%Y}",
    }
    assert "keeps the case from being closed" in lead.get(address).content.decode()
    wrong = lead.post(address, said | {"seen_on": ""})
    assert wrong.status_code == 422
    assert "Анасымен тыныш тұрады" in wrong.content.decode()
    assert lead.post(address, said).status_code == 302
    assert "Closing of the case is proposed" in lead.get(address).content.decode()
    decision = {"close": "yes", "words": WHY}
    blocked = region.post(address, decision)
    assert blocked.status_code == 422
    assert "Something is still owed" in blocked.content.decode()
    assert region.post(address, decision | {"over": "on"}).status_code == 302
    assert "The case is closed" in region.get(address).content.decode()
    assert lead.post(address, {"reason": "child_asks", "words": ""}).status_code == 302
    assert state(team) == ("open", False)
    for who in (team.outsider, team.district.neighbour):
        assert cast.browser_of(who).get(address).status_code == 404
    # Who works on it sees how it stands, and no form.
    assert cast.browser_of(team.doctor).post(address, said).status_code == 404


def test_a_proposal_is_taken_back_on_the_page(team: Team) -> None:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    propose(team)
    address = f"/files/{team.dossier}/closing/"
    browser = cast.browser_of(team.lead)
    assert "Take the proposal back" in browser.get(address).content.decode()
    assert browser.post(address, {"do": "withdraw"}).status_code == 302
    assert state(team) == ("open", False)
    assert "the proposal was withdrawn" in browser.get(address).content.decode()
