"""Who else is thought of when harm was done in an institution: other children, colleagues who may have known."""

from pathlib import Path
from typing import Final

from arasha.ui.rules import Code, CodeList

DATA = Path(__file__).parents[1] / "data"
CONSIDERED = CodeList(DATA / "considered_kinds.csv")
CONSIDERED_WAYS = CodeList(DATA / "considered_ways.csv")
CONSIDERED_REASONS = CodeList(DATA / "considered_reasons.csv")
# What a step of a procedure may require, by the kind of those who are listed.
REQUIRED: Final = {"children_considered": "child", "colleagues_considered": "colleague"}
NOBODY: Final = "nobody"  # the outcome with which an empty list is an answer


class ConsideredDoesNotFit(ValueError):
    """The reason belongs to another kind of person."""


def considered_reasons_for(kind: str) -> list[Code]:
    """Return with what it may be said of such a person that they were considered."""
    return [reason for reason in CONSIDERED_REASONS if reason.more["kind"] == kind]


def check_considered(kind: str, way: str, reason: str) -> None:
    """Refuse codes of no list (UnknownCode), and a reason of another kind of person."""
    CONSIDERED[kind], CONSIDERED_WAYS[way]
    if CONSIDERED_REASONS[reason].more["kind"] != kind:
        raise ConsideredDoesNotFit(reason)


def all_considered(listed: int, undecided: int, outcome: str) -> bool:
    """Say whether a duty to consider everybody may be met: nobody waits, and an empty list is said to be one."""
    return undecided == 0 and (listed > 0 or outcome == NOBODY)
