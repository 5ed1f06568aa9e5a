"""What a handed-in form says for the rules of entitlement and of risk: which answer is which fact, as data. Pure."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from arasha.cases.rules import HEARD
from arasha.plans.rules.codes import DATA, FACTS
from arasha.plans.rules.eligibility import Fact
from arasha.questionnaires.rules.keeping import value_at

ANY = "*"


class FaultyFormFacts(ValueError):
    """A line of the data can't be used; says file, line and reason."""


@dataclass(frozen=True)
class Entitling:
    """One answer of a form as a fact of entitlement. `answers` empty: whatever was answered.

    `value`: a code, "*" for the answer itself, or "5-9" for a number between two; "*-25" raises the highest alone.
    """

    form: str
    path: str
    answers: frozenset[str]
    fact: str
    value: str


@dataclass(frozen=True)
class Risking:
    """One question of a form as a fact of risk. `blank`: the value where nobody answered; what is old is said so."""

    form: str
    path: str
    fact: str
    blank: str
    age_fact: str
    old_after_days: int


def _lines(path: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            yield f"{path.name}, line {reader.line_num}", row


def read_entitling(path: Path) -> tuple[Entitling, ...]:
    """Read which answers are facts of entitlement. Raises FaultyFormFacts."""
    found = []
    for place, row in _lines(path):
        if row["fact"] not in FACTS:
            raise FaultyFormFacts(f"{place}: there is no fact {row['fact']!r}")
        kind, value = FACTS[row["fact"]].more["kind"], row["value"]
        low, ranged, high = value.partition("-")
        number = value == ANY or (ranged and (low == ANY or low.isdigit()) and high.isdigit())
        if not {"number": bool(number), "yes_no": value in {"yes", "no"}, "codes": bool(value)}[kind]:
            raise FaultyFormFacts(f"{place}: {row['fact']} is never {value!r}")
        answers = frozenset() if row["answer"] == ANY else frozenset(row["answer"].split("|"))
        found.append(Entitling(row["form"], row["path"], answers, row["fact"], value))
    return tuple(found)


def read_risking(path: Path) -> tuple[Risking, ...]:
    """Read which questions are facts of risk. Raises FaultyFormFacts."""
    found = []
    for place, row in _lines(path):
        for fact in (row["fact"], row["age_fact"]):
            if fact not in HEARD:
                raise FaultyFormFacts(f"{place}: there is no fact {fact!r}")
        if row["blank"] and row["blank"] not in HEARD[row["fact"]]:
            raise FaultyFormFacts(f"{place}: {row['fact']} is never {row['blank']!r}")
        days = int(row["old_after_days"])
        found.append(Risking(row["form"], row["path"], row["fact"], row["blank"], row["age_fact"], days))
    return tuple(found)


ENTITLING = read_entitling(DATA / "entitlement_from_forms.csv")
RISKING = read_risking(DATA / "risk_from_forms.csv")
ENTITLEMENT_FORMS = tuple(dict.fromkeys(row.form for row in ENTITLING))
RISK_FORMS = tuple(dict.fromkeys(row.form for row in RISKING))


def entitlement_from(form: str, answers: Mapping[str, Any]) -> dict[str, Fact]:
    """Return the facts that a handed-in form says; of a number the last line of the data that fits counts.

    What was not answered is no fact: a box that nobody ticked is never a "no".
    """
    found: dict[str, Fact] = {}
    for row in ENTITLING:
        given = _given(answers, row.path)
        if row.form != form or not given or (row.answers and not row.answers & given):
            continue
        before = found.get(row.fact)
        if FACTS[row.fact].more["kind"] == "number":
            if (number := _number(row.value, given, before)) is not None:
                found[row.fact] = number
        else:
            codes = before.codes if before else frozenset()
            complete = FACTS[row.fact].more["kind"] == "yes_no"
            found[row.fact] = Fact(codes | {row.value}, complete=complete)
    return found


def _given(answers: Mapping[str, Any], path: str) -> frozenset[str]:
    value = value_at(answers, path)
    return frozenset(value.split()) if isinstance(value, str) else frozenset()


def _number(value: str, given: frozenset[str], before: Fact | None) -> Fact | None:
    if value == ANY:
        whole = _whole(next(iter(given)))
        return None if whole is None else Fact(number=whole)
    low, _, high = value.partition("-")
    if low == ANY:
        return None if before is None else Fact(number=before.number, highest=int(high))
    return Fact(number=int(low), highest=int(high))


def _whole(text: str) -> int | None:
    try:
        return int(Decimal(text))
    except (InvalidOperation, ValueError, OverflowError):
        return None


def risk_from(form: str, answers: Mapping[str, Any], handed_in: date, today: date) -> dict[str, frozenset[str]]:
    """Return the facts of risk that a handed-in form says, with whether it is fresh or old.

    What was not answered, or answered by what the rules don't know, is "not known", which counts as danger.
    """
    found: dict[str, frozenset[str]] = {}
    for row in RISKING:
        if row.form != form:
            continue
        said = _given(answers, row.path) & HEARD[row.fact] or frozenset({row.blank} if row.blank else ())
        found[row.fact] = said
        found[row.age_fact] = frozenset({"old" if is_old(form, handed_in, today) else "fresh"})
    return found


def is_old(form: str, handed_in: date, today: date) -> bool:
    """Say whether so many days have passed since a form was handed in that it counts less."""
    limits = [row.old_after_days for row in RISKING if row.form == form]
    return bool(limits) and (today - handed_in).days > min(limits)


def differ(one: Fact, other: Fact) -> bool:
    """Say whether two sources say something else of the same fact."""
    span = (one.number, one.number if one.highest is None else one.highest)
    return one.codes != other.codes or span != (other.number, other.number if other.highest is None else other.highest)


def both(one: Fact, other: Fact) -> Fact | None:
    """Return what two sources of a fact leave: a number between theirs; None, not known, where their codes differ.

    So a rule is decided only where it would be decided alike by each of them.
    """
    if one.codes != other.codes:
        return None
    ends = [end for fact in (one, other) for end in (fact.number, fact.highest) if end is not None]
    if not ends:
        return one
    return Fact(one.codes, min(ends), one.complete, max(ends))
