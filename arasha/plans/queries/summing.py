"""The joint summary: its versions, who signed which, and the views that stand beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Scope, Sealed
from arasha.plans.models import Assessment, AssessmentPart, AssessmentSummary, DifferentView, SummarySignature


@dataclass(frozen=True)
class Signed:
    """One signature under a version of the summary."""

    unit: str
    name: str
    at: datetime
    stands: str


@dataclass(frozen=True)
class View:
    """What a unit sees otherwise; `words` None where they were lawfully erased."""

    unit: str
    name: str
    at: datetime
    words: str | None


def place_of_view(dossier: UUID, facet: int) -> dict[str, Any]:
    """Return where a different view lies in the vault."""
    scope = Scope(kind="dossier", key=dossier, facet=Facet(facet).name.lower())
    return {"scope": scope, "table": "plans_differentview", "column": "sealed"}


def summaries_of(assessment: Assessment) -> list[AssessmentSummary]:
    """Return the versions of a summary that were written, the newest first, for who may read them."""
    rows = AssessmentSummary.objects.filter(assessment=assessment, written_at__isnull=False)
    return list(rows.select_related("unit").order_by("-number"))


def being_written(assessment: Assessment) -> AssessmentSummary | None:
    """Return the version that is being written, or None."""
    return AssessmentSummary.objects.filter(assessment=assessment, written_at=None).order_by("-number").first()


def signatures_of(summary: AssessmentSummary) -> list[Signed]:
    """Return who signed a version, in the order in which they did."""
    rows = list(SummarySignature.objects.filter(summary=summary).select_related("unit").order_by("signed_at", "id"))
    names = names_of({row.user_id for row in rows})
    return [Signed(row.unit.name, names.get(row.user_id, ""), row.signed_at, row.stands) for row in rows]


def unsigned(summary: AssessmentSummary) -> list[str]:
    """Return the names of the units that took part and have not signed this version."""
    took_part = done_parts(summary.assessment).filter(state="done").select_related("unit")
    signed = set(SummarySignature.objects.filter(summary=summary).values_list("unit_id", flat=True))
    units = {part.unit_id: part.unit.name for part in took_part.order_by("asked_at", "id")}
    return [name for unit, name in units.items() if unit not in signed]


def done_parts(assessment: Assessment) -> QuerySet[AssessmentPart]:
    """Return the parts that were handed in and that everybody on the file sees.

    What an adolescent wished to keep apart makes nobody a signatory: a signature without a part would give it away.
    """
    return AssessmentPart.objects.filter(assessment=assessment, facet=int(Facet.OBLIGATIONS), done_at__isnull=False)


def took_part(actor: Actor, assessment: Assessment) -> bool:
    """Say whether the actor's unit handed in a part of this assessment."""
    return done_parts(assessment).filter(unit=actor.unit_id or 0).exists()


def may_sign(actor: Actor, summary: AssessmentSummary | None) -> bool:
    """Say whether the actor's unit took part and has not signed this version yet."""
    if summary is None or actor.user_id is None or not took_part(actor, summary.assessment):
        return False
    return not SummarySignature.objects.filter(summary=summary, unit=actor.unit_id).exists()


@sensitive_variables()
def views_of(assessment: Assessment) -> list[View]:
    """Return the different views that the reader may read, the eldest first."""
    rows: Sequence[DifferentView] = list(
        DifferentView.objects.filter(assessment=assessment).select_related("unit").order_by("put_at", "number")
    )
    sealed = [Sealed(bytes(row.sealed), row=str(row.pk), **place_of_view(row.dossier_id, row.facet)) for row in rows]
    names = names_of({row.user_id for row in rows})
    return [
        View(row.unit.name, names.get(row.user_id, ""), row.put_at, words)
        for row, words in zip(rows, open_many(sealed), strict=True)
    ]
