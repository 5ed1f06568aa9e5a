"""For which reasons something may be done to an obligation; their words stand in `data/reasons.csv`."""

from pathlib import Path
from typing import Any

from arasha.obligations.rules.states import Said
from arasha.ui.rules.code_lists import CodeList

REASONS = CodeList(Path(__file__).parents[1] / "data" / "reasons.csv")
# Given by the system, never chosen by anybody.
OF_AGREEMENTS = frozenset({"decision_lifted", "plan_changed"})
OF_EMERGENCIES = frozenset({"body_closed", "body_open_again"})
OF_THE_SYSTEM = OF_AGREEMENTS | OF_EMERGENCIES | {"cause_reopened", "done_elsewhere", "signal_left", "time_is_over"}


class ReasonMissing(ValueError):
    """What is done to an obligation has a reason of the list, and words where the list asks for them."""


def check_reason(kind: Said, reason: str, words: str) -> None:
    """Refuse a reason that nobody may give for this, or that says too little without words. Raises ReasonMissing."""
    if reason not in REASONS or reason in OF_THE_SYSTEM or kind.value not in REASONS[reason].more["of"].split():
        raise ReasonMissing(reason)
    if REASONS[reason].more["words"] and not words.strip():
        raise ReasonMissing(reason)


def choices(kind: Said) -> list[tuple[str, Any]]:
    """Return the reasons that a person may choose for this, as code and label."""
    fitting = {code.code for code in REASONS if kind.value in code.more["of"].split()} - OF_THE_SYSTEM
    return [(code, label) for code, label in REASONS.choices() if code in fitting]
