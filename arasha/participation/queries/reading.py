"""What was told of offerings, what few said, and what is to be read."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.rules import Actor
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Scope, Sealed
from arasha.participation import policy
from arasha.participation.models import Invitation, Round, Text

PAGE = 50


@dataclass(frozen=True, slots=True)
class Told:
    """A half-year as everybody may read it. `words` are the provider's answer in kk, ru, en; empty without one."""

    round: UUID
    period: str
    invited: int
    answers: int
    figures: dict[str, Any]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What one child wrote, as its reader sees it; `words` None: erased."""

    text: Text
    words: str | None


def told(offering: UUID) -> list[Told]:
    """Return what was told of an offering, the newest first; of a protected one what was told of its region's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT round, period, invited, answers, figures, words FROM participation.told(%s)", [offering])
        rows = cursor.fetchall()
    return [
        Told(
            round_id,
            period,
            invited,
            answers,
            figures if isinstance(figures, dict) else json.loads(figures),
            tuple(words or ()),
        )
        for round_id, period, invited, answers, figures, words in rows
    ]


def told_of(offerings: Sequence[UUID]) -> frozenset[UUID]:
    """Return those of the offerings of which something was told to everybody: no more than their own pages say."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o FROM unnest(%s::uuid[]) o WHERE EXISTS (SELECT FROM participation.told(o))", [list(offerings)]
        )
        return frozenset(row[0] for row in cursor.fetchall())


def told_mine(actor: Actor, offering: UUID) -> bool:
    """Say whether the offering is of the actor's own organisation and may be answered for (no protected one is)."""
    return policy.own(actor).filter(pk=offering, protected=False).exists()


def invitations(dossier: UUID) -> list[Invitation]:
    """Return the newest invitations of a file."""
    found = Invitation.objects.filter(dossier=dossier).select_related("unit")
    return list(found.order_by("-given_on", "id")[:PAGE])


def rounds(actor: Actor, begin: int = 0) -> list[Round]:
    """Return the half-years that the actor supervises, the newest first; one more than a page."""
    found = policy.rounds(actor).select_related("place", "offering__site__provider__body")
    return list(found.order_by("-period", "service", "id")[begin : begin + PAGE + 1])


@sensitive_variables()
def words_of(actor: Actor, begin: int = 0) -> list[Line]:
    """Return what waits to be read, what may tell of harm first; one more than a page."""
    found = policy.visible_to(actor).filter(state="waiting").select_related("round__offering__site__provider__body")
    rows = list(found.order_by("-marked", "round__period", "id")[begin : begin + PAGE + 1])
    return [Line(row, words) for row, words in zip(rows, open_many(_sealed(rows)), strict=True)]


def _sealed(rows: Iterable[Text]) -> list[Sealed]:
    where = ("participation_text", "sealed")
    return [Sealed(bytes(row.sealed), Scope("dossier", row.dossier_id, "narrative"), *where, row.pk) for row in rows]
