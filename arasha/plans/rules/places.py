"""A child's place at an offering: which step may follow which, how urgent it is, and what speaks against an offering.

Pure: steps, states and reasons are data (`place_*.csv`), so that they can be read aloud and changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from arasha.plans.rules.codes import DATA
from arasha.services.queries import Found
from arasha.ui.rules import CodeList

PLACE_STEPS = CodeList(DATA / "place_steps.csv")
PLACE_STATES = CodeList(DATA / "place_states.csv")
URGENCIES = CodeList(DATA / "place_urgencies.csv")
URGENT_WHY = CodeList(DATA / "place_urgent_why.csv")
PLACE_REFUSALS = CodeList(DATA / "place_refusals.csv")
MISSED = CodeList(DATA / "place_missed.csv")
MISSED_DONE = CodeList(DATA / "place_missed_done.csv")
RESULTS = CodeList(DATA / "place_results.csv")
WITHDRAWALS = CodeList(DATA / "place_withdrawals.csv")
SAID_BY = CodeList(DATA / "place_said_by.csv")
PLACE_LIMITS = CodeList(DATA / "place_limits.csv")

STATES = tuple(row.code for row in PLACE_STATES)
RUNNING = tuple(row.code for row in PLACE_STATES if row.more["running"] == "yes")
# The child is being helped there, or was.
HELPED = ("begun", "ended", "handed_over")
NOT_BEGUN = tuple(code for code in RUNNING if code != "begun")
URGENT = tuple(row.code for row in URGENCIES)
LONGEST_WORDS = 1000
# The list of reasons that a step asks for.
REASONS = {"refuse": PLACE_REFUSALS, "miss": MISSED, "withdraw": WITHDRAWALS}
FAR = timedelta(days=366)


class StepNotPossible(Exception):
    """The place stands otherwise: this step can't follow."""


class StepFaulty(ValueError):
    """Something of the step is missing or can't be taken; `field` says what."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(field)


@dataclass(frozen=True, kw_only=True)
class StepSaid:
    """What somebody says of a place. Fields that a step does not ask for stay empty."""

    step: str
    on: date | None = None
    said_by: str = ""
    reason: str = ""
    done: str = ""
    result: str = ""
    urgency: str = ""
    why: str = ""
    words: str = field(default="", repr=False)


def possible(state: str) -> list[str]:
    """Return the steps that people may take from a state, in the list's order; handing over has a page of its own."""
    return [row.code for row in PLACE_STEPS if row.code != "hand_over" and state in row.more["from"].split()]


def leads_to(step: str, state: str) -> str:
    """Return the state after a step. Raises StepNotPossible; UnknownCode for no such step."""
    row = PLACE_STEPS[step]
    if state not in row.more["from"].split():
        raise StepNotPossible
    # Who misses a day of help that has begun is still being helped.
    return "begun" if step == "miss" and state == "begun" else row.more["to"]


def said_by_choices() -> list[tuple[str, Any]]:
    """Return by whom somebody of the team may have heard of a step; "link" is said by the link alone."""
    return [choice for choice in SAID_BY.asked() if choice[0] != "link"]


def asks(step: str) -> list[str]:
    """Return which fields a step asks for."""
    return PLACE_STEPS[step].more["asks"].split()


def check_step(said: StepSaid, today: date) -> None:
    """Raise StepFaulty for the first field that is missing or can't be taken."""
    wanted = asks(said.step)
    lists = {
        "said_by": SAID_BY,
        "reason": REASONS.get(said.step, ()),
        "done": MISSED_DONE,
        "result": RESULTS,
        "urgency": URGENCIES,
    }
    for name, codes in lists.items():
        value = getattr(said, name)
        if (name in wanted) != (value in codes if value else False):
            raise StepFaulty(name)
    if "why" in wanted:
        check_why(said.urgency, said.why)
    if "on" in wanted and (said.on is None or not _may_be(said.step, said.on, today)):
        raise StepFaulty("on")
    if len(said.words) > LONGEST_WORDS or (said.reason == "other" and said.step == "refuse" and not said.words.strip()):
        raise StepFaulty("words")


def check_why(urgency: str, why: str) -> None:
    """Raise StepFaulty where an urgency is none, or has no reason though it is one that overtakes others."""
    if urgency not in URGENCIES:
        raise StepFaulty("urgency")
    if (why and why not in URGENT_WHY) or (urgency != "ordinary" and not why):
        raise StepFaulty("why")


def _may_be(step: str, day: date, today: date) -> bool:
    """A booked day lies ahead or is today; what happened lies behind, a year at most."""
    return today <= day <= today + FAR if step == "book" else today - FAR <= day <= today


def due_at(urgency: str, since: datetime) -> datetime:
    """Return until when a child of this urgency may wait."""
    return since + timedelta(hours=int(URGENCIES[urgency].more["hours"]))


def told_again(urgency: str) -> timedelta:
    """Return after how long it is said again that a child waits too long."""
    return timedelta(hours=int(URGENCIES[urgency].more["again_hours"]))


def place_limit(code: str) -> timedelta:
    """Return a limit of `place_limits.csv`."""
    return timedelta(days=int(PLACE_LIMITS[code].more["days"]))


@dataclass(frozen=True, kw_only=True)
class Fits:
    """For whom a place is looked for. `sex` girls, boys or ""; `son`: age of the oldest who comes along."""

    age: int | None = None
    sex: str = ""
    language: str = ""
    son: int | None = None
    siblings: bool = False


def against(offered: Found, child: Fits) -> list[str]:
    """Return the codes of refusals that what an offering says of itself leads one to expect; asking stays possible."""
    found = []
    if child.age is not None and not offered.age_from <= child.age <= offered.age_to:
        found.append("age")
    if child.sex and offered.sexes not in ("all", child.sex):
        found.append("sex")
    if child.son is not None and offered.son_to is not None and child.son > offered.son_to:
        found.append("son_too_old")
    if child.siblings and offered.siblings == "no":
        found.append("no_siblings")
    if child.language and offered.languages and child.language not in offered.languages:
        found.append("language")
    return found


def turn(rows: Sequence[tuple[str, datetime, str]]) -> list[str]:
    """Return ids in the order of their turn: of (urgency, waiting since, id), the most urgent, then the longest."""
    return [key for _u, _s, key in sorted(rows, key=lambda row: (URGENT.index(row[0]), row[1], row[2]))]
