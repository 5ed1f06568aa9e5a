"""Which acts mean that somebody saw the child; `SIGHTS` are the steps that nobody can do without, with the source."""

import csv
from collections.abc import Mapping
from typing import Any, Final

from arasha.coordination.rules.phrases import DATA

NOT_SEEN: Final = "not_seen"
with (DATA / "sights.csv").open(encoding="utf-8", newline="") as _file:
    SIGHTS: Final[Mapping[tuple[str, str], str]] = {
        (row["protocol"], row["step"]): row["source"] for row in csv.DictReader(_file)
    }


def saw_the_child(verb: str, codes: Mapping[str, Any], step: tuple[str, str] | None) -> bool:
    """Say whether an act means that the child was seen.

    `step` is the procedure and step of the duty that the act is about. The same rule stands in SQL for the board's
    counters (`coordination.file_seen`).
    """
    if verb == "judge_safety":
        return bool(codes.get("seen", NOT_SEEN) != NOT_SEEN)
    return verb == "meet_obligation" and step in SIGHTS and bool(codes.get("outcome") != NOT_SEEN)
