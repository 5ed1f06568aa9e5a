"""The rules that notice, as reviewed text: what is counted, from how many on, how far back, and by which act of law."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from arasha.kernel.access.rules import Facet
from arasha.ui.rules import Code, CodeList

DATA = Path(__file__).parents[1] / "data"
NOTICING = CodeList(DATA / "noticing_rules.csv")
DISMISSALS = CodeList(DATA / "noticing_dismissals.csv")
NOTICED_STATES = CodeList(DATA / "noticing_states.csv")


@dataclass(frozen=True)
class Rule:
    """One rule. `months` 0: however long ago; `apart` in days; `age_to` in whole years, included.

    `facet`: who does not read it does not learn that the rule found anything.
    """

    code: str
    version: int
    counted: str
    threshold: int
    months: int
    age_to: int
    apart: int
    facet: Facet
    legal_basis: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    verified_by: str
    enabled: bool

    def holds_on(self, day: date) -> bool:
        """Say whether the rule is on and valid on a day; `valid_to` is the last day on which it is."""
        return self.enabled and self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def read_rule(row: Code) -> Rule:
    """Return a row of the table as a rule. Raises ValueError or KeyError for what does not stand there as it should."""
    more = row.more
    return Rule(
        code=row.code,
        version=int(more["version"]),
        counted=more["counted"],
        threshold=int(more["threshold"]),
        months=int(more["months"] or 0),
        age_to=int(more["age_to"]),
        apart=int(more["apart"] or 0),
        facet=Facet[more["facet"].upper()],
        legal_basis=tuple(more["legal_basis"].split()),
        valid_from=date.fromisoformat(more["valid_from"]),
        valid_to=date.fromisoformat(more["valid_to"]) if more["valid_to"] else None,
        verified_by=more["verified_by"],
        enabled=more["enabled"] == "yes",
    )


def noticing_rules() -> list[Rule]:
    """Return all rules, whether they hold today or not."""
    return [read_rule(row) for row in NOTICING]


def explanation(code: str, language: str) -> str:
    """Return in `kk`, `ru` or `en` what a rule counts and what must be done first; another language reads Kazakh."""
    more = NOTICING[code].more
    return more.get(f"why_{language}", more["why_kk"])
