"""The codes of signals: lists as reviewed text, and what state may follow what."""

from pathlib import Path

from arasha.ui.rules import CodeList

DATA = Path(__file__).parents[1] / "data"
ANSWERS = CodeList(DATA / "answers.csv")
URGENCIES = CodeList(DATA / "urgencies.csv")
STATES = CodeList(DATA / "states.csv")
DOORS = CodeList(DATA / "doors.csv")
# Through these anybody tells without an account; a letter is opened into one of them.
PUBLIC_DOORS = frozenset(door.code for door in DOORS if door.more["form"] == "public")
CLOSINGS = CodeList(DATA / "closings.csv")
WAYS = CodeList(DATA / "ways.csv")
WORKPLACES = CodeList(DATA / "workplaces.csv")
INSTITUTIONS = CodeList(DATA / "institutions.csv")
SUSPECTS = CodeList(DATA / "suspects.csv")
STATEMENTS = CodeList(DATA / "statements.csv")
HINDRANCES = CodeList(DATA / "hindrances.csv")
DANGERS = CodeList(DATA / "dangers.csv")
REFUSED, PRESSURE = "refused_statement", "pressure_to_withdraw"
POLICE = ("juvenile_inspection", "women_children_police")

# What may follow what; "apart" is being taken out of the case again.
# Closing and opening a case both end the waiting; a closed signal may be opened again.
TRANSITIONS: dict[str, frozenset[str]] = {
    "waiting": frozenset({"taken", "case", "closed"}),
    "taken": frozenset({"case", "closed"}),
    "case": frozenset({"apart"}),
    "closed": frozenset({"taken"}),
}


def hindrances_of(statement: str, *, pressure: bool) -> list[str]:
    """Return which hindrances a report tells of."""
    return [REFUSED] * (statement == "refused") + [PRESSURE] * pressure


def closes(closing: str) -> bool:
    """Say whether a reason ends anything: reconciliation and withdrawal never end violence. Raises UnknownCode."""
    return CLOSINGS[closing].more["refused"] != "yes"


def may_become(state: str, target: str) -> bool:
    """Say whether a signal in `state` may become `target`."""
    return target in TRANSITIONS[state]


def functions_of(door: str) -> frozenset[str]:
    """Return the functions whose posts report through a door."""
    return frozenset(DOORS[door].more["functions"].split())


def door_for(functions: frozenset[str]) -> str:
    """Return the door with a form at which a post of these functions reports, empty when none is theirs."""
    asked = (door.code for door in DOORS if door.more["form"] == "yes")
    return next((door for door in asked if functions & functions_of(door)), "")
