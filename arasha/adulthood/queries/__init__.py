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

__all__ = ["AgeRow", "Read", "ageing", "application_of", "applications_of", "birth_of", "race_of", "standing"]
