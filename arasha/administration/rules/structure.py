"""Changes of bodies, units and posts as steps that two persons agree on. No database, no clock.

A step names body and unit by their codes, which never change, so that it means the same when it is confirmed days
later, and a list of steps may make a unit below a body that it makes itself. `set` holds only what differs.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from arasha.kernel.territory.rules import region_code

DATA: Final = Path(__file__).resolve().parents[1] / "data" / "body_words.csv"
LANGUAGES: Final = ("kk", "ru", "en")
NAMES: Final = tuple(f"name_{language}" for language in LANGUAGES)
BODY_FIELDS: Final = (*NAMES, "sector", "kind", "territory_id", "protected")
UNIT_FIELDS: Final = (*NAMES, "territory_id", "parent", "around_the_clock", "opens", "closes", "phone")


class Do(StrEnum):
    """What a step does."""

    ADD_BODY = "add_body"
    CHANGE_BODY = "change_body"
    ADD_UNIT = "add_unit"
    CHANGE_UNIT = "change_unit"
    END_UNIT = "end_unit"
    ADD_POST = "add_post"


@dataclass(frozen=True, slots=True)
class Step:
    """One change; `values` are as JSON holds them: texts, truths, None."""

    do: Do
    body: str = ""
    unit: str = ""
    successor: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the step as the proposal keeps it; codes that are not named are left out."""
        named = {"body": self.body, "unit": self.unit, "successor": self.successor}
        return {"do": self.do.value} | {name: code for name, code in named.items() if code} | {"set": dict(self.values)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Step":
        """Read what `to_json` wrote."""
        codes = {name: kept.get(name, "") for name in ("body", "unit", "successor")}
        return cls(do=Do(kept["do"]), values=kept["set"], **codes)


@dataclass(frozen=True, slots=True)
class Word:
    """A sector or a kind of body, in three languages."""

    code: str
    name_kk: str
    name_ru: str
    name_en: str


@cache
def words(which: str) -> tuple[Word, ...]:
    """Return the sectors or kinds that a body may have (`data/body_words.csv`)."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row.pop("list") == which]
    return tuple(Word(**row) for row in rows)


def kept(value: Any) -> Any:
    """Return a value as JSON holds it."""
    if isinstance(value, time):
        return f"{value:%H:%M:%S}"
    return value.isoformat() if isinstance(value, date) else value


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is to be set so that `before` becomes `after`."""
    return {name: value for name, value in after.items() if before.get(name) != value}


def hours_fit(values: Mapping[str, Any]) -> bool:
    """Say whether hours make sense: both or neither, the end after the beginning, none when it is round the clock."""
    opens, closes = values.get("opens"), values.get("closes")
    if values.get("around_the_clock"):
        return opens is None and closes is None
    return opens == closes is None or (opens is not None and closes is not None and opens < closes)


def supervises_itself(unit: str, parent: str, above: Mapping[str, str]) -> bool:
    """Say whether a unit would come to stand above itself; `above` tells who supervises each unit, by codes."""
    seen: set[str] = set()
    at = parent
    while at and at not in seen:
        if at == unit:
            return True
        seen.add(at)
        at = above.get(at, "")
    return False


def touched(steps: Sequence[Step]) -> tuple[str, ...]:
    """Return the codes of units that steps change or end."""
    return tuple(step.unit for step in steps if step.do in {Do.CHANGE_UNIT, Do.END_UNIT})


def findable(
    steps: Sequence[Step], bodies: Mapping[str, tuple[bool, str]], units: Mapping[str, tuple[str, str]]
) -> str:
    """Return the code of a protected body, or of a unit of one, that the steps leave below a region; "" for none.

    `bodies` tells by code whether it is protected and where it lies, `units` whose it is and where, as they stand now.
    Who knows the district of a refuge finds it.
    """
    hidden, units = dict(bodies), dict(units)
    named: set[str] = set()
    for step in steps:
        if step.do in {Do.ADD_BODY, Do.CHANGE_BODY}:
            protected, place = hidden.get(step.body, (False, ""))
            protected, place = step.values.get("protected", protected), step.values.get("territory_id", place)
            hidden[step.body] = (bool(protected), str(place))
            named.add(step.body)
        elif step.do in {Do.ADD_UNIT, Do.CHANGE_UNIT}:
            body, place = units.get(step.unit, (step.body, ""))
            units[step.unit] = (body, str(step.values.get("territory_id", place)))
            named.add(step.unit)
    placed = {code: place for code, (protected, place) in hidden.items() if protected}
    wrong = [code for code, place in placed.items() if _is_below_a_region(place) and code in named]
    wrong += [
        code
        for code, (body, place) in units.items()
        if body in placed and _is_below_a_region(place) and {code, body} & named
    ]
    return min(wrong, default="")


def _is_below_a_region(place: str) -> bool:
    return region_code(place) not in {None, place}
