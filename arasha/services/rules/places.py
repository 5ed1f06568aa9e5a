"""The outlines of the regions and the points of districts (`data/README.md`): read once, published, of nobody."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
# The box in which the outlines are drawn.
WIDTH, HEIGHT = 1000, 571


@dataclass(frozen=True, slots=True)
class Outline:
    """A region as an SVG path, and a point inside it."""

    kato: str
    x: int
    y: int
    shape: str


@cache
def outlines() -> tuple[Outline, ...]:
    """Return the twenty regions, the small ones, which lie inside others, last."""
    with (DATA / "region_shapes.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            Outline(row["kato"], int(row["label_x"]), int(row["label_y"]), row["shape"]) for row in csv.DictReader(file)
        ]
    return tuple(sorted(rows, key=lambda row: -len(row.shape)))


@cache
def points() -> tuple[tuple[str, float, float], ...]:
    """Return code, latitude and longitude of the districts that have a point."""
    with (DATA / "district_points.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["kato"], float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(file))
