"""What a report means before anybody has read it: how soon somebody must go and see the child."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from arasha.ui.rules import CodeList

DATA = Path(__file__).parent / "data"
CONCERNS = CodeList(DATA / "concerns.csv")
ANSWERS = CodeList(DATA / "answers.csv")
SEXES = CodeList(DATA / "sexes.csv")
URGENCIES = CodeList(DATA / "urgencies.csv")
STATES = CodeList(DATA / "states.csv")
DOORS = CodeList(DATA / "doors.csv")
CLOSINGS = CodeList(DATA / "closings.csv")

# What may follow what. Closing and opening a case both end the waiting; a closed signal may be opened again.
TRANSITIONS: dict[str, frozenset[str]] = {
    "waiting": frozenset({"taken", "case", "closed"}),
    "taken": frozenset({"case", "closed"}),
    "case": frozenset(),
    "closed": frozenset({"taken"}),
}
GRAVE = frozenset({"sexual", "self_harm", "exploitation"})


def may_become(state: str, target: str) -> bool:
    """Say whether a signal in `state` may become `target`."""
    return target in TRANSITIONS[state]


def urgency(*, safe_now: str, suspect_has_access: str, concerns: Iterable[str]) -> str:
    """Return the urgency code for the answers to the safety questions.

    Not safe, or not known while the suspect can reach the child, is tonight: not knowing never counts
    as safe. Grave concerns are seen within a day whatever was answered. The limits stand in
    `data/urgencies.csv` (field practice, mark K: no act in force names them).
    """
    if safe_now == "no" or (safe_now == "unknown" and suspect_has_access == "yes"):
        return "tonight"
    if safe_now == "unknown" or suspect_has_access != "no" or GRAVE & set(concerns):
        return "day"
    return "three_days"


def answer_by(code: str, received_at: datetime) -> datetime:
    """Return the moment by which somebody must have answered a signal of this urgency."""
    return received_at + timedelta(hours=int(URGENCIES[code].more["answer_within"]))
