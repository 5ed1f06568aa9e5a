"""What one data key covers: one facet of one dossier or person."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import models

# Bit numbers of the facets (design section 4). `access_facet` shows them with labels; here they are law,
# because a key, once made, is bound to them.
FACETS: Final[dict[str, int]] = {
    "identity": 0,
    "contacts": 1,
    "concern": 2,
    "health": 3,
    "education": 4,
    "justice": 5,
    "plan": 6,
    "obligations": 7,
    "narrative": 8,
    "reporter": 16,
    "interview": 17,
    "reproductive": 18,
    "address": 19,
    "documents": 20,
    "adult_safety": 21,
}
# Facets whose data keys are wrapped by the second ring, which may live in a process of its own.
APART: Final[frozenset[str]] = frozenset({"reporter", "interview"})


class ScopeKind(models.TextChoices):
    """Whose key it is."""

    DOSSIER = "dossier"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Scope:
    """One data key's reach. `facet` is a facet code; an unknown kind or facet raises ValueError."""

    kind: str
    key: UUID
    facet: str

    def __post_init__(self) -> None:
        """Refuse what no key may be made for."""
        if self.kind not in ScopeKind.values:
            raise ValueError(f"unknown kind of scope: {self.kind}")
        if self.facet not in FACETS:
            raise ValueError(f"unknown facet: {self.facet}")
        if not isinstance(self.key, UUID):
            raise TypeError("a scope's key is a UUID")

    @property
    def bit(self) -> int:
        """The facet's bit number, as tables and policies hold it."""
        return FACETS[self.facet]

    @property
    def ring(self) -> str:
        """Which ring of wrapping keys covers this scope: "general" or "apart"."""
        return "apart" if self.facet in APART else "general"


def facet_code(bit: int) -> str:
    """Return the facet code of a bit number; ValueError when there is none."""
    for code, number in FACETS.items():
        if number == bit:
            return code
    raise ValueError(f"no facet has the bit {bit}")
