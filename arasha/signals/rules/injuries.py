"""Injuries as somebody saw them: where, what, how large, which colours, when. Nothing is concluded from them."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from arasha.signals.rules.codes import DATA
from arasha.ui.rules import Code, CodeList

REGIONS = CodeList(DATA / "body_regions.csv")
KINDS = CodeList(DATA / "injury_kinds.csv")
COLOURS = CodeList(DATA / "colours.csv")
SIDES = ("front", "back")
NOT_DESCRIBED = "not_described"
MOST = 40
# "3", "2,5", "3x1.5", "3 × 1,5 cm": centimetres, with the letter x of either alphabet.
SIZE = re.compile(
    r"(\d{1,3}(?:[.,]\d)?)(?:\s*[x\u0445\u00d7*]\s*(\d{1,3}(?:[.,]\d)?))?(?:\s*(?:cm|см))?", re.IGNORECASE
)


class SizeUnclear(ValueError):
    """The size is no length, and no length times a width, in centimetres."""


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


def regions_of(side: str) -> list[Code]:
    """Return the regions of the figure's front or back, in the order in which they are drawn."""
    return [region for region in REGIONS if region.more["side"] == side]


def read_size(typed: str) -> tuple[int, ...]:
    """Return what was typed in centimetres as one or two lengths in millimetres; raises SizeUnclear."""
    if not typed.strip():
        return ()
    found = SIZE.fullmatch(typed.strip())
    if not found:
        raise SizeUnclear
    return tuple(int(Decimal(part.replace(",", ".")) * 10) for part in found.groups() if part)


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
