"""A child's plan as the district's tests write one."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from arasha.obligations.tests.cast import NOW, Person
from arasha.plans import actions
from arasha.plans.models import ChildPlan, PlanAction, PlanGoal
from arasha.plans.rules.child_plan import ActionSaid, GoalSaid, VoiceSaid
from arasha.plans.tests.district import Team

WISH = "Үйде ешкім айқайламаса екен"
WALK = "Күн сайын мектепке шығарып салу"
FRIDAY, REVIEW = date(2026, 12, 4), date(2026, 12, 21)
CHILD = VoiceSaid(party="child", way="said", words="Маған ұнайды")
NOBODY = VoiceSaid(party="adult", why_not="no_safe_adult")


def begin(team: Team, by: Person | None = None, person: UUID | None = None) -> ChildPlan:
    return actions.begin_plan(actor=(by or team.lead).enter(), dossier=team.dossier, now=NOW, person=person)


def goal(team: Team, plan: ChildPlan, words: str = WISH, **more: Any) -> PlanGoal:
    """Write a goal down; `edit`, `by`, `need`, `voice` as wanted."""
    by: Person = more.pop("by", team.lead)
    edit = more.pop("edit", None) or actions.Edit(uuid4())
    said = GoalSaid(**{"need": "safety", "voice": "child", "words": words} | more)
    return actions.put_goal(actor=by.enter(), plan=plan.pk, said=said, edit=edit, now=NOW)


def action(team: Team, plan: ChildPlan, towards: PlanGoal, words: str = WALK, **more: Any) -> PlanAction:
    """Write an action down: the school's by Friday unless said otherwise."""
    by: Person = more.pop("by", team.lead)
    edit = more.pop("edit", None) or actions.Edit(uuid4())
    given: dict[str, Any] = {"owner": "unit", "unit": team.teacher.unit.pk, "due_on": FRIDAY, "words": words} | more
    return actions.put_action(
        actor=by.enter(), plan=plan.pk, goal=towards.pk, said=ActionSaid(**given), edit=edit, now=NOW
    )


def agree(team: Team, plan: ChildPlan, **more: Any) -> ChildPlan:
    """Agree on a draft as the lead, with the child and without an adult unless said otherwise."""
    by: Person = more.pop("by", team.lead)
    by.enter()
    seen = ChildPlan.objects.get(pk=plan.pk).edits if "seen" not in more else more.pop("seen")
    given: dict[str, Any] = {"voices": (CHILD, NOBODY), "review_on": REVIEW, "now": NOW} | more
    return actions.agree_plan(actor=by.enter(), plan=plan.pk, seen=seen, **given)


def agreed(team: Team) -> tuple[ChildPlan, PlanGoal, PlanAction]:
    """Begin, write and agree a plan of one goal and one action of the school."""
    plan = begin(team)
    first = goal(team, plan)
    walk = action(team, plan, first)
    return agree(team, plan), first, walk
