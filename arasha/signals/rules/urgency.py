"""How soon somebody must go and see the child, read from a report before anybody has read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from arasha.signals.rules.codes import DATA, URGENCIES
from arasha.signals.rules.injuries import Injury
from arasha.ui.rules import Code, CodeList

URGENCY_RULES = CodeList(DATA / "urgency_rules.csv")


@dataclass(frozen=True)
class Urgency:
    """A code of `urgencies.csv` and the code of the rule that gave it."""

    code: str
    rule: str


def urgency(
    *,
    safe_now: str,
    suspect_has_access: str,
    concerns: Iterable[str],
    injuries: Sequence[Injury] = (),
    age: int | None = None,
    dangers: Iterable[str] = (),
) -> Urgency:
    """Return what the first rule of `urgency_rules.csv` says that the report fits; the most urgent stand first.

    Not safe, or not known while the suspect can reach the child, is tonight: not knowing never counts as safe. An
    age that is not known fits no rule about small children. No act in force names these limits: the table says of
    each rule where it comes from and who has checked it.
    """
    told = _Told(safe_now, suspect_has_access, frozenset(concerns), tuple(injuries), age, frozenset(dangers))
    rule = next(rule for rule in URGENCY_RULES if told.fits(rule))
    return Urgency(rule.more["urgency"], rule.code)


def answer_by(code: str, received_at: datetime) -> datetime:
    """Return the moment by which somebody must have answered a signal of this urgency."""
    return received_at + timedelta(hours=int(URGENCIES[code].more["answer_within"]))


@dataclass(frozen=True)
class _Told:
    safe_now: str
    access: str
    concerns: frozenset[str]
    injuries: tuple[Injury, ...]
    age: int | None
    dangers: frozenset[str]

    def fits(self, rule: Code) -> bool:
        """Say whether the report has one of the values that each filled column names; an empty column asks nothing."""
        wanted = {column: frozenset(values.split()) for column, values in rule.more.items()}
        age_to = rule.more["age_to"]
        return (
            self._one_of({self.safe_now}, wanted["safe_now"])
            and self._one_of({self.access}, wanted["suspect_has_access"])
            and self._one_of(self.concerns, wanted["concerns"])
            and self._one_of({injury.kind for injury in self.injuries}, wanted["injuries"])
            and self._one_of({injury.region for injury in self.injuries}, wanted["regions"])
            and self._one_of(self.dangers, wanted["dangers"])
            and (not age_to or (self.age is not None and self.age <= int(age_to)))
        )

    @staticmethod
    def _one_of(said: Iterable[str], wanted: frozenset[str]) -> bool:
        found = frozenset(said)
        return not wanted or bool(found & wanted) or (wanted == {"any"} and bool(found))
