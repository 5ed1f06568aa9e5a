"""Institutions of a territory, each with the newest that was said of it; those that have none first."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils.translation import get_language

from arasha.institutions import policy, rules
from arasha.institutions.models import Contact
from arasha.kernel.access.models import Unit, UnitFunction
from arasha.kernel.access.rules import Actor
from arasha.kernel.territory.queries import within
from arasha.kernel.territory.rules import parent_candidates
from arasha.people.queries import schools_and_clinics

ORDER = tuple(row.code for row in rules.STANDINGS)


def link(institution: int) -> str:
    """Return the address of an institution's page."""
    return reverse("institutions:one", args=[institution])


def institutions(actor: Actor, now: datetime, *, place: str = "", standings: Collection[str] = ()) -> QuerySet[Any]:
    """Return the institutions of a territory (the actor's own where none is named), those that have nothing first.

    Each has `police`, `team`, `said_at` of what was said last, `stands` (its place in `STANDINGS`), and is not closed.
    """
    newest = Contact.objects.filter(institution=OuterRef("pk")).order_by("-at", "id")
    known = _of(now).filter(territory__in=within(place or actor.territory).values("pk"), body__protected=False)
    known = known.annotate(
        police=Subquery(newest.values("police")[:1]),
        police_name=Subquery(newest.values(f"police__name_{(get_language() or 'kk')[:2]}")[:1]),
        police_phone=Subquery(newest.values("police__phone")[:1]),
        team=Subquery(newest.values("team")[:1]),
        said_at=Subquery(newest.values("at")[:1]),
    )
    rows: QuerySet[Any] = known.annotate(
        stands=Case(
            When(Q(said_at=None) | Q(police=None), then=Value(ORDER.index("none"))),
            When(team=[], then=Value(ORDER.index("no_team"))),
            When(said_at__lte=now - rules.CONFIRMED, then=Value(ORDER.index("stale"))),
            default=Value(ORDER.index("kept")),
            output_field=IntegerField(),
        )
    )
    if standings:
        rows = rows.filter(stands__in=[ORDER.index(code) for code in standings])
    return rows.select_related("territory", "body").order_by("stands", "name_kk", "pk")


def counted(actor: Actor, now: datetime, place: str = "") -> dict[str, int]:
    """Return how many institutions of a territory stand how, by the code of `STANDINGS`; the others 0."""
    found = dict.fromkeys(ORDER, 0)
    for stands in institutions(actor, now, place=place).order_by().values_list("stands", flat=True):
        found[ORDER[stands]] += 1
    return found


def institution(actor: Actor, pk: int, now: datetime) -> Unit | None:
    """Return an institution that is there for the actor, or None."""
    unit = _of(now).select_related("territory", "body").filter(pk=pk).first()
    return unit if unit is not None and policy.may_see(actor, unit) else None


def newest(actor: Actor, institution: int) -> Contact | None:
    """Return what was said last of an institution."""
    return history(actor, institution).first()


def history(actor: Actor, institution: int) -> QuerySet[Contact]:
    """Return everything that was said of an institution, the newest first."""
    rows = policy.visible_to(actor).filter(institution=institution).select_related("police", "unit")
    return rows.order_by("-at", "id")


def answering(institution: Unit, now: datetime) -> list[Unit]:
    """Return the police units that may answer for an institution: those whose territory holds it."""
    place = institution.territory_id
    held = _held(rules.ANSWERING, now).filter(territory__in=[place, *parent_candidates(place)])
    return list(Unit.objects.filter(pk__in=held.values("unit")).order_by("name_kk", "pk"))


def near(actor: Actor, dossier: UUID, now: datetime) -> list[Unit]:
    """Return the institutions of a file's place with how each stands, as `institutions` does."""
    there: Sequence[int] = [pk for pk, _name in schools_and_clinics(dossier)]
    found = _of(now).filter(pk__in=there).values_list("territory", flat=True).distinct()
    rows: list[Unit] = []
    for place in found:
        rows += list(institutions(actor, now, place=place).filter(pk__in=there))
    return rows


def _held(functions: frozenset[str], now: datetime) -> QuerySet[UnitFunction]:
    return UnitFunction.objects.filter(Q(until=None) | Q(until__gt=now), function__in=functions, since__lte=now)


def _of(now: datetime) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=_held(rules.INSTITUTIONS, now).values("unit"))
