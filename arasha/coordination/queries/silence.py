"""Silences of files that are noticed and last, as far as the reader's facets reach."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from arasha.cases.models import RiskJudgement
from arasha.cases.queries import place, risk_of
from arasha.coordination.models import Silence
from arasha.coordination.rules.watching import LEVELS
from arasha.kernel.access.queries import may_read, visible_dossiers
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed

# The last judgement of risk that the reader may know; nothing where there is none.
LEVEL = Subquery(
    RiskJudgement.objects.filter(dossier=OuterRef("dossier")).order_by("-judged_at", "id").values("level")[:1]
)
DRAWN = 30
PRESSING = Case(
    *(When(level=level, then=Value(n)) for n, level in enumerate(LEVELS)),
    default=Value(LEVELS.index("none")),
    output_field=IntegerField(),
)


@dataclass(frozen=True)
class SilenceRead:
    """A silence with the words with which it was muted; None: it was not, or they were erased."""

    row: Silence
    words: str | None


def silences_link(dossier: UUID) -> str:
    """Return the address of a file's silences."""
    return f"/files/{dossier}/silences/"


def mute_place(row: Silence) -> Any:
    """Return where the vault keeps the words with which a silence was muted."""
    return place(row.dossier_id, Facet(row.facet), "coordination_silence")


def silences_of(dossier: UUID) -> list[SilenceRead]:
    """Return a file's silences that last, the longest first."""
    rows = list(
        Silence.objects.filter(dossier=dossier, ended_at=None).select_related("muted_by").order_by("since", "id")
    )
    muted = [row for row in rows if row.sealed is not None]
    texts = open_many([Sealed(bytes(row.sealed or b""), row=str(row.pk), **mute_place(row)) for row in muted])
    words = dict(zip((row.pk for row in muted), texts, strict=True))
    return [SilenceRead(row, words.get(row.pk)) for row in rows]


def silences_drawn(dossier: UUID) -> list[Silence]:
    """Return a file's silences without words: those that last, the longest first, then the newest that ended."""
    rows = Silence.objects.filter(dossier=dossier).defer("sealed")
    return list(rows.order_by(F("ended_at").desc(nulls_first=True), "since", "id")[:DRAWN])


def lasting(actor: Actor, today: date, *, muted: bool = False) -> QuerySet[Silence]:
    """Return the silences that last in files that the actor's unit leads or watches over, the most pressing first.

    `muted`: only those that are muted now; else only those that are not.
    """
    asleep = Q(muted_until__gt=today)
    # By the reader's files, so that the country's silences are not asked one by one whether they may be read.
    files = visible_dossiers(actor)
    if not actor.functions & {"coordination_district", "coordination_region", "coordination_nation"}:
        files = files.filter(lead_unit=actor.unit_id)
    rows = Silence.objects.filter(ended_at=None, dossier__in=files.values("pk")).filter(asleep if muted else ~asleep)
    return rows.annotate(level=LEVEL).annotate(pressing=PRESSING).order_by("pressing", "since", "id")


def level_of(dossier: UUID) -> str:
    """Return a file's level of risk: `none` where nobody judged it, nothing where the reader may not know."""
    judged = risk_of(dossier)
    if judged is not None:
        return judged.level
    return "none" if may_read(dossier, Facet.CONCERN) else ""
