"""A child's plan in words and shapes."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date, format_moment
from arasha.obligations.queries import link as duty_link
from arasha.people.rules import name_shown
from arasha.plans.models import ChildPlan, PlanAction, PlanVoice
from arasha.plans.queries import child_plan as reading
from arasha.plans.rules import child_plan as rules
from arasha.plans.views.places_words import service_name
from arasha.plans.views.words import capital, language
from arasha.ui.rules.parts import State

SHAPES = {"draft": "open", "agreed": "met", "replaced": "suspended", "ended": "suspended", "laid_aside": "suspended"}
ACTION_SHAPES = {"open": "wait", "done": "met", "not_done": "suspended"}


def title(row: ChildPlan) -> str:
    """Return what a plan is called: the child's, or whose it is where it is held apart."""
    if row.person is None:
        return _("Individual plan")
    return _("Individual plan held apart: %(name)s") % {"name": name_shown(row.person.called, row.person.role)}


def state(row: ChildPlan) -> State:
    """Return how a version stands."""
    return State(SHAPES[row.state], rules.PLAN_STATES.label(row.state))


def line(row: ChildPlan) -> dict[str, Any]:
    """Return a version as a line of the list of versions."""
    at = row.agreed_at or row.begun_at
    return {
        "url": reading.plan_link(row.pk),
        "title": _("%(plan)s, version %(number)s") % {"plan": title(row), "number": row.number},
        "state": state(row),
        "when": format_moment(at, language()),
    }


def goals(read: reading.PlanRead, now: datetime) -> list[dict[str, Any]]:
    """Return the goals with their actions, as the page shows them."""
    return [
        {
            "row": goal.row,
            "words": goal.words,
            "voice": rules.PLAN_VOICES.label(goal.row.voice),
            "need": capital(rules.PLAN_NEEDS.label(goal.row.need)),
            "mark": _mark(goal.mark, rules.PLAN_MARKS),
            "actions": [action(one, now, draft=read.row.state == "draft") for one in goal.actions],
        }
        for goal in read.goals
    ]


def action(one: reading.ActionRead, now: datetime, *, draft: bool) -> dict[str, Any]:
    """Return an action: what, who, by when, how it stands."""
    row, duty = one.row, one.duty
    shape = "late" if one.late else ACTION_SHAPES[one.state]
    words = _("late") if one.late else rules.PLAN_ACTIONS.label(one.state)
    if one.state == "open" and duty is None and draft:
        shape, words = "open", _("not agreed yet")
    return {
        "row": row,
        "words": one.words,
        "owner": owner(row),
        "passed_on": duty.unit.name if duty and duty.unit and duty.unit_id != row.owner_unit_id else "",
        "state": State(shape, words),
        "service": service_name(row.service, now) if row.service else "",
        "duty": duty_link(duty.pk) if duty else "",
        "mark": _mark(one.mark, rules.PLAN_ACTIONS),
        "recorded": row.owner in {"child", "person"},
    }


def owner(row: PlanAction) -> str:
    """Return who does it; empty while that is open."""
    if row.owner == "child":
        return _("the child")
    if row.owner_person is not None:
        return name_shown(row.owner_person.called, row.owner_person.role)
    return row.owner_unit.name if row.owner_unit is not None else ""


def voices(read: reading.PlanRead) -> list[dict[str, Any]]:
    """Return how each party agreed, or why not, with what they said."""
    return [
        {
            "who": _party(voice),
            "how": rules.PLAN_WAYS.label(voice.way) if voice.way else rules.PLAN_NOT_AGREED.label(voice.why_not),
            "agreed": bool(voice.way),
            "silent": voice.silent and not said,
            "words": said,
            "when": format_moment(voice.at, language()),
        }
        for voice, said in read.voices
    ]


def lacks(read: reading.PlanRead, now: datetime) -> list[str]:
    """Return in words what a draft lacks before it can be agreed."""
    standing = [
        rules.Standing(one.row.pk, one.row.goal_id, one.row.owner, True, one.row.due_on, one.duty is None)
        for one in read.actions
    ]
    found = rules.lacking([goal.row.pk for goal in read.goals], standing, local(now).date())
    called: dict[Any, str] = {goal.row.pk: goal.words or "" for goal in read.goals}
    called |= {one.row.pk: one.words or "" for one in read.actions}
    return [lack_words(lack, called) for lack in found]


def lack_words(lack: rules.Lack, called: dict[Any, str]) -> str:
    """Return one thing that is missing, with the goal or action that lacks it."""
    words = {
        "goals": _("The plan has no goal yet."),
        "actions": _("Nobody does anything towards this goal yet:"),
        "owner": _("It is open who does this:"),
        "owner_gone": _("Who was to do this is not there any more:"),
        "due_on": _("It is open by when this is done:"),
        "day_over": _("The day of this is over:"),
    }[lack.code]
    return f"{words} {called.get(lack.row, '')}".strip()


def _party(voice: PlanVoice) -> str:
    if voice.party == rules.CHILD:
        return capital(_("the child"))
    if voice.person is not None:
        return name_shown(voice.person.called, voice.person.role)
    return _("An adult who protects the child")


def _mark(mark: reading.MarkRead | None, codes: Any) -> dict[str, Any]:
    if mark is None:
        return {}
    row = mark.row
    reason = rules.PLAN_NOT_DONE.label(row.reason) if row.reason else ""
    when = format_date(row.on, language()) if row.on else format_moment(row.at, language())
    return {
        "word": codes.label(row.code),
        "reason": reason,
        "words": mark.words,
        "who": " · ".join(part for part in (row.unit.name, mark.who, when) if part),
    }
