"""Injuries of a file by the days on which they were seen, as far as the reader reads its facet of health."""

from dataclasses import dataclass
from uuid import UUID

from arasha.cases.models import Injury
from arasha.cases.queries.frame import place
from arasha.kernel.access.rules import Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed


@dataclass(frozen=True)
class Seen:
    """An injury on a day, and what was said of it; None where that was lawfully erased."""

    row: Injury
    words: str | None = ""


def injuries_of(dossier: UUID) -> list[Seen]:
    """Return every injury, the day seen last first; those struck too."""
    rows = list(
        Injury.objects.filter(dossier=dossier)
        .select_related("unit", "document")
        .order_by("-seen_on", "recorded_at", "id")
    )
    spoken = [row for row in rows if row.sealed is not None]
    here = place(dossier, Facet.HEALTH, "cases_injury")
    opened = open_many([Sealed(bytes(row.sealed or b""), row=str(row.pk), **here) for row in spoken])
    words = dict(zip((row.pk for row in spoken), opened, strict=True))
    return [Seen(row, words.get(row.pk, "")) for row in rows]


def first_of(dossier: UUID, injury: UUID | None) -> UUID | None:
    """Return the row with which an injury was seen first, of whichever of its rows."""
    row = Injury.objects.filter(dossier=dossier, pk=injury).first() if injury else None
    return (row.first_id or row.pk) if row else None
