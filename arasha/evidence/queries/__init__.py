"""Every read about received files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count
from django.urls import reverse

from arasha.evidence import policy
from arasha.evidence.models import Custody, Exhibit
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Actor
from arasha.kernel.vault.queries import file_name, received_sha256

__all__ = ["Line", "counted", "custody_of", "exhibit", "exhibits", "link", "original_facts"]


@dataclass(frozen=True)
class Line:
    """One line of a custody record; `who` is empty for the clock's work and for the teller."""

    at: datetime
    what: str
    detail: str
    who: str
    unit: str


def link(dossier: UUID) -> str:
    """Return the address of a dossier's received files."""
    return reverse("evidence:list", kwargs={"dossier": dossier})


def exhibits(actor: Actor, dossier: UUID) -> Sequence[Exhibit]:
    """Return the files that were received for a dossier, as far as they are there for who acts."""
    if not policy.may_see(actor, dossier):
        return []
    return list(Exhibit.objects.filter(dossier=dossier).select_related("handed_unit").order_by("number"))


def counted(dossiers: Sequence[UUID]) -> list[tuple[UUID, int]]:
    """Return for each of these dossiers to which files came how many, as far as they are there for who acts."""
    found = Exhibit.objects.filter(dossier__in=dossiers).values_list("dossier").annotate(n=Count("pk"))
    return list(found.order_by("dossier"))


def exhibit(actor: Actor, dossier: UUID, number: int) -> Exhibit | None:
    """Return one of them."""
    return next((row for row in exhibits(actor, dossier) if row.number == number), None)


def custody_of(row: Exhibit) -> list[Line]:
    """Return the lines of a custody record in their order."""
    rows = list(Custody.objects.filter(exhibit=row).select_related("unit").order_by("line"))
    names = names_of({line.user_id for line in rows if line.user_id})
    return [
        Line(line.at, line.what, line.detail, names.get(line.user_id or 0, ""), line.unit.name if line.unit else "")
        for line in rows
    ]


def original_facts(row: Exhibit) -> tuple[str, str]:
    """Return the name and the SHA-256 of what was received, for who was given the original. Raises VaultError."""
    return file_name(row.original), received_sha256(row.original).hex()
