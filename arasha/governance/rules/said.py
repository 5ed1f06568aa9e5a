"""What is entered of pilots, and what is wrong with it."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from arasha.governance.rules.lists import DECISIONS, STEPS

EARLIEST: Final = date(1991, 12, 16)
LATEST: Final = date(2100, 1, 1)
MOST_CHILDREN: Final = 10_000_000
MOST_TENGE: Final = 1_000_000_000_000_000
MOST_PLACES: Final = 250
MOST_OFFERINGS: Final = 200
SHORT: Final = 500
LONG: Final = 4_000

Faults = list[tuple[str, str]]


class PilotFaulty(ValueError):
    """What was entered can't stand. `faults` are (field, code)."""

    def __init__(self, faults: Faults) -> None:
        super().__init__(", ".join(f"{field}: {code}" for field, code in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotSaid:
    """What a pilot is: titles, aims, KATO codes, who answers, the money (tenge, None: unknown), whom it serves."""

    title_kk: str
    title_ru: str = ""
    title_en: str = ""
    aim_kk: str = ""
    aim_ru: str = ""
    aim_en: str = ""
    territories: tuple[str, ...]
    unit: int
    money: str
    amount: int | None = None
    first_day: date
    children: int | None = None
    serves: str
    offerings: tuple[UUID, ...] = ()

    def check(self) -> None:
        """Raise PilotFaulty with all that can't stand."""
        faults = _texts(SHORT, title_kk=self.title_kk, money=self.money) + _texts(LONG, serves=self.serves)
        faults += _texts(SHORT, needed=False, title_ru=self.title_ru, title_en=self.title_en)
        aims = {"aim_kk": self.aim_kk, "aim_ru": self.aim_ru, "aim_en": self.aim_en}
        faults += _texts(LONG, needed=False, **aims)
        if not any(one.strip() for one in aims.values()):
            faults.append(("aim_kk", "empty"))
        if not 1 <= len(self.territories) <= MOST_PLACES:
            faults.append(("territories", "empty"))
        if len(self.offerings) > MOST_OFFERINGS:
            faults.append(("offerings", "many"))
        if self.amount is not None and not 0 <= self.amount <= MOST_TENGE:
            faults.append(("amount", "number"))
        if self.children is not None and not 0 <= self.children <= MOST_CHILDREN:
            faults.append(("children", "number"))
        if not EARLIEST <= self.first_day <= LATEST:
            faults.append(("first_day", "day"))
        refuse(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSaid:
    """What happened to a pilot on a day: `said` is the result of an evaluation, or the reason of anything else.

    `afterwards`: what happens to those who are served, needed to hand over and to stop. `until`: the new last day of
    the money. `corrects`: the step that was otherwise in truth; without `until` it is taken back.
    """

    kind: str
    on: date
    said: str
    document: str
    evaluator: str = ""
    until: date | None = None
    decision: str = ""
    afterwards: str = ""
    corrects: UUID | None = None

    def check(self, *, today: date) -> None:
        """Raise PilotFaulty with all that can't stand by itself; what stands before it is not asked here."""
        faults = _texts(LONG, said=self.said) + _texts(SHORT, document=self.document)
        if self.kind not in STEPS or self.kind == "entered":
            faults.append(("kind", "unknown"))
        if not EARLIEST <= self.on <= today:
            faults.append(("on", "future"))
        faults += _texts(SHORT, needed=self.kind == "evaluated", evaluator=self.evaluator)
        if self.kind == "extended" and self.until is None:
            faults.append(("until", "empty"))
        if self.until is not None and (
            self.kind not in {"extended", "corrected"} or not EARLIEST <= self.until <= LATEST
        ):
            faults.append(("until", "day"))
        if (self.kind == "corrected") != (self.corrects is not None):
            faults.append(("corrects", "correction"))
        refuse(faults + self._decision())

    def _decision(self) -> Faults:
        if self.kind != "decided":
            return [("decision", "unknown")] if self.decision else _texts(LONG, False, afterwards=self.afterwards)
        faults = [] if self.decision in DECISIONS else [("decision", "unknown")]
        return faults + _texts(LONG, self.decision in {"hand_over", "stop"}, afterwards=self.afterwards)


def check_until(first_day: date, until: date, field: str = "until") -> None:
    """Raise PilotFaulty where the money's last day is before its first, or no day of a register."""
    if not first_day <= until <= LATEST:
        raise PilotFaulty([(field, "before")])


def refuse(faults: Faults) -> None:
    """Raise PilotFaulty where there are faults."""
    if faults:
        raise PilotFaulty(faults)


def _texts(longest: int, needed: bool = True, **texts: str) -> Faults:
    faults = []
    for field, text in texts.items():
        if needed and not text.strip():
            faults.append((field, "empty"))
        elif len(text) > longest or "\x00" in text:
            faults.append((field, "long"))
    return faults
