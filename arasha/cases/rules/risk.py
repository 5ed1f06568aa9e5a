"""How likely harm is: what the rules suggest and why, by when to respond, on which day to judge again. Pure."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from arasha.cases.rules.codes import DATA, RISKS
from arasha.cases.rules.risk_facts import KNOWN, Facts
from arasha.kernel.worktime.rules import AROUND_THE_CLOCK, Calendar, Limit, Unit, due_at
from arasha.ui.rules import Code, CodeList, UnknownCode

OVERRIDES = CodeList(DATA / "risk_overrides.csv")
UNSEEN = CodeList(DATA / "risk_unseen.csv")
NOT_GIVEN = "not_given"


class FaultyRiskRules(ValueError):
    """A line of the rules can't be read; says file, line and reason."""


class ReasonMissing(ValueError):
    """A lower level than the rules suggest is chosen, and nobody says why. `suggested` is what they suggest."""

    def __init__(self, suggested: str) -> None:
        super().__init__(suggested)
        self.suggested = suggested


@dataclass(frozen=True)
class RiskSaid:
    """What somebody judges: the level with their reasons, and why it is another than suggested, or lower unseen.

    `over` is the judgement that they had before their eyes; `again_on` None: the usual day of the level.
    """

    level: str
    reasons: Sequence[str] = ()
    words: str = ""
    override: str = ""
    unseen: str = ""
    again_on: date | None = None
    over: UUID | None = None


@dataclass(frozen=True)
class RiskRule:
    """One line: when each named fact has one of its values, the level is at least `floor`, and `points` are added."""

    words: Code
    when: Mapping[str, frozenset[str]]
    floor: str
    points: int
    version: int
    valid_from: date
    valid_to: date | None
    verified_by: str

    @property
    def key(self) -> str:
        """The rule and its version, as a judgement keeps it."""
        return f"{self.words.code}:{self.version}"

    def stands_on(self, day: date) -> bool:
        """Say whether the rule is valid on a day; `valid_to` is the first day without it."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def holds(self, facts: Facts) -> bool:
        """Say whether every fact that the rule names has one of its values."""
        return all(facts.get(fact, frozenset()) & values for fact, values in self.when.items())

    def by(self, facts: Facts) -> set[str]:
        """Return by which values the rule holds, as `fact=value`."""
        return {
            f"{fact}={value}" for fact, values in self.when.items() for value in facts.get(fact, frozenset()) & values
        }


@dataclass(frozen=True)
class Suggestion:
    """What the rules suggest: `level` is empty where no rule that raises holds, which never means "low".

    `used` are the facts by which the rules hold, as `fact=value`.
    """

    level: str
    grounds: tuple[RiskRule, ...] = ()
    points: int = 0
    floor: RiskRule | None = None
    used: tuple[str, ...] = ()

    def kept(self) -> list[str]:
        """Return what a judgement keeps of it: each rule with its version, then the facts by which they hold."""
        return [*(rule.key for rule in self.grounds), *self.used]


def rank(level: str) -> int:
    """Return the place of a level: 0 is the lowest. Raises UnknownCode."""
    codes = [row.code for row in RISKS]
    if level not in codes:
        raise UnknownCode(f"risk_levels: {level!r}")
    return len(codes) - 1 - codes.index(level)


def suggest(
    facts: Facts, on: date, rules: Sequence[RiskRule] | None = None, *, things: Sequence[Facts] = ()
) -> Suggestion:
    """Return the level that the rules valid on a day suggest for these facts, with every rule that holds.

    `things`: incidents, injuries, filled-in forms, each with facts of its own. A rule holds where it holds for the
    file's facts with those of one thing, and counts once, of however many things it holds.

    The highest floor counts, and the points where they lead higher. What is not known adds nothing and takes nothing
    away; grounds that lower never lead below a floor.
    """
    known = [facts, *({**facts, **one} for one in things)]
    standing = [rule for rule in (risk_rules() if rules is None else rules) if rule.stands_on(on)]
    held = tuple(rule for rule in standing if any(rule.holds(one) for one in known))
    used = tuple(sorted({said for rule in held for one in known if rule.holds(one) for said in rule.by(one)}))
    points = sum(rule.points for rule in held)
    if not any(rule.floor or rule.points > 0 for rule in held):
        return Suggestion("", held, points, used=used)
    floors = sorted((rule for rule in held if rule.floor), key=lambda rule: -rank(rule.floor))
    by_points = next(row.code for row in RISKS if points >= int(row.more["from_points"]) or rank(row.code) == 0)
    if floors and rank(floors[0].floor) >= rank(by_points):
        return Suggestion(floors[0].floor, held, points, floors[0], used)
    return Suggestion(by_points, held, points, used=used)


def check_override(level: str, suggested: str, override: str) -> str:
    """Return the reason for choosing otherwise than suggested, as it is kept; empty where nothing was overridden.

    A higher level never waits for its reason. Raises ReasonMissing for a lower one; UnknownCode.
    """
    if not suggested or level == suggested:
        return ""
    if override:
        return OVERRIDES[override].code
    if rank(level) < rank(suggested):
        raise ReasonMissing(suggested)
    return NOT_GIVEN


def respond_by(level: str, judged_at: datetime, calendar: Calendar) -> datetime | None:
    """Return by when somebody must have answered a risk of this level (data: field practice); None: no time is set."""
    row = RISKS[level].more
    if not row["respond_amount"]:
        return None
    limit = Limit(int(row["respond_amount"]), Unit(row["respond_unit"]))
    return due_at(limit, judged_at, AROUND_THE_CLOCK, calendar).due


def review_on(level: str, today: date, calendar: Calendar) -> date:
    """Return the day on which a risk of this level is judged again at the latest.

    Where the level's calendar says so (`again_day_off`: before), a day off leads to the working day before it, never
    past it; it never leads to today or earlier.
    """
    row = RISKS[level].more
    latest = day = today + timedelta(days=int(row["judge_again_days"]))
    if row["again_day_off"] == "stands":
        return latest
    while not calendar.works(day) and day > today + timedelta(days=1):
        day -= timedelta(days=1)
    return day if calendar.works(day) else latest


@cache
def risk_rules() -> tuple[RiskRule, ...]:
    """Return the shipped rules, read once. Raises FaultyRiskRules."""
    return read_risk_rules(DATA / "risk_rules.csv")


def read_risk_rules(path: Path) -> tuple[RiskRule, ...]:
    """Read rules from a file. Raises FaultyRiskRules with file, line and reason."""
    found: dict[str, RiskRule] = {}
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            try:
                rule = _rule(row)
                if rule.key in found:
                    raise ValueError(f"{rule.key} stands twice")
            except (ValueError, KeyError) as wrong:
                reason = wrong.args[0] if wrong.args else "cannot be read"
                raise FaultyRiskRules(f"{path.name}, line {reader.line_num}: {reason}") from wrong
            found[rule.key] = rule
    return tuple(found.values())


def _rule(row: Mapping[str, str]) -> RiskRule:
    words = Code(row["code"], row["name_kk"], row["name_ru"], row["name_en"], more={})
    if not (words.code and words.name_kk and words.name_ru and words.name_en):
        raise ValueError("the code or a language is missing")
    if row["floor"]:
        RISKS[row["floor"]]
    rule = RiskRule(
        words=words,
        when=_when(row["when"]),
        floor=row["floor"],
        points=int(row["points"]),
        version=int(row["version"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        verified_by=row["verified_by"],
    )
    if rule.valid_to and rule.valid_to <= rule.valid_from:
        raise ValueError("valid_to must lie after valid_from")
    return rule


def _when(text: str) -> Mapping[str, frozenset[str]]:
    """Read `concern=physical|sexual age=under_3`. Raises ValueError for a fact or a value that there is not."""
    when: dict[str, frozenset[str]] = {}
    for part in text.split():
        fact, _, values = part.partition("=")
        if fact not in KNOWN:
            raise ValueError(f"there is no fact {fact!r}")
        when[fact] = frozenset(values.split("|"))
        if unknown := when[fact] - KNOWN[fact]:
            raise ValueError(f"{fact} is never {sorted(unknown)[0]!r}")
    if not when:
        raise ValueError("a rule without a condition would hold for every child")
    return when
