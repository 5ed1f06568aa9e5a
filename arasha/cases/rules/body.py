"""Injuries as somebody saw them: regions of a figure, sizes, colours. Nothing is concluded from them.

One drawing serves three figures: its points are moved in bands from head to foot, so that a small child has a large
head and short legs, and an adolescent the opposite. Each region keeps its code in all of them.
"""

import re
from decimal import Decimal
from pathlib import Path
from typing import Final

from arasha.ui.rules import Code, CodeList

DATA = Path(__file__).parents[1] / "data"
REGIONS = CodeList(DATA / "body_regions.csv")
INJURY_KINDS = CodeList(DATA / "injury_kinds.csv")
COLOURS = CodeList(DATA / "colours.csv")
HEALING = CodeList(DATA / "healing.csv")
FIGURES = CodeList(DATA / "figures.csv")
SIDES: Final = ("front", "back")
NOT_DESCRIBED: Final = "not_described"
# "3", "2,5", "3x1.5", "3 × 1,5 cm": centimetres, with the letter x of either alphabet.
SIZE = re.compile(
    r"(\d{1,3}(?:[.,]\d)?)(?:\s*[x\u0445\u00d7*]\s*(\d{1,3}(?:[.,]\d)?))?(?:\s*(?:cm|см))?", re.IGNORECASE
)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
# Where the drawing's heights (head, chin, shoulders, waist, groin, knees, sole) come to lie, and how wide it is there.
HEIGHTS: Final = (8, 92, 112, 206, 246, 292, 384)
BANDS: Final = {
    "infant": ((8, 118, 134, 226, 262, 300, 372), (1.12, 1.12, 0.98, 0.98, 0.98, 0.96, 0.96)),
    "child": ((8, 92, 112, 206, 246, 292, 384), (1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)),
    "adolescent": ((8, 72, 88, 184, 220, 286, 384), (0.76, 0.76, 1.08, 1.0, 1.0, 1.0, 1.0)),
}


class SizeUnclear(ValueError):
    """The size is no length, and no length times a width, in centimetres."""


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


def figure_for(age: int | None) -> str:
    """Return which figure is drawn for an age in years; a child's where the age is not known."""
    if age is None:
        return "child"
    return next((figure.code for figure in FIGURES if age < int(figure.more["until_age"])), "adolescent")


def outline(path: str, figure: str) -> str:
    """Return a region's path as the figure has it; paths hold absolute points alone. Raises KeyError."""
    heights, widths = BANDS[figure]
    numbers = iter(NUMBER.findall(path))
    points = [_moved(float(x), float(y), heights, widths) for x, y in zip(numbers, numbers, strict=True)]
    moved = iter(value for point in points for value in point)
    return NUMBER.sub(lambda _old: next(moved), path)


def middle(path: str) -> tuple[int, int]:
    """Return about the middle of a region, where its numbers stand."""
    values = [float(value) for value in NUMBER.findall(path)]
    across, down = values[::2], values[1::2]
    return round((min(across) + max(across)) / 2), round((min(down) + max(down)) / 2) + 4


def _moved(x: float, y: float, heights: tuple[int, ...], widths: tuple[float, ...]) -> tuple[str, str]:
    band = next((index for index in range(1, len(HEIGHTS) - 1) if y <= HEIGHTS[index]), len(HEIGHTS) - 1)
    part = (y - HEIGHTS[band - 1]) / (HEIGHTS[band] - HEIGHTS[band - 1])
    width = widths[band - 1] + part * (widths[band] - widths[band - 1])
    height = heights[band - 1] + part * (heights[band] - heights[band - 1])
    return f"{100 + (x - 100) * width:.1f}", f"{height:.1f}"
