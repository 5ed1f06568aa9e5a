"""From the answers of a screening for risk of suicide (form `suicide_risk`) to a level and what it asks for. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from arasha.plans.rules.codes import SUICIDE

FORM = "suicide_risk"
NOT_KNOWN = "not_known"
# The form's own calculations: the level as it was judged, and the one of its table. The engine computes both anew.
NODES = ("level", "level_table")
# From the worst. What is not known stands above what is known to be middling: it rings like a high one.
LEVELS = ("immediate", "high", NOT_KNOWN, "medium", "low")


@dataclass(frozen=True)
class SuicideLevel:
    """A level of a screening. `watched`: somebody must be named as staying with the child, and until then it rings."""

    level: str

    @property
    def watched(self) -> bool:
        """Whether the alarm rings until somebody is named as staying with the child."""
        return SUICIDE[self.level].more["watch"] == "yes"

    @property
    def specialist_hours(self) -> int | None:
        """Within how many hours a specialist sees the child (field practice, unverified); None: no time is set."""
        hours = SUICIDE[self.level].more["specialist_hours"]
        return int(hours) if hours else None


def level_from(answers: Mapping[str, Any]) -> SuicideLevel:
    """Return the level that a screening's answers, by node, come to: the worse of the judged one and the table's.

    A level that is missing or that nobody knows is `not_known`, which is never "low".
    """
    given = {node.rpartition("/")[2]: str(value or "") for node, value in answers.items()}
    found = [given[node] for node in NODES if given.get(node)]
    if not found:
        return SuicideLevel(NOT_KNOWN)
    known = [level if level in LEVELS else NOT_KNOWN for level in found]
    return SuicideLevel(min(known, key=LEVELS.index))
