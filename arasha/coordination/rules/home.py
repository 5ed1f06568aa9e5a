"""Children away from their home district: who is, and when the next contact from home is asked for. No database."""

from dataclasses import dataclass
from uuid import UUID

from arasha.kernel.territory.rules import lies_in


@dataclass(frozen=True, slots=True)
class Away:
    """A child who may be away from home. `about`: the change of hands, or the address, from which that is known.

    `home` and `place` are codes of territories; `hidden`: nobody at home may learn where the child is.
    """

    dossier: UUID
    about: UUID
    home: str
    place: str
    lead: int
    hidden: bool

    @property
    def is_away(self) -> bool:
        """Say whether the place lies outside of home; a place that only says in which region it is may be home."""
        return not lies_in(self.place, self.home) and not lies_in(self.home, self.place)

    @property
    def owed_as(self) -> frozenset[str]:
        """The codes of the contact that is owed now."""
        return HIDDEN if self.hidden else OPENLY

    def contact(self, *, first: bool) -> str:
        """Return the code of the contact that is asked for next."""
        return "hidden" if self.hidden else "first" if first else "next"


# Steps of the procedure `contact_from_home`.
OPENLY = frozenset({"first_contact", "next_contact"})
HIDDEN = frozenset({"keep_tie"})
