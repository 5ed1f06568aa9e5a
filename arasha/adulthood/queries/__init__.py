"""What is read of growing up."""

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
    "Read",
    "ageing",
    "application_of",
    "applications_of",
    "birth_of",
    "is_newly_lost",
    "newly_lost",
    "race_of",
    "standing",
]
