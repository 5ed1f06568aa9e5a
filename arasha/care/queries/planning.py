"""The plan of a visit as it stands, and which posts may go."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from arasha.care.models import Visit, VisitPlan
from arasha.cases.queries import place
from arasha.kernel.access.models import Post, Unit
from arasha.kernel.access.queries import post_holders
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.vault.queries import open_text
from arasha.kernel.vault.rules import KeyErased


@dataclass(frozen=True)
class Planned:
    """A plan that counts, with its words by name; None: they were erased. `before`: how many stood before it."""

    row: VisitPlan
    words: dict[str, str] | None = field(repr=False)

    @property
    def before(self) -> int:
        """How many plans of the visit stood before this one."""
        return self.row.number - 1


def plans_of(visits: Iterable[Visit]) -> dict[UUID, Planned]:
    """Return the plan that counts of each visit, by visit."""
    rows = VisitPlan.objects.filter(visit__in=list(visits)).select_related("unit").order_by("number")
    return {row.visit_id: Planned(row, _words(row)) for row in {row.visit_id: row for row in rows}.values()}


def may_go(actor: Actor, now: datetime) -> list[Post]:
    """Return the posts of the actor's unit that somebody holds."""
    unit = Unit.objects.filter(pk=actor.unit_id or 0).first()
    return list(post_holders(unit, now)) if unit else []


def holders_of(posts: Iterable[int]) -> dict[int, int]:
    """Return who holds these posts, by post."""
    rows = Post.objects.filter(pk__in=list(posts), holder__isnull=False)
    return {post: holder for post, holder in rows.values_list("pk", "holder_id") if holder}


def _words(row: VisitPlan) -> dict[str, str] | None:
    try:
        here = place(row.dossier_id, Facet.OBLIGATIONS, "care_visitplan")
        found: dict[str, str] = json.loads(open_text(bytes(row.sealed), row=str(row.pk), **here))
    except KeyErased:
        return None
    return found
