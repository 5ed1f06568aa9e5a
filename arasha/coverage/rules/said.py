"""What is entered of infrastructure, and what is wrong with it."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from arasha.coverage.rules.lists import KINDS, PROGRAMMES, STEPS

EARLIEST: Final = date(1991, 12, 16)
LATEST: Final = date(2100, 1, 1)
MOST: Final = 1_000_000
LONGEST: Final = 500


class InfrastructureFaulty(ValueError):
    """What was entered can't stand. `faults` are (field, code)."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__(", ".join(f"{field}: {code}" for field, code in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class CommitmentSaid:
    """What was promised to which territory by whom, how many (and places in them), on which day, and until when."""

    kind: str
    what: str
    territory: str
    count: int
    promised_by: str
    document: str
    promised_on: date
    due_on: date
    programme: str = ""
    places: int | None = None

    def check(self, *, today: date) -> None:
        """Raise InfrastructureFaulty with all that can't stand."""
        faults = _texts(what=self.what, promised_by=self.promised_by, document=self.document)
        if self.programme:
            if self.programme not in PROGRAMMES:
                faults.append(("programme", "unknown"))
            elif PROGRAMMES[self.programme].more["kind"] != self.kind:
                faults.append(("programme", "other_kind"))
        if self.kind not in KINDS:
            faults.append(("kind", "unknown"))
        faults += _numbers(1, count=self.count) + _numbers(1, places=self.places)
        faults += _past("promised_on", self.promised_on, today)
        if not self.promised_on <= self.due_on <= LATEST:
            faults.append(("due_on", "before"))
        _refuse(faults)


@dataclass(frozen=True, slots=True)
class StepSaid:
    """What happened on a day. `corrects`: the step that was otherwise in truth."""

    kind: str
    on: date
    source: str
    count: int | None = None
    due_on: date | None = None
    reason: str = ""
    corrects: UUID | None = None

    def check(self, *, today: date) -> None:
        """Raise InfrastructureFaulty with all that can't stand."""
        faults = _texts(source=self.source) + _past("on", self.on, today)
        if self.kind not in STEPS or self.kind == "promised":
            faults.append(("kind", "unknown"))
        if self.kind == "opened" and self.count is None:
            faults.append(("count", "empty"))
        faults += _numbers(0 if self.kind == "corrected" else 1, count=self.count)
        if self.kind in {"dropped", "corrected"}:
            faults += _texts(reason=self.reason)
        if (self.kind == "corrected") != (self.corrects is not None):
            faults.append(("corrects", "correction"))
        if self.due_on is not None and (self.kind != "corrected" or not EARLIEST <= self.due_on <= LATEST):
            faults.append(("due_on", "correction"))
        _refuse(faults)


@dataclass(frozen=True, slots=True)
class NeedSaid:
    """How many of a kind are missing in a territory, counted by whom on which day, and where that stands."""

    kind: str
    territory: str
    count: int
    counted_by: str
    counted_on: date
    source: str

    def check(self, *, today: date) -> None:
        """Raise InfrastructureFaulty with all that can't stand."""
        faults = _texts(counted_by=self.counted_by, source=self.source) + _past("counted_on", self.counted_on, today)
        if self.kind not in KINDS:
            faults.append(("kind", "unknown"))
        _refuse(faults + _numbers(0, count=self.count))


def _texts(**texts: str) -> list[tuple[str, str]]:
    faults = []
    for field, text in texts.items():
        if not text.strip():
            faults.append((field, "empty"))
        elif len(text) > LONGEST or "\x00" in text:
            faults.append((field, "long"))
    return faults


def _numbers(least: int, **numbers: int | None) -> list[tuple[str, str]]:
    return [(field, "number") for field, one in numbers.items() if one is not None and not least <= one <= MOST]


def _past(field: str, day: date, today: date) -> list[tuple[str, str]]:
    return [] if EARLIEST <= day <= today else [(field, "future")]


def _refuse(faults: list[tuple[str, str]]) -> None:
    if faults:
        raise InfrastructureFaulty(faults)
