"""What the rules of risk look at: the facts that there are, and how an incident or an injury becomes some. Pure.

Facts of a file stand together. What happened, an injury, a filled-in form each has facts of its own (a *thing*), so
that a rule about "sexual violence within 30 days" never joins two incidents that have nothing to do with each other.
"""

import csv
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Final

from arasha.cases.rules.body import HEALING, INJURY_KINDS, REGIONS
from arasha.cases.rules.codes import CONCERNS, DATA, SAFETY, SEEN, SETTINGS
from arasha.ui.rules import CodeList

Facts = Mapping[str, frozenset[str]]

REASONS = CodeList(DATA / "risk_reasons.csv")
# Ages below which a rule may look, in years.
AGES = (1, 3, 7, 14, 18)
ONCE, REPEATED, ONGOING = "once", "repeated", "ongoing"
OLDER, NOT_KNOWN = "older", "not_known"
# What lies under health is never kept with a judgement, which is read by who reads concerns.
OF_HEALTH: Final = frozenset({"injury", "injury_at", "injury_seen", "healing"})


def _days() -> Mapping[str, int]:
    """Return within how many days something counts as recent, by code, the nearest first (data, unverified)."""
    with (DATA / "risk_recent.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: int(row["days"]) for row in csv.DictReader(file)}


def _heard() -> Mapping[str, frozenset[str]]:
    """Return which facts folders above may hand in, and which values each can have."""
    with (DATA / "risk_heard.csv").open(encoding="utf-8", newline="") as file:
        return {row["fact"]: frozenset(row["values"].split()) for row in csv.DictReader(file)}


RECENT: Final = _days()
HEARD: Final = _heard()
KNOWN: Final[Mapping[str, frozenset[str]]] = {
    "concern": frozenset(row.code for row in CONCERNS),
    "setting": frozenset(row.code for row in SETTINGS),
    "safety": frozenset(row.code for row in SAFETY),
    "seen": frozenset(row.code for row in SEEN),
    "reason": frozenset(row.code for row in REASONS),
    "age": frozenset(f"under_{years}" for years in AGES),
    "incident": frozenset(row.code for row in CONCERNS),
    "form": frozenset(row.code for row in CodeList(DATA / "violence_working.csv")),
    "happened_in": frozenset(row.code for row in SETTINGS),
    "pattern": frozenset({ONCE, REPEATED, ONGOING}),
    "recent": frozenset({*RECENT, OLDER, NOT_KNOWN}),
    "injury": frozenset(row.code for row in INJURY_KINDS),
    "injury_at": frozenset(row.code for row in REGIONS),
    "injury_seen": frozenset({*RECENT, OLDER}),
    "healing": frozenset(row.code for row in HEALING),
    **HEARD,
}


def age_facts(years: int | None) -> frozenset[str]:
    """Return the ages below which a child of so many years (or more) may be; nothing where the age is not known."""
    return frozenset() if years is None else frozenset(f"under_{limit}" for limit in AGES if years < limit)


def how_recent(last: date, today: date) -> str:
    """Return how long ago a day is that something may have been last, as a code of `risk_recent.csv`, or older."""
    return next((code for code, days in RECENT.items() if (today - last).days < days), OLDER)


def incident_facts(
    *, forms: Collection[str], concerns: Iterable[str], setting: str, pattern: bool, goes_on: bool, recent: str
) -> Facts:
    """Return the facts of one incident: working codes of its forms, what concerns those are, and how it stands.

    A form that no concern stands for is "other": what nobody mapped is not left out.
    """
    course = frozenset({REPEATED, ONGOING} if goes_on else {REPEATED if pattern else ONCE})
    return {
        "incident": frozenset(concerns) & KNOWN["incident"] or frozenset({"other"}),
        "form": frozenset(forms) & KNOWN["form"],
        "happened_in": frozenset({setting}),
        "pattern": course,
        "recent": frozenset({recent}),
    }


def injury_facts(*, kind: str, region: str, healing: str, seen_on: date, today: date) -> Facts:
    """Return the facts of one injury as it was seen last."""
    return {
        "injury": frozenset({kind}),
        "injury_at": frozenset({region}),
        "healing": frozenset({healing}),
        "injury_seen": frozenset({how_recent(seen_on, today)}),
    }
