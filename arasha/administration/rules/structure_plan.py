"""What must be done so that bodies, units and posts become what a table says. No database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from arasha.administration.rules.roster_table import Fault
from arasha.administration.rules.structure import Do, Step, differing, supervises_itself
from arasha.administration.rules.structure_table import Line


@dataclass(frozen=True, slots=True)
class Present:
    """What stands now: values by code, the body of each unit, posts by unit and title, who supervises whom.

    `places` are those that the actor administers; of units that have `ended`, are the actor's `own` or have a change
    `waiting` nothing is taken from a table.
    """

    bodies: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    units: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    body_of: Mapping[str, str] = field(default_factory=dict)
    posts: frozenset[tuple[str, str]] = frozenset()
    above: Mapping[str, str] = field(default_factory=dict)
    places: frozenset[str] = frozenset()
    ended: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    own_body: str = ""
    waiting: frozenset[str] = frozenset()


def steps_of(lines: Sequence[Line], present: Present, since: str) -> tuple[list[Step], list[Fault]]:
    """Return the steps, bodies first, and what does not fit what stands or what else the table says.

    What stands already so needs no step: the same table handed in twice does nothing the second time.
    """
    units = {line.code: line for line in lines if line.what == "unit"}
    bodies = {line.code for line in lines if line.what == "body"} | set(present.bodies)
    above = dict(present.above) | {code: line.values["parent"] or "" for code, line in units.items()}
    faults: list[Fault] = []
    found: dict[str, list[Step]] = {"body": [], "unit": [], "parent": [], "post": []}
    for line in lines:
        wanted = _wanted(line, present, since)
        faults += _misfits(line, bodies, set(units) | set(present.units), above, present)
        if wanted:
            faults += _closed(line, present)
        for part, step in wanted:
            found[part].append(step)
    return [step for part in found.values() for step in part], faults


def _wanted(line: Line, present: Present, since: str) -> list[tuple[str, Step]]:
    """Return the steps for one line, with the part of the list in which each comes."""
    if line.what == "post":
        exists = (line.code, line.values["title_kk"]) in present.posts
        return [] if exists else [("post", Step(Do.ADD_POST, unit=line.code, values=line.values))]
    if line.what == "body":
        before = present.bodies.get(line.code)
        if before is None:
            return [("body", Step(Do.ADD_BODY, body=line.code, values={**line.values, "valid_from": since}))]
        values = differing(before, line.values)
        return [("body", Step(Do.CHANGE_BODY, body=line.code, values=values))] if values else []
    before = present.units.get(line.code)
    if before is not None:
        values = differing(before, line.values)
        return [("parent", Step(Do.CHANGE_UNIT, unit=line.code, values=values))] if values else []
    first = {name: value for name, value in line.values.items() if name != "parent"} | {"valid_from": since}
    steps = [("unit", Step(Do.ADD_UNIT, body=line.body, unit=line.code, values=first))]
    if line.values["parent"]:  # set when every unit of the table stands
        above = {"parent": line.values["parent"]}
        steps.append(("parent", Step(Do.CHANGE_UNIT, unit=line.code, values=above)))
    return steps


def _closed(line: Line, present: Present) -> list[Fault]:
    """Return why a line that would change something may not: the own unit or body, or one with a change that waits."""
    own = line.code == present.own_body if line.what == "body" else line.code in present.own
    faults = [line.fault("code", "own", line.code)] if own else []
    if line.values.get("parent") in present.own:
        faults.append(line.fault("parent", "own", line.values["parent"]))
    before = (present.bodies if line.what == "body" else present.units).get(line.code)
    if before is not None and before["territory_id"] not in present.places:
        faults.append(line.fault("code", "place", line.code))
    if f"{'body' if line.what == 'body' else 'unit'} {line.code}" in present.waiting:
        faults.append(line.fault("code", "waiting", line.code))
    return faults


def _misfits(line: Line, bodies: set[str], units: set[str], above: Mapping[str, str], present: Present) -> list[Fault]:
    faults = []
    place = line.values.get("territory_id")
    if place is not None and place not in present.places:
        faults.append(line.fault("territory", "place", place))
    if line.what != "body" and line.code in present.ended:
        faults.append(line.fault("code", "ended", line.code))
    elif line.what == "post" and line.code not in units:
        faults.append(line.fault("code", "no_unit", line.code))
    return faults + (_unit_misfits(line, bodies, units, above, present) if line.what == "unit" else [])


def _unit_misfits(
    line: Line, bodies: set[str], units: set[str], above: Mapping[str, str], present: Present
) -> list[Fault]:
    faults = []
    if line.body not in bodies:
        faults.append(line.fault("body", "no_body", line.body))
    elif present.body_of.get(line.code, line.body) != line.body:
        faults.append(line.fault("body", "other_body", line.body))
    parent = line.values["parent"]
    if parent and parent not in units:
        faults.append(line.fault("parent", "no_unit", parent))
    elif parent and supervises_itself(line.code, parent, above):
        faults.append(line.fault("parent", "itself", parent))
    return faults
