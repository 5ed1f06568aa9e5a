"""Who leads, who may, and to whom the lead of a file is offered."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from arasha.cases import rules
from arasha.cases.models import Case, LeadOffer
from arasha.kernel.access.models import Dossier, Member, Post, Tenure, Unit, UnitFunction
from arasha.kernel.access.queries import body_for, post_holders, supervisor_of, team_of, visible_dossiers
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import local

# Coordination is a function resolved per territory and date: the nearest level that exists answers.
COORDINATION = ("coordination_district", "coordination_region", "coordination_nation")
# Who takes a file that nobody leads. The nation's coordinator oversees and does not act in a child's file.
TAKE_VACANT = COORDINATION[:2]
LEFT_WITHIN = timedelta(days=7)


def file(actor: Actor, dossier: UUID) -> Dossier | None:
    """Return a file, or None: it is not there, for this actor or at all."""
    return visible_dossiers(actor).filter(pk=dossier).select_related("lead_unit").first()


def link(dossier: UUID, subject: str = "") -> str:
    """Return the address of a file's page, or of one subject of it."""
    return f"/cases/{dossier}/{subject}/" if subject else f"/files/{dossier}/"


def team(dossier: UUID) -> list[Member]:
    """Return the present team of a file that the actor of this transaction is on."""
    return team_of([dossier])


def coordination_of(territory: str, at: datetime) -> Unit | None:
    """Return the unit that coordinates a territory on that date, or None when no level has one."""
    return next((unit for function in COORDINATION if (unit := body_for(function, territory, at))), None)


def coordinates_since(territory: str, at: datetime) -> UnitFunction | None:
    """Return with which function, and since when, the unit that coordinates a territory does so."""
    unit = coordination_of(territory, at)
    held = UnitFunction.objects.filter(Q(until=None) | Q(until__gt=at), unit=unit, since__lte=at)
    found = held.filter(function__in=COORDINATION).select_related("unit", "function", "territory")
    return found.order_by("since").first() if unit else None


def offer_of(dossier: UUID) -> LeadOffer | None:
    """Return the offer of a file's lead that waits for an answer."""
    return LeadOffer.objects.filter(dossier=dossier, state="offered").select_related("to_unit", "from_unit").first()


def offered(actor: Actor) -> QuerySet[LeadOffer]:
    """Return the leads that are offered to the actor's unit and wait for its answer, the oldest first."""
    open_ = LeadOffer.objects.filter(to_unit=actor.unit_id or 0, state="offered")
    return open_.select_related("from_unit", "dossier").order_by("offered_at", "id")


def may_lead(unit: int, at: datetime, kind: str = "case") -> bool:
    """Say whether a unit stands on that date and has a function that leads files of a kind."""
    day = local(at).date()
    held = UnitFunction.objects.filter(
        Q(until=None) | Q(until__gt=at),
        Q(unit__valid_to=None) | Q(unit__valid_to__gt=day),
        unit=unit,
        since__lte=at,
        unit__valid_from__lte=day,
        function__in=rules.LEADERS_OF[kind],
    )
    return held.exists()


def next_lead(unit: int, territory: str, at: datetime) -> Unit | None:
    """Return who takes a file from a unit that nobody sits in: the unit above it, else whoever coordinates there."""
    before = Unit.objects.get(pk=unit)
    above = supervisor_of(before, at)
    while above is not None and not (may_lead(above.pk, at) and post_holders(above, at).exists()):
        above = supervisor_of(above, at)
    if above is not None:
        return above
    near = (body_for(function, territory, at) for function in TAKE_VACANT)
    return next((found for found in near if found and found.pk != unit and post_holders(found, at).exists()), None)


def led_by_who_left(at: datetime) -> QuerySet[Case]:
    """Return the open cases whose worker has left the unit that leads them, within the last week."""
    left = Tenure.objects.filter(until__gt=at - LEFT_WITHIN, until__lte=at).values("user")
    sits = Post.objects.filter(
        Q(until=None) | Q(until__gt=at), holder=OuterRef("lead_user"), unit=OuterRef("lead_unit"), since__lte=at
    )
    return Case.objects.filter(~Exists(sits), state="open", lead_user__in=left).order_by("id")
