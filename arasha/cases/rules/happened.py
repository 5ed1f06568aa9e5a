"""What happened: how often, where, online or not, who else was there; and who says what of it, how they know."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from arasha.cases.rules.codes import SETTINGS
from arasha.cases.rules.times import NO_DAY, Point
from arasha.people.rules import SUSPECT_ROLES
from arasha.ui.rules import Code, CodeList

DATA = Path(__file__).parents[1] / "data"
FREQUENCIES = CodeList(DATA / "frequencies.csv")
ANSWERS = CodeList(DATA / "answers.csv")
PLATFORMS = CodeList(DATA / "platforms.csv")
PRESENT = CodeList(DATA / "present.csv")
STRIKE_REASONS = CodeList(DATA / "strike_reasons.csv")
STATEMENT_KINDS = CodeList(DATA / "statement_kinds.csv")
STATEMENT_WAYS = CodeList(DATA / "statement_ways.csv")
STATEMENT_SOURCES = CodeList(DATA / "statement_sources.csv")
STATEMENT_RELATIONS = CodeList(DATA / "statement_relations.csv")
ASKED = CodeList(DATA / "asked.csv")
EVENT, PATTERN = "event", "pattern"
ONLINE: Final = "online"
FINDING, CHILD = "finding", "child"
UNASKED, WISHES, FACTS, NOT_SAID = "unasked", "wishes", "facts", "not_said"
MOST_ACTS: Final = 20


class ActsMissing(ValueError):
    """No form of violence is named, or more than anybody can have meant."""


class CodeDoesNotFit(ValueError):
    """Two codes exclude each other: an end of a single event, a source that makes no finding."""


@dataclass(frozen=True)
class SaidIncident:
    """One event or a pattern as somebody writes it down. `forms` are keys of versions of forms of violence."""

    forms: Sequence[str]
    frequency: str
    setting: str
    since: Point = NO_DAY
    until: Point = NO_DAY
    goes_on: bool = False
    territory: str | None = None
    relations: Sequence[str] = ()
    present: Sequence[str] = ()
    platform: str = ""
    material: str = ""
    still_online: str = ""
    place: str = ""
    words: str = ""

    def __post_init__(self) -> None:
        """Refuse codes of no list (UnknownCode), no act (ActsMissing), codes that don't fit (CodeDoesNotFit)."""
        FREQUENCIES[self.frequency], SETTINGS[self.setting]
        for codes, given in ((SUSPECT_ROLES, self.relations), (PRESENT, self.present)):
            for code in given:
                codes[code]
        for codes, code in (
            (PLATFORMS, self.platform),
            (ANSWERS, self.material),
            (ANSWERS, self.still_online),
        ):
            if code:
                codes[code]
        if not self.forms or len(set(self.forms)) > MOST_ACTS:
            raise ActsMissing
        if self.shape == EVENT and (self.goes_on or self.until.day):
            raise CodeDoesNotFit("until")
        if "nobody" in self.present and len(self.present) > 1:
            raise CodeDoesNotFit("present")

    @property
    def shape(self) -> str:
        """Say whether it is one event or a pattern."""
        return FREQUENCIES[self.frequency].more["shape"]


def sources_for(kind: str) -> list[Code]:
    """Return who may have said or found something of a kind."""
    return [source for source in STATEMENT_SOURCES if kind in source.more["kinds"].split()]


def check_statement(kind: str, source: str, way: str) -> None:
    """Refuse codes of no list (UnknownCode), and a source that does not make such a statement (CodeDoesNotFit)."""
    STATEMENT_KINDS[kind], STATEMENT_WAYS[way]
    if kind not in STATEMENT_SOURCES[source].more["kinds"].split():
        raise CodeDoesNotFit("source")
    if kind == CHILD and way != "told_by_child":
        raise CodeDoesNotFit("way")
