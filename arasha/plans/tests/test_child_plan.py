"""A child's plan: written by several, agreed with the child, owed by its owners, gone through, never overwritten."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from arasha.cases.actions import FileNotThere
from arasha.kernel.journal.models import Act
from arasha.kernel.worktime.rules import local
from arasha.obligations import queries as obligations
from arasha.obligations.actions import meet
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, Person
from arasha.plans import actions
from arasha.plans.models import ChildPlan, PlanAction, PlanGoal, PlanVoice
from arasha.plans.queries import child_plan as reading
from arasha.plans.rules.child_plan import GoalSaid, PlanFaulty, PlanLacks, VoiceSaid
from arasha.plans.tests.district import Team
from arasha.plans.tests.planned import CHILD, FRIDAY, NOBODY, REVIEW, WALK, WISH, action, agree, agreed, begin, goal
from tests.database import as_owner

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)


def verbs(team: Team) -> list[str]:
    with as_owner():
        rows = Act.objects.filter(stream_key=str(team.dossier), at__gte=NOW).order_by("seq")
        return [row.verb for row in rows if row.verb.endswith(("plan", "goal", "action", "aside"))]


def duty(who: Person, row: PlanAction | ChildPlan) -> Obligation | None:
    who.enter()
    key = row.root if isinstance(row, PlanAction) else row.pk
    return obligations.about([key]).get(key)


def test_what_is_agreed_is_owed_by_its_owner_until_its_day_in_its_words(team: Team) -> None:
    plan, _goal, walk = agreed(team)
    owed = duty(team.teacher, walk)
    assert owed is not None
    assert (owed.unit_id, owed.state, local(owed.due_now).date()) == (team.teacher.unit.pk, "open", FRIDAY)
    assert obligations.asked_words(owed) == [WALK]
    # The school reads what it owes, and no plan.
    assert not ChildPlan.objects.exists()
    review = duty(team.lead, plan)
    assert review is not None
    assert (review.unit_id, local(review.due_now).date()) == (team.lead.unit.pk, REVIEW)
    assert verbs(team) == ["begin_plan", "put_goal", "put_action", "agree_plan"]


def test_an_action_without_owner_or_day_can_not_be_agreed_and_is_kept(team: Team) -> None:
    plan = begin(team)
    first = goal(team, plan)
    with pytest.raises(PlanLacks) as lacks:
        agree(team, plan)
    assert [lack.code for lack in lacks.value.lacks] == ["actions"]
    row = action(team, plan, first, owner="", unit=None, due_on=None)
    with pytest.raises(PlanLacks) as lacks:
        agree(team, plan)
    assert {(lack.code, lack.row) for lack in lacks.value.lacks} == {("owner", row.pk), ("due_on", row.pk)}
    action(team, plan, first, edit=actions.Edit(row.pk, seen=1))
    assert agree(team, plan).state == "agreed"


def test_the_child_is_asked_and_an_adult_or_it_is_said_why_not(team: Team) -> None:
    plan = begin(team)
    action(team, plan, goal(team, plan))
    silent = replace(CHILD, words="", silent=True)
    for voices, field in (
        ((NOBODY,), "child_way"),
        ((CHILD,), "adult_way"),
        ((replace(CHILD, words=" "), NOBODY), "child_words"),
        ((replace(CHILD, way="", why_not=""), NOBODY), "child_way"),
        ((replace(CHILD, way="", why_not="no_safe_adult"), NOBODY), "child_way"),
        ((replace(CHILD, way="x"), NOBODY), "child_way"),
        ((CHILD, CHILD, NOBODY), "child_way"),
    ):
        with pytest.raises(PlanFaulty) as fault:
            agree(team, plan, voices=voices)
        assert fault.value.name == field
    agree(team, plan, voices=(silent, NOBODY))
    assert PlanVoice.objects.filter(silent=True, party="child").count() == 1


def test_who_may_not_agree_for_the_child_is_no_party(team: Team) -> None:
    plan = begin(team)
    action(team, plan, goal(team, plan))
    stranger = VoiceSaid(party="adult", person=uuid4(), way="signed")
    with pytest.raises(actions.OwnerNotThere):
        agree(team, plan, voices=(CHILD, stranger))


def test_urgent_help_is_owed_before_anybody_agrees(team: Team) -> None:
    plan = begin(team)
    first = goal(team, plan)
    now = action(team, plan, first, at_once=True)
    owed = duty(team.lead, now)
    assert owed is not None
    with pytest.raises(PlanFaulty):
        action(team, plan, first, edit=actions.Edit(now.pk, seen=1), due_on=FRIDAY + timedelta(days=1), at_once=True)
    agree(team, plan)
    with as_owner():
        assert Obligation.objects.filter(about=now.root).count() == 1
    for missing in ({"due_on": None}, {"owner": "", "unit": None}):
        with pytest.raises(PlanFaulty):
            action(team, begin(team), first, at_once=True, **missing)


def test_the_next_version_takes_over_what_is_open_and_takes_back_what_is_gone(team: Team) -> None:
    plan, _first, walk = agreed(team)
    nxt = begin(team)
    assert (nxt.number, begin(team).pk) == (2, nxt.pk)
    (copy,) = PlanAction.objects.filter(plan=nxt)
    (aim,) = PlanGoal.objects.filter(plan=nxt)
    assert (copy.root, reading.words_of_row(copy), reading.words_of_row(aim)) == (walk.root, WALK, WISH)
    other = action(team, nxt, aim, "Дәрігерге апару", unit=team.nurse.unit.pk)
    action(team, nxt, aim, edit=actions.Edit(copy.pk, seen=1, drop=True))
    agree(team, nxt)
    gone = duty(team.lead, walk)
    assert gone is not None
    assert gone.state == "waived"
    new = duty(team.lead, other)
    assert new is not None
    assert new.state == "open"
    old = duty(team.lead, plan)
    assert old is not None
    assert old.state == "met"
    assert ChildPlan.objects.get(pk=plan.pk).state == "replaced"


def test_another_day_is_owed_anew_and_the_same_stays(team: Team) -> None:
    _plan, _first, walk = agreed(team)
    same = duty(team.lead, walk)
    agree(team, begin(team))
    assert duty(team.lead, walk) == same
    third = begin(team)
    copy = PlanAction.objects.get(plan=third)
    aim = PlanGoal.objects.get(plan=third)
    action(team, third, aim, edit=actions.Edit(copy.pk, seen=1), due_on=FRIDAY + timedelta(days=3))
    agree(team, third)
    new = duty(team.lead, walk)
    assert new is not None
    assert new != same
    assert local(new.due_now).date() == FRIDAY + timedelta(days=3)


def test_what_is_done_stands_as_its_duty_stands(team: Team) -> None:
    plan, _first, walk = agreed(team)
    owed = duty(team.teacher, walk)
    assert owed is not None
    meet(actor=team.teacher.enter(), obligation=owed.pk, answer="Күнде шығарып салдық", now=NOW)
    team.lead.enter()
    read = reading.plan_read(plan.pk, NOW)
    assert read is not None
    assert [one.state for one in read.actions] == ["done"]
    assert PlanAction.objects.filter(plan=begin(team)).count() == 0


def test_what_the_child_takes_on_is_recorded_by_whoever_works_with_it(team: Team) -> None:
    plan = begin(team)
    own = action(team, plan, goal(team, plan), "Күнделік жазу", owner="child", unit=None)
    agree(team, plan)
    given = {"plan": plan.pk, "action": own.pk, "now": NOW}
    with pytest.raises(PlanFaulty):
        actions.record_action(actor=team.doctor.enter(), state="not_done", on=None, **given)  # type: ignore[arg-type]
    with pytest.raises(PlanFaulty):
        actions.record_action(actor=team.doctor.enter(), state="done", on=date(2027, 1, 1), **given)  # type: ignore[arg-type]
    actions.record_action(actor=team.doctor.enter(), state="done", on=date(2026, 11, 23), words="Ұнады", **given)  # type: ignore[arg-type]
    read = reading.plan_read(plan.pk, NOW)
    assert read is not None
    (one,) = read.actions
    assert (one.state, one.mark and one.mark.words) == ("done", "Ұнады")


def test_a_plan_is_gone_through_with_the_child(team: Team) -> None:
    plan, first, _walk = agreed(team)
    given = {"actor": team.lead.enter(), "plan": plan.pk, "now": LATER, "review_on": REVIEW + timedelta(days=60)}
    with pytest.raises(PlanFaulty):
        actions.go_through(marks=[], voice=CHILD, **given)  # type: ignore[arg-type]
    with pytest.raises(PlanFaulty):
        actions.go_through(marks=[(first.root, "x", "")], voice=CHILD, **given)  # type: ignore[arg-type]
    actions.go_through(marks=[(first.root, "nearer", "Тыныш")], voice=CHILD, **given)  # type: ignore[arg-type]
    next_one = duty(team.lead, plan)
    assert next_one is not None
    assert (next_one.state, local(next_one.due_now).date()) == ("open", REVIEW + timedelta(days=60))
    read = reading.plan_read(plan.pk, LATER)
    assert read is not None
    assert read.goals[0].mark is not None
    assert (read.goals[0].mark.row.code, read.goals[0].mark.words) == ("nearer", "Тыныш")
    with as_owner():
        assert set(Obligation.objects.filter(about=plan.pk).values_list("state", flat=True)) == {"open", "met_late"}


def test_ending_takes_back_what_is_owed(team: Team) -> None:
    plan, _first, walk = agreed(team)
    with pytest.raises(PlanFaulty):
        actions.end_plan(actor=team.lead.enter(), plan=plan.pk, reason="x", now=NOW)
    actions.end_plan(actor=team.lead.enter(), plan=plan.pk, reason="reached", now=NOW)
    for row in (walk, plan):
        owed = duty(team.lead, row)
        assert owed is not None
        assert owed.state in {"waived", "met"}


def test_no_plan_ends_what_its_own_lead_is_late_with(team: Team) -> None:
    plan = begin(team)
    action(team, plan, goal(team, plan), unit=team.lead.unit.pk)
    agree(team, plan)
    with pytest.raises(actions.StillOwed):
        actions.end_plan(actor=team.lead.enter(), plan=plan.pk, reason="reached", now=LATER)


def test_who_does_not_lead_writes_but_does_not_agree_and_strangers_find_nothing(team: Team) -> None:
    plan = begin(team, by=team.doctor)
    action(team, plan, goal(team, plan, by=team.doctor), by=team.doctor)
    with pytest.raises(actions.PlanNotThere):
        agree(team, plan, by=team.doctor, seen=2)
    for who in (team.teacher, team.outsider, team.district.neighbour):
        with pytest.raises(FileNotThere):
            begin(team, by=who)
        with pytest.raises(actions.PlanNotThere):
            goal(team, plan, by=who)
        assert reading.plan_read(plan.pk, NOW) is None
    team.bar(team.doctor)
    with pytest.raises(FileNotThere):
        begin(team, by=team.doctor)


def test_two_who_write_the_same_goal_lose_no_word_and_who_agrees_has_seen_it_all(team: Team) -> None:
    plan = begin(team)
    first = goal(team, plan)
    action(team, plan, first)
    goal(team, plan, "Менің сөзім", by=team.doctor, edit=actions.Edit(first.pk, seen=1))
    with pytest.raises(actions.RowChanged):
        goal(team, plan, "Кеш қалған сөз", edit=actions.Edit(first.pk, seen=1))
    with pytest.raises(actions.PlanEdited):
        agree(team, plan, seen=2)
    agree(team, plan, seen=3)


def test_what_was_agreed_can_not_be_changed_even_by_raw_sql(team: Team) -> None:
    plan, first, walk = agreed(team)
    with pytest.raises(actions.PlanNotThere):
        goal(team, plan, edit=actions.Edit(first.pk, seen=1))
    team.lead.enter()
    changes: list[Callable[[], int]] = [
        lambda: PlanGoal.objects.filter(pk=first.pk).update(need="health"),
        lambda: PlanAction.objects.filter(pk=walk.pk).update(due_on=REVIEW),
        lambda: PlanVoice.objects.filter(plan=plan).update(silent=True),
    ]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_goal_says_something_and_a_day_is_near(team: Team) -> None:
    plan = begin(team)
    for said in ({"words": " "}, {"words": "а" * 4001}, {"need": "x"}, {"voice": "x"}):
        with pytest.raises(PlanFaulty):
            goal(team, plan, **said)
    first = goal(team, plan)
    for day in (date(2026, 11, 22), date(2030, 1, 1)):
        with pytest.raises(PlanFaulty):
            action(team, plan, first, due_on=day)
    for owner in ({"unit": None}, {"owner": "person", "unit": None}, {"owner": "x"}):
        with pytest.raises(PlanFaulty):
            action(team, plan, first, **owner)
    with pytest.raises(actions.OwnerNotThere):
        action(team, plan, first, unit=team.district.neighbour.unit.pk)
    with pytest.raises(PlanFaulty):
        agree(team, plan, review_on=date(2027, 6, 1))
    assert isinstance(GoalSaid(need="safety", voice="child", words="x").words, str)


def test_a_closed_case_has_no_plan_to_write(team: Team) -> None:
    with cast.building():
        from arasha.cases.models import Case  # noqa: PLC0415  built past every right

        Case.objects.filter(dossier=team.dossier).update(state="closed")
    with pytest.raises(FileNotThere):
        begin(team)
