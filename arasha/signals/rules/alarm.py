"""Who is rung while nobody is named as staying with a child who may harm themselves, and how often."""

from dataclasses import dataclass
from datetime import timedelta

from arasha.signals.rules.codes import DATA
from arasha.ui.rules import Code, CodeList

ALARM_RUNGS = CodeList(DATA / "alarm_rungs.csv")
COMPANY_ROLES = CodeList(DATA / "company_roles.csv")
RINGS_FOR = "self_harm"


@dataclass(frozen=True)
class Rung:
    """Who is rung; `function` empty: the unit that leads the file."""

    code: str
    function: str


def rungs_after(silent: timedelta) -> list[Rung]:
    """Return who is rung when nobody was named for so long; whoever was rung before is rung again."""
    return [Rung(row.code, row.more["function"]) for row in _reached(silent)]


def ring_again_after(silent: timedelta) -> timedelta:
    """Return how long after this ring the next one comes: as the highest rung reached says."""
    return timedelta(minutes=int(_reached(silent)[-1].more["every"]))


def _reached(silent: timedelta) -> list[Code]:
    return [row for row in ALARM_RUNGS if timedelta(minutes=int(row.more["after"])) <= silent]
