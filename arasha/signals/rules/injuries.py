"""Injuries as somebody saw them: where, what, how large, which colours, when. Nothing is concluded from them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from arasha.cases.rules import (
    COLOURS,
    INJURY_KINDS,
    NOT_DESCRIBED,
    REGIONS,
    SIDES,
    SizeUnclear,
    read_size,
    regions_of,
)

__all__ = [
    "COLOURS",
    "KINDS",
    "MOST",
    "NOT_DESCRIBED",
    "REGIONS",
    "SIDES",
    "Injury",
    "SizeUnclear",
    "from_json",
    "read_size",
    "regions_of",
    "to_json",
    "with_ticked",
]
KINDS = INJURY_KINDS
MOST = 40


@dataclass(frozen=True)
class Injury:
    """One injury. Sizes are in millimetres; `seen_on` is empty when it was seen at the moment of the report."""

    region: str
    kind: str = NOT_DESCRIBED
    size: tuple[int, ...] = ()
    colours: tuple[str, ...] = ()
    seen_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse codes of no list: UnknownCode."""
        REGIONS[self.region]
        KINDS[self.kind]
        for colour in self.colours:
            COLOURS[colour]


def to_json(injury: Injury) -> str:
    """Return the form in which an injury is sealed."""
    seen = injury.seen_on.isoformat() if injury.seen_on else None
    return json.dumps(
        {
            "region": injury.region,
            "kind": injury.kind,
            "size": injury.size,
            "colours": injury.colours,
            "seen_on": seen,
        }
    )


def from_json(text: str) -> Injury:
    """Return the injury that `to_json` wrote."""
    kept: Mapping[str, Any] = json.loads(text)
    return Injury(
        region=kept["region"],
        kind=kept["kind"],
        size=tuple(kept["size"]),
        colours=tuple(kept["colours"]),
        seen_on=date.fromisoformat(kept["seen_on"]) if kept["seen_on"] else None,
    )


def with_ticked(described: Sequence[Injury], ticked: Sequence[str]) -> list[Injury]:
    """Return the injuries described, and one for each place that was only marked on the figure."""
    known = {injury.region for injury in described}
    return [*described, *(Injury(region) for region in dict.fromkeys(ticked) if region not in known)][:MOST]
