"""A file's removals as a reader reads them, and all that go on in the files that are there for the reader."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from arasha.care.models import Removal, RemovalPart
from arasha.cases.models import Case
from arasha.cases.queries import of_dossiers, place, safety_of
from arasha.kernel.access.queries import on_team
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.vault.queries import open_text
from arasha.kernel.vault.rules import KeyErased
from arasha.obligations.models import Obligation
from arasha.obligations.rules import OWED

CLAIM = "claim_to_court"
STANDING = [one.value for one in OWED]


@dataclass(frozen=True)
class Known:
    """What is known of one part of a removal; `words` None: there are none, or they were erased."""

    row: RemovalPart
    words: str | None = field(repr=False)


@dataclass(frozen=True)
class Standing:
    """A removal that goes on: the case, the parts' answers by kind, the duty of the claim."""

    row: Removal
    case: Case | None
    answers: dict[str, str]
    claim: Obligation | None


def current(actor: Actor) -> QuerySet[Removal]:
    """Return the removals that go on in the files that the actor's unit or the actor works on, the oldest first."""
    return Removal.objects.filter(on_team(actor), ended_at=None).select_related("unit").order_by("at", "pk")


def standing_shown(actor: Actor, shown: str) -> QuerySet[Removal]:
    """Return those that go on, narrowed: `kin`: nobody said whether kin was asked; `apart`: siblings apart."""
    rows = current(actor)
    parts = RemovalPart.objects.filter(removal=OuterRef("pk"))
    if shown == "kin":
        return rows.exclude(Exists(parts.filter(kind="kin")))
    if shown == "apart":
        newest = parts.filter(kind="siblings").order_by("-number").values("answer")[:1]
        return rows.annotate(siblings=Subquery(newest)).filter(siblings__in=["apart", "left_home"])
    return rows


def of_file(dossier: UUID) -> list[Removal]:
    """Return a file's removals, the newest first."""
    rows = Removal.objects.filter(dossier=dossier).select_related("unit", "ended_by")
    return list(rows.order_by("-at", "-pk"))


def standing(rows: Sequence[Removal]) -> list[Standing]:
    """Return removals with what a list says of them: never a word, never where a protected child is."""
    known = of_dossiers([row.dossier_id for row in rows])
    duties = duties_about([row.pk for row in rows])
    answers: dict[UUID, dict[str, str]] = {}
    for part in RemovalPart.objects.filter(removal__in=rows).order_by("number"):
        answers.setdefault(part.removal_id, {})[part.kind] = part.answer
    return [
        Standing(
            row,
            known.get(row.dossier_id),
            answers.get(row.pk, {}),
            next((duty for duty in duties.get(row.pk, []) if duty.step == CLAIM), None),
        )
        for row in rows
    ]


def known_of(removal: Removal) -> dict[str, Known]:
    """Return what is known of a removal by part: the newest of each."""
    known: dict[str, Known] = {}
    for row in RemovalPart.objects.filter(removal=removal).select_related("unit").order_by("number"):
        known[row.kind] = Known(row, _words(row))
    return known


def duties_about(about: Sequence[UUID], *, owed: bool = False) -> dict[UUID, list[Obligation]]:
    """Return the duties about these rows, those due first in front; with `owed` only what is still owed."""
    rows = Obligation.objects.filter(about__in=about, replaced_by=None).select_related("unit", "protocol")
    if owed:
        rows = rows.filter(state__in=STANDING)
    found: dict[UUID, list[Obligation]] = {}
    for row in rows.order_by("due_now", "step"):
        if row.about is not None:
            found.setdefault(row.about, []).append(row)
    return found


def safe_since(dossier: UUID, moment: datetime, now: datetime) -> bool:
    """Say whether somebody judged after this moment that the child is safe, and that judgement still counts."""
    last = safety_of(dossier, now)
    return last.state == "safe" and last.judged_at is not None and last.judged_at > moment


def removal_link(dossier: UUID) -> str:
    """Return the address of a file's page of removal."""
    return f"/files/{dossier}/removal/"


def _words(row: RemovalPart) -> str | None:
    if row.sealed is None:
        return None
    try:
        here = place(row.dossier_id, Facet.OBLIGATIONS, "care_removalpart")
        return open_text(bytes(row.sealed), row=str(row.pk), **here)
    except KeyErased:
        return None
