"""The pages of a child's plan: begun, written, agreed and gone through in the browser; strangers find no page."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from arasha.obligations.tests import cast
from arasha.plans.models import ChildPlan, PlanAction, PlanGoal
from arasha.plans.tests.district import Team
from arasha.plans.tests.planned import WALK, WISH, action, agreed, begin, goal
from tests.database import as_owner

pytestmark = pytest.mark.django_db
GOAL = {"words": WISH, "voice": "child", "need": "safety", "seen": "0"}


def text(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address, follow=True)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def only(model: type[ChildPlan | PlanGoal | PlanAction], **where: object) -> UUID:
    with as_owner():
        return UUID(str(model.objects.get(**where).pk))


def agreeing(seen: int, **more: str) -> dict[str, str]:
    given = {"child_way": "way:said", "child_words": "Ұнайды", "adult_way": "not:no_safe_adult", "seen": str(seen)}
    return given | {"review_on": "21.12.2026"} | more


def test_a_plan_is_begun_written_agreed_and_gone_through(team: Team) -> None:
    browser = cast.browser_of(team.lead)
    assert "There is no individual plan yet" in text(browser, f"/plans/{team.dossier}/plan/")
    assert browser.post(f"/plans/{team.dossier}/plan/begin/").status_code == 302
    plan = only(ChildPlan)
    assert "The plan has no goal yet" in text(browser, f"/plans/plan/{plan}/")
    sent = GOAL | {"row": str(uuid4())}
    for _twice in range(2):
        browser.post(f"/plans/plan/{plan}/goals/new/", sent)
    aim = only(PlanGoal)
    act = {"row": str(uuid4()), "seen": "0", "words": WALK, "owner": f"unit:{team.teacher.unit.pk}", "due_on": ""}
    assert browser.post(f"/plans/plan/{plan}/goals/{aim}/actions/new/", act).status_code == 302
    assert "It is open by when this is done: " + WALK in text(browser, f"/plans/plan/{plan}/agree/")
    refused = browser.post(f"/plans/plan/{plan}/agree/", agreeing(2))
    assert refused.status_code == 422
    assert "Something is still missing" in refused.content.decode()
    row = only(PlanAction)
    changed = act | {"seen": "1", "row": str(row), "due_on": "04.12.2026"}
    assert browser.post(f"/plans/plan/{plan}/goals/{aim}/actions/{row}/", changed).status_code == 302
    older = browser.post(f"/plans/plan/{plan}/agree/", agreeing(2))
    assert "A colleague changed the plan meanwhile" in older.content.decode()
    assert browser.post(f"/plans/plan/{plan}/agree/", agreeing(3)).status_code == 302
    shown = text(browser, f"/plans/{team.dossier}/plan/")
    for words in (WISH, WALK, "Who agreed", "Ұнайды", "The duty and its answer"):
        assert words in shown
    root = only(PlanGoal)
    marks = {f"goal_{root.hex}": "nearer", f"words_{root.hex}": "Тыныш", "child_way": "way:said", "silent": "on"}
    assert browser.post(f"/plans/plan/{plan}/review/", marks | {"review_on": "01.01.2027"}).status_code == 302
    assert "nearer" in text(browser, f"/plans/plan/{plan}/")


def test_what_is_wrong_is_said_and_what_was_typed_stays(team: Team) -> None:
    plan = begin(team)
    first = goal(team, plan)
    browser = cast.browser_of(team.lead)
    bad = GOAL | {"row": str(first.pk), "seen": "0", "words": "Менің сөзім"}
    answer = browser.post(f"/plans/plan/{plan.pk}/goals/{first.pk}/", bad)
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "It was changed meanwhile" in body
    assert WISH in body
    assert "Менің сөзім" in body
    empty = browser.post(f"/plans/plan/{plan.pk}/goals/new/", {"row": "x", "seen": "y"})
    assert empty.status_code == 422
    far = {"row": str(uuid4()), "seen": "0", "words": WALK, "owner": "unit:999999", "due_on": "01.01.2099"}
    answer = browser.post(f"/plans/plan/{plan.pk}/goals/{first.pk}/actions/new/", far)
    assert answer.status_code == 422
    assert WALK in answer.content.decode()


def test_dropping_and_laying_aside_lose_nothing(team: Team) -> None:
    plan = begin(team)
    first = goal(team, plan)
    browser = cast.browser_of(team.lead)
    address = f"/plans/plan/{plan.pk}/goals/{first.pk}/"
    browser.post(address, GOAL | {"row": str(first.pk), "seen": "1", "do": "drop"})
    assert WISH not in text(browser, f"/plans/plan/{plan.pk}/")
    assert "Recorded again, it is part of the plan" in text(browser, address)
    browser.post(address, GOAL | {"row": str(first.pk), "seen": "2"})
    assert WISH in text(browser, f"/plans/plan/{plan.pk}/")
    browser.post(f"/plans/plan/{plan.pk}/aside/")
    assert WISH in text(browser, f"/plans/plan/{plan.pk}/")
    assert "There is no individual plan yet" in text(browser, f"/plans/{team.dossier}/plan/")


def test_strangers_the_barred_and_who_only_owes_find_no_page(team: Team) -> None:
    plan, first, walk = agreed(team)
    draft = begin(team)
    new = goal(team, draft)
    own = action(team, draft, new, "Күнделік", owner="child", unit=None)
    pages = [
        f"/plans/{team.dossier}/plan/",
        f"/plans/plan/{plan.pk}/",
        f"/plans/plan/{draft.pk}/goals/new/",
        f"/plans/plan/{draft.pk}/goals/{new.pk}/",
        f"/plans/plan/{draft.pk}/goals/{new.pk}/actions/new/",
        f"/plans/plan/{draft.pk}/goals/{new.pk}/actions/{own.pk}/",
        f"/plans/plan/{draft.pk}/agree/",
        f"/plans/plan/{plan.pk}/review/",
        f"/plans/plan/{plan.pk}/end/",
    ]
    team.bar(team.doctor)
    for who in (team.outsider, team.doctor, team.district.neighbour, team.teacher):
        browser = cast.browser_of(who)
        for address in pages:
            text(browser, address, 404)
        for address in ("begin/",):
            assert browser.post(f"/plans/{team.dossier}/plan/{address}").status_code == 404
        for address in ("print/", "end/", "review/", f"actions/{own.pk}/result/"):
            assert browser.post(f"/plans/plan/{plan.pk}/{address}", {"reason": "reached"}).status_code == 404
        assert browser.post(f"/plans/plan/{draft.pk}/aside/").status_code == 404
    lead = cast.browser_of(team.lead)
    # A goal or an action of another version is not there.
    text(lead, f"/plans/plan/{draft.pk}/goals/{first.pk}/", 404)
    text(lead, f"/plans/plan/{draft.pk}/goals/{new.pk}/actions/{walk.pk}/", 404)
    text(lead, f"/plans/plan/{plan.pk}/goals/new/", 404)
    text(lead, f"/plans/plan/{uuid4()}/", 404)


def test_it_is_printed_without_the_childs_name(team: Team) -> None:
    plan, _first, _walk = agreed(team)
    answer = cast.browser_of(team.lead).post(f"/plans/plan/{plan.pk}/print/")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    assert "Аяру" not in answer.headers["Content-Disposition"]


def test_what_the_child_took_on_is_recorded_and_the_plan_ends(team: Team) -> None:
    plan = begin(team)
    own = action(team, plan, goal(team, plan), "Күнделік", owner="child", unit=None)
    browser = cast.browser_of(team.lead)
    browser.post(f"/plans/plan/{plan.pk}/agree/", agreeing(2))
    address = f"/plans/plan/{plan.pk}/actions/{own.pk}/result/"
    assert browser.post(address, {"state": "not_done"}).status_code == 422
    assert browser.post(address, {"state": "done", "on": "23.11.2026", "words": "Ұнады"}).status_code == 302
    assert "Ұнады" in text(browser, f"/plans/plan/{plan.pk}/")
    assert browser.post(f"/plans/plan/{plan.pk}/end/", {}).status_code == 422
    assert browser.post(f"/plans/plan/{plan.pk}/end/", {"reason": "reached"}).status_code == 302
    assert "the goals were reached" in text(browser, f"/plans/plan/{plan.pk}/")
