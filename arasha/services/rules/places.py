"""The outlines of the regions and the points of districts (`data/README.md`): read once, published, of nobody."""

import csv
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
# The box in which the outlines are drawn.
WIDTH, HEIGHT = 1000, 571
EARTH = 6371


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


def kilometres(one: str, other: str) -> int | None:
    """Return about how far the points of two districts lie apart, straight over the globe (haversine).

    None where one of them has no point: nobody is told a distance that was guessed.
    """
    known = {kato: (radians(latitude), radians(longitude)) for kato, latitude, longitude in points()}
    if one not in known or other not in known:
        return None
    (north, east), (to_north, to_east) = known[one], known[other]
    half = sin((to_north - north) / 2) ** 2 + cos(north) * cos(to_north) * sin((to_east - east) / 2) ** 2
    return round(2 * EARTH * asin(sqrt(half)))
