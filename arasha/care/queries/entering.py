"""Which unit may enter a home near a child, and what became of visits that were asked for."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from arasha.care.models import Visit, VisitMade
from arasha.care.queries.removed import duties_about
from arasha.care.rules import ENTER, RIGHTS
from arasha.cases.queries import place
from arasha.kernel.access.models import Unit, UnitFunction
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.territory.queries import district_of, region_of
from arasha.kernel.vault.queries import open_text
from arasha.kernel.vault.rules import KeyErased
from arasha.obligations.models import Obligation
from arasha.obligations.queries import Finder


@dataclass(frozen=True)
class Entering:
    """A unit near the child that may enter a home, and by which function."""

    unit: Unit
    function: str


@dataclass(frozen=True)
class Tried:
    """One try of a visit, with facts and opinion; None: they were erased."""

    row: VisitMade
    facts: str | None = field(repr=False)
    opinion: str | None = field(repr=False)
    alone: str = ""
    word: str = ""


@dataclass(frozen=True)
class Asked:
    """A visit that was asked for: why and what to mind, its duties, and what was tried."""

    row: Visit
    words: str | None = field(repr=False)
    duties: list[Obligation]
    tried: list[Tried]


def way_of(actor: Actor) -> tuple[str, list[str]]:
    """Return how the actor's unit may enter (`enters`, `consent`, `none`), and by which functions of the list."""
    own = [row.code for row in RIGHTS if row.code in actor.functions]
    ways = {RIGHTS[code].more["way"] for code in own}
    return next((way for way in ("enters", "consent") if way in ways), "none"), own


def entering_units(dossier: UUID, territory: str, now: datetime) -> list[Entering]:
    """Return the units of the child's district and region that may enter a home; none in which all are barred."""
    places = [one.kato for one in (district_of(territory), region_of(territory)) if one is not None]
    serving = (
        UnitFunction.objects.filter(
            Q(until=None) | Q(until__gt=now),
            function__in=ENTER,
            territory__in=places,
            since__lte=now,
            unit__body__protected=False,
        )
        .select_related("unit")
        .order_by("unit__name_kk", "pk")
    )
    finder = Finder(now)
    return [Entering(one.unit, one.function_id) for one in serving if finder.named(dossier, one.unit_id) is not None]


def visits_of(dossier: UUID) -> list[Asked]:
    """Return the visits asked for in a file that the reader reads, the newest first."""
    rows = list(Visit.objects.filter(dossier=dossier).select_related("unit").order_by("-asked_at", "-pk"))
    duties = duties_about([row.pk for row in rows])
    made = list(VisitMade.objects.filter(visit__in=rows).select_related("unit").order_by("-at", "-pk"))
    tried = [_tried(one) for one in made]
    return [
        Asked(
            row,
            _opened(bytes(row.sealed), row.pk, dossier, "care_visit"),
            duties.get(row.pk, []),
            [one for one in tried if one.row.visit_id == row.pk],
        )
        for row in rows
    ]


def _tried(row: VisitMade) -> Tried:
    words = _opened(bytes(row.sealed), row.pk, row.dossier_id, "care_visitmade")
    said = json.loads(words) if words else {}
    return Tried(row, said.get("facts"), said.get("opinion"), said.get("alone", ""), said.get("word", ""))


def _opened(sealed: bytes, row: UUID, dossier: UUID, table: str) -> str | None:
    try:
        return open_text(sealed, row=str(row), **place(dossier, Facet.OBLIGATIONS, table))
    except KeyErased:
        return None
