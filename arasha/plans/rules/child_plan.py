"""A child's plan: what may follow what, what is lacking before it can be agreed, who may agree. Pure rules."""

import csv
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from arasha.ui.rules import CodeList

DATA: Final = Path(__file__).parents[1] / "data"
PLAN_NEEDS: Final = CodeList(DATA / "child_plan_needs.csv")
PLAN_VOICES: Final = CodeList(DATA / "child_plan_voices.csv")
PLAN_STATES: Final = CodeList(DATA / "child_plan_states.csv")
PLAN_ACTIONS: Final = CodeList(DATA / "child_plan_actions.csv")
PLAN_WAYS: Final = CodeList(DATA / "child_plan_ways.csv")
PLAN_NOT_AGREED: Final = CodeList(DATA / "child_plan_not_agreed.csv")
PLAN_MARKS: Final = CodeList(DATA / "child_plan_marks.csv")
PLAN_NOT_DONE: Final = CodeList(DATA / "child_plan_not_done.csv")
PLAN_ENDS: Final = CodeList(DATA / "child_plan_ends.csv")
OWNERS: Final = ("unit", "child", "person")
CHILD, ADULT = "child", "adult"
LONGEST: Final = 4_000
MOST_GOALS, MOST_ACTIONS = 20, 60


class PlanFaulty(ValueError):
    """A field of what was said is missing, unknown or does not fit; `name` is the field."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class PlanLacks(ValueError):
    """The plan can't be agreed yet; `lacks` says what is missing where."""

    def __init__(self, lacks: "list[Lack]") -> None:
        super().__init__(", ".join(lack.code for lack in lacks))
        self.lacks = lacks


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: its code, and the goal or the action that lacks it (None: the whole plan)."""

    code: str
    row: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class GoalSaid:
    """A goal as somebody wrote it down: of which need, in whose words."""

    need: str
    voice: str
    words: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ActionSaid:
    """An action as somebody wrote it down: who does what by when, with which service. In a draft much may be open."""

    words: str = field(repr=False)
    owner: str = ""
    unit: int | None = None
    person: UUID | None = None
    service: str = ""
    due_on: date | None = None
    at_once: bool = False


@dataclass(frozen=True, kw_only=True)
class VoiceSaid:
    """How the child or an adult agreed, or why not. `silent`: asked for their wishes, they said nothing."""

    party: str
    person: UUID | None = None
    way: str = ""
    why_not: str = ""
    silent: bool = False
    words: str = field(default="", repr=False)


@dataclass(frozen=True)
class Standing:
    """What of an action counts for an agreement."""

    row: UUID
    goal: UUID
    owner: str
    owner_there: bool
    due_on: date | None
    open: bool


def check_goal(said: GoalSaid) -> None:
    """Raise PlanFaulty where a goal names no need, no voice, or says nothing or too much."""
    _known(PLAN_NEEDS, said.need, "need")
    _known(PLAN_VOICES, said.voice, "voice")
    _worded(said.words)


def check_action(said: ActionSaid, today: date) -> None:
    """Raise PlanFaulty where an action says nothing, names an owner halfway, or a day that is over or too far away.

    What is owed at once names its unit and its day: it obliges from now on.
    """
    _worded(said.words)
    if said.owner and said.owner not in OWNERS:
        raise PlanFaulty("owner")
    if (said.owner == "unit") != (said.unit is not None) or (said.owner == "person") != (said.person is not None):
        raise PlanFaulty("owner")
    if said.due_on is not None and not today <= said.due_on <= today + limit("action"):
        raise PlanFaulty("due_on")
    if said.at_once and said.owner != "unit":
        raise PlanFaulty("owner")
    if said.at_once and said.due_on is None:
        raise PlanFaulty("due_on")


def lacking(goals: Collection[UUID], actions: Iterable[Standing], today: date) -> list[Lack]:
    """Return what a plan lacks before it can be agreed: goals, and of each open action an owner and a day.

    A goal towards which nobody does anything is a wish: it lacks an action. What is done already lacks nothing.
    """
    rows = list(actions)
    lacks = [] if goals else [Lack("goals")]
    with_action = {row.goal for row in rows}
    lacks += [Lack("actions", goal) for goal in goals if goal not in with_action]
    for row in rows:
        if not row.open:
            continue
        if not row.owner:
            lacks.append(Lack("owner", row.row))
        elif not row.owner_there:
            lacks.append(Lack("owner_gone", row.row))
        if row.due_on is None:
            lacks.append(Lack("due_on", row.row))
        elif row.due_on < today:
            lacks.append(Lack("day_over", row.row))
    return lacks


def check_voices(voices: Iterable[VoiceSaid], *, of_child: bool) -> None:
    """Raise PlanFaulty unless each named party agreed in a known way, or it is said why not.

    A child's plan asks the child, and one adult who protects the child or the reason why there is none; a plan held
    apart for a parent asks that parent alone. The child's wishes are words, silence, or the reason why not.
    """
    said = list(voices)
    for voice in said:
        check_voice(voice, voice.party)
    if of_child and sum(voice.party == CHILD for voice in said) != 1:
        raise PlanFaulty("child_way")
    if not any(voice.party == ADULT for voice in said):
        raise PlanFaulty("adult_way")


def check_voice(voice: VoiceSaid, party: str) -> None:
    """Raise PlanFaulty unless somebody agreed in a known way or it is said why not, and the child's wishes are kept."""
    if voice.party != party or party not in {CHILD, ADULT} or bool(voice.way) == bool(voice.why_not):
        raise PlanFaulty(f"{party}_way")
    if voice.way:
        _known(PLAN_WAYS, voice.way, f"{party}_way")
    elif party not in why_not(voice.why_not):
        raise PlanFaulty(f"{party}_way")
    if len(voice.words) > LONGEST:
        raise PlanFaulty(f"{party}_words")
    if party == CHILD and voice.way and not (voice.words.strip() or voice.silent):
        raise PlanFaulty("child_words")


def why_not(code: str) -> frozenset[str]:
    """Return of whom a reason why somebody did not agree can be said; nobody for an unknown one."""
    return frozenset(PLAN_NOT_AGREED[code].more["of"].split()) if code in PLAN_NOT_AGREED else frozenset()


def check_review(review_on: date, today: date, risk: str) -> None:
    """Raise PlanFaulty where the next going through is over or later than the child's risk allows."""
    if not today <= review_on <= review_by(today, risk):
        raise PlanFaulty("review_on")


def review_by(today: date, risk: str) -> date:
    """Return the last day on which a plan agreed today is gone through again, by the child's level of risk."""
    name = f"review_{risk}"
    return today + (limit(name) if name in _limits() else limit("review"))


def limit(code: str) -> timedelta:
    """Return a length of `child_plan_limits.csv`. Nobody has verified them."""
    return timedelta(days=_limits()[code])


def _limits() -> dict[str, int]:
    with (DATA / "child_plan_limits.csv").open(encoding="utf-8", newline="") as rows:
        return {row["code"]: int(row["days"]) for row in csv.DictReader(rows)}


def _known(codes: CodeList, code: str, name: str) -> None:
    if code not in codes:
        raise PlanFaulty(name)


def _worded(words: str) -> None:
    if not words.strip() or len(words) > LONGEST:
        raise PlanFaulty("words")
