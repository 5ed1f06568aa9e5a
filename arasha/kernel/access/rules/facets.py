"""Facets are bits of a mask; parts say how somebody came to the dossier."""

from enum import IntEnum


class Facet(IntEnum):
    """The bit of each facet; from 16 on they are sealed and need a grant by name."""

    IDENTITY = 0
    CONTACTS = 1
    CONCERN = 2
    HEALTH = 3
    EDUCATION = 4
    JUSTICE = 5
    PLAN = 6
    OBLIGATIONS = 7
    NARRATIVE = 8
    REPORTER = 16
    INTERVIEW = 17
    REPRODUCTIVE = 18
    ADDRESS = 19
    DOCUMENTS = 20
    ADULT_SAFETY = 21

    @property
    def sealed(self) -> bool:
        """Whether the facet needs a grant of its own, whatever the part."""
        return self >= FIRST_SEALED


FIRST_SEALED = 16
FACETS = tuple(Facet)
ORDINARY = (1 << FIRST_SEALED) - 1
SEALED = sum(1 << facet for facet in FACETS if facet.sealed)
PARTS = ("lead", "partner", "obliged", "overseeing", "informed", "granted")


def mask(*facets: Facet) -> int:
    """Return the bit mask of some facets."""
    return sum(1 << facet for facet in set(facets))
