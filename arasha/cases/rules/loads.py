"""How much work the cases of one worker are: weights and limits as data that nobody verified yet. They warn only."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal

from arasha.cases.rules.codes import DATA
from arasha.ui.rules import CodeList

WEIGHTS = CodeList(DATA / "load_weights.csv")
YOUNG = 3
NEW_FOR = timedelta(days=30)
Level = Literal["", "near", "over"]


@dataclass(frozen=True, slots=True)
class Burden:
    """What makes one case heavy: the level of risk, whether the child is unsafe, its age, since when, how far."""

    opened_at: datetime
    risk: str = ""
    unsafe: bool = False
    age: int | None = None
    far: bool = False

    @property
    def is_urgent(self) -> bool:
        """Whether the child is not safe, or the risk is very high."""
        return self.unsafe or self.risk == "very_high"


@dataclass(frozen=True, slots=True)
class Limit:
    """From which weight a worker is near the limit, and from which over it."""

    warn_at: Decimal
    over_at: Decimal

    def level(self, weight: Decimal) -> Level:
        """Say where a weight stands: "" below, "near" the limit, "over" it."""
        if weight >= self.over_at:
            return "over"
        return "near" if weight >= self.warn_at else ""


def reasons_for_weight(burden: Burden, now: datetime) -> list[str]:
    """Return the codes of `load_weights.csv` that hold for a case, `base` first."""
    holds = {
        f"risk_{burden.risk}": f"risk_{burden.risk}" in WEIGHTS,
        "unsafe": burden.unsafe,
        "young": burden.age is not None and burden.age < YOUNG,
        "new": now - burden.opened_at < NEW_FOR,
        "far": burden.far,
    }
    return ["base", *(code for code, said in holds.items() if said)]


def weight_of(burden: Burden, now: datetime) -> Decimal:
    """Return the weight of one case: an ordinary one weighs 1."""
    return sum((Decimal(WEIGHTS[code].more["weight"]) for code in reasons_for_weight(burden, now)), Decimal(0))


def read_limits(path: Path) -> dict[str, Limit]:
    """Return the limits by function. Raises ValueError where a warning stands above its limit."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = {
            row["function"]: Limit(Decimal(row["warn_at"]), Decimal(row["over_at"])) for row in csv.DictReader(file)
        }
    for function, limit in rows.items():
        if limit.warn_at > limit.over_at:
            raise ValueError(f"{path.name}: {function} warns after its limit")
    return rows


LIMITS = read_limits(DATA / "load_limits.csv")


def limit_for(functions: Iterable[str]) -> Limit | None:
    """Return the lowest limit of the functions, or None where none has one."""
    return min((LIMITS[one] for one in functions if one in LIMITS), key=lambda found: found.over_at, default=None)
