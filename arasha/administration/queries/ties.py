"""Declared ties, as far as row security shows them: one's own, and those of people for whom one answers."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from arasha.kernel.access.models import Body, Tie
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Actor

MOST_FOUND = 30


def own_ties(actor: Actor) -> Sequence[Tie]:
    """Return one's own ties, those that stand first."""
    rows = Tie.objects.filter(user=actor.user_id or 0, struck_at=None).select_related("body")
    return sorted(rows, key=lambda row: (row.until is not None, row.since, row.pk))


def ties_below(actor: Actor) -> list[tuple[str, Tie]]:
    """Return the ties of those for whom one answers, with their names: as their head, or as administrator."""
    rows = Tie.objects.exclude(user=actor.user_id or 0).filter(struck_at=None).select_related("body")
    found = list(rows.order_by("user", "since", "id"))
    names = names_of([row.user_id for row in found])
    return sorted(((names.get(row.user_id, ""), row) for row in found), key=lambda one: one[0])


def tie(pk: UUID) -> Tie | None:
    """Return one tie that may be seen, or None."""
    return Tie.objects.filter(pk=pk, struck_at=None).first()


def bodies_called(text: str) -> list[Body]:
    """Return bodies in whose name each word of a text stands, in any of the three languages; refuges are not named."""
    words = text.split()
    if not words:
        return []
    wanted = Q()
    for name in ("name_kk", "name_ru", "name_en"):
        found = Q()
        for word in words[:8]:
            found &= Q(**{f"{name}__icontains": word})
        wanted |= found
    rows = Body.objects.filter(wanted, protected=False).order_by("name_kk", "id")[:MOST_FOUND]
    return sorted(rows, key=lambda body: body.name)
