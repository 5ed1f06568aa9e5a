"""What is read of growing up."""

from arasha.adulthood.queries.growing import Point, entries, missing, of_age, points, to_begin
from arasha.adulthood.queries.reading import (
    AgeRow,
    Read,
    ageing,
    application_of,
    applications_of,
    birth_of,
    race_of,
    standing,
)
from arasha.adulthood.queries.watching import is_newly_lost, newly_lost

__all__ = [
    "AgeRow",
    "Point",
    "Read",
    "ageing",
    "application_of",
    "applications_of",
    "birth_of",
    "entries",
    "is_newly_lost",
    "missing",
    "newly_lost",
    "of_age",
    "points",
    "race_of",
    "standing",
    "to_begin",
]
