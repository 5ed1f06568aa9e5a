"""Who else is thought of in a file, and whether all have been decided on."""

from uuid import UUID

from django.db import DatabaseError, connection, transaction

from arasha.cases.models import CaseOrigin, Considered
from arasha.kernel.access.queries import may_write
from arasha.kernel.access.rules import Facet, from_database


def facet_for_considered(dossier: UUID) -> Facet:
    """Return under which facet the actor names somebody: what worries, or obligations for who may not write that."""
    return Facet.CONCERN if may_write(dossier, Facet.CONCERN) else Facet.OBLIGATIONS


def considered_of(dossier: UUID) -> list[Considered]:
    """Return who is thought of in a file and in the signals that are in it, who waits for a decision first."""
    rows = Considered.objects.filter(dossier__in=_with_signals(dossier)).select_related("unit", "named_by")
    return sorted(rows, key=lambda row: (bool(row.reason), row.named_at, row.pk))


def considered_one(dossier: UUID, considered: UUID) -> Considered | None:
    """Return one of them, or None: not there, for this reader or at all."""
    return Considered.objects.filter(dossier__in=_with_signals(dossier), pk=considered).first()


def considered_count(dossier: UUID, kind: str) -> tuple[int, int]:
    """Return how many of a kind are listed, and how many wait; also of those whom the actor may not read.

    For who may write what the file owes. Raises access.rules.NotThere.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT listed, undecided FROM cases.considered(%s::uuid, %s)", [dossier, kind])
            listed, undecided = cursor.fetchone()
    except DatabaseError as error:
        raise from_database(error) from error
    return listed, undecided


def _with_signals(dossier: UUID) -> list[UUID]:
    joined = CaseOrigin.objects.filter(dossier=dossier, left_at=None).values_list("signal_dossier_id", flat=True)
    return [dossier, *joined]
