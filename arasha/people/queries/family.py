"""A file's family: kin, households and what surrounds it."""

from dataclasses import dataclass
from uuid import UUID

from arasha.kernel.access.rules import Actor
from arasha.people import models
from arasha.people.queries.people import people_of


@dataclass(frozen=True)
class Family:
    """The people of a file with their ties, households and surroundings; what was taken back is left out."""

    people: list[models.Person]
    ties: list[models.Kinship]
    residences: list[models.Residence]
    surroundings: list[models.Surrounding]

    def household_of(self, person: UUID) -> list[int]:
        """Return the households in which somebody lives now."""
        return sorted({row.household for row in self.residences if row.person_id == person and row.until is None})


def family_of(actor: Actor, dossier: UUID) -> Family:
    """Return the family of a file, as far as the reader may know it."""
    people = people_of(actor, dossier)
    known = {person.pk for person in people}
    ties = models.Kinship.objects.filter(dossier=dossier, ended_at=None).order_by("recorded_at", "id")
    residences = models.Residence.objects.filter(dossier=dossier, ended_at=None).order_by("recorded_at", "id")
    surroundings = models.Surrounding.objects.filter(dossier=dossier, ended_at=None).order_by("recorded_at", "id")
    return Family(
        people=people,
        ties=[tie for tie in ties if {tie.person_id, tie.other_id} <= known],
        residences=[row for row in residences if row.person_id in known],
        surroundings=list(surroundings),
    )
