"""Referrals of a file and of a unit, who can be referred to, and what a receiver would read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from arasha.cases import queries as cases
from arasha.cases.models import Case as CaseRow
from arasha.kernel.access.models import Dossier, Member, Unit
from arasha.kernel.access.queries import names_of, team_of
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed
from arasha.obligations.models import Obligation
from arasha.obligations.rules import OWED, RUNNING
from arasha.plans import rules as plans
from arasha.plans.models import Referral, ReferralStep, ServicePlace
from arasha.plans.queries.assessing import case_of
from arasha.plans.queries.outside import functions_of
from arasha.plans.queries.places import units_to_bring_in
from arasha.plans.rules import places
from arasha.plans.rules import referral as rules
from arasha.services import queries as services
from arasha.services.models import Offering

NAMED = ("place", "from_unit", "to_unit", "duty__unit", "back__unit")
RECEIVED = "/plans/referrals/received/"
# By which states of their places referrals are listed.
STANDING = {
    "open": Q(place__state__in=["asked", "waiting", "booked", "missed", "begun"]),
    "waits": Q(place__state="asked"),
    "back": Q(back__state__in=[state.value for state in OWED]),
    "over": Q(place__state__in=["ended", "refused", "withdrawn", "handed_over"]),
}


@dataclass(frozen=True)
class Receiver:
    """A unit that a child can be referred to. `joins`: it comes to the file by it; `functions`: what it reads by."""

    unit: Unit
    joins: bool
    functions: set[str]


@dataclass(frozen=True)
class ReferralStepRead:
    """A step of a referral with who took it, its words, and what the child says; None: they were erased."""

    row: ReferralStep
    who: str
    words: str | None
    child: str | None


def referral_link(referral: UUID) -> str:
    """Return the address of a referral's page."""
    return f"/plans/referrals/{referral}/"


def referral_words(dossier: UUID, column: str = "sealed") -> Any:
    """Return where the vault keeps the words of a referral's steps: of whoever took it, or the child's."""
    return {**cases.place(dossier, Facet.PLAN, "plans_referralstep"), "column": column}


def referral_of(referral: UUID) -> Referral | None:
    """Return one referral, or None: it is not there, for this reader or at all."""
    return Referral.objects.select_related(*NAMED).filter(pk=referral).first()


def referrals_of(dossier: UUID) -> list[Referral]:
    """Return a file's referrals, the newest first; for whom the plan is open."""
    return list(Referral.objects.select_related(*NAMED).filter(dossier=dossier).order_by("-sent_at", "id"))


def referrals_to(actor: Actor) -> QuerySet[Referral]:
    """Return what was sent to the actor's unit, in files that it is on, what is owed first comes first."""
    rows = Referral.objects.select_related(*NAMED).filter(to_unit=actor.unit_id or 0)
    return rows.order_by("-sent_at", "id")


def referrals_from(actor: Actor) -> QuerySet[Referral]:
    """Return what the actor's unit sent, and what was sent in files that it leads."""
    own = Dossier.objects.filter(lead_unit=actor.unit_id or 0).values("pk")
    rows = Referral.objects.select_related(*NAMED).filter(Q(from_unit=actor.unit_id or 0) | Q(dossier__in=own))
    return rows.order_by("-sent_at", "id")


def state_of(row: Referral) -> str:
    """Return how a referral stands, as a code of `referral_states.csv`."""
    return rules.state_of(row.place.state, seen=row.seen_at is not None, fed_back=row.fed_back_at is not None)


def owed_of(row: Referral) -> list[Obligation]:
    """Return the duties of a referral that are owed now, by whoever owes them by now."""
    return [duty for one in (row.duty, row.back) if one is not None and (duty := standing(one)) is not None]


def standing(duty: Obligation) -> Obligation | None:
    """Return the duty as it is owed now, also where it was passed on; None: it is owed no more."""
    current: Obligation | None = duty
    while current is not None and current.replaced_by_id is not None:
        current = Obligation.objects.select_related("unit").filter(pk=current.replaced_by_id).first()
    return current if current is not None and current.state in {state.value for state in OWED} else None


def referral_way(row: Referral) -> list[ReferralStepRead]:
    """Return the steps that are the referral's own, in their order, with their words."""
    steps = list(ReferralStep.objects.filter(referral=row).select_related("unit").order_by("number"))
    opened: dict[tuple[UUID, str], str | None] = {}
    for column in ("sealed", "child"):
        kept = referral_words(row.dossier_id, column)
        told = [(step.pk, bytes(blob)) for step in steps if (blob := getattr(step, column)) is not None]
        words = open_many([Sealed(blob, row=str(pk), **kept) for pk, blob in told])
        opened |= {(pk, column): text for (pk, _blob), text in zip(told, words, strict=True)}
    names = names_of({step.user_id for step in steps if step.user_id})
    return [
        ReferralStepRead(
            step,
            names.get(step.user_id or 0, ""),
            opened.get((step.pk, "sealed"), ""),
            opened.get((step.pk, "child"), ""),
        )
        for step in steps
    ]


def receivers(case: CaseRow, found: services.Found, now: datetime, *, may_bring: bool) -> list[Receiver]:
    """Return the provider's units that a child can be referred to: on the file already, or brought in by who leads.

    Only units that could answer, for which the plan is open; none of a protected provider.
    """
    here = list(_on_file(case.dossier_id, found, now, may_bring=may_bring))
    if not may_bring:
        return here
    outside = [one.unit for one in units_to_bring_in(case, found, now)]
    held = functions_of([unit.pk for unit in outside], now)
    return [*here, *(Receiver(unit, True, held.get(unit.pk, set())) for unit in outside)]


def only_receiver(actor: Actor, dossier: UUID, found: services.Found, now: datetime) -> Receiver | None:
    """Return the one unit of a provider that a child's referral can go to; None where there is none, or several."""
    case = case_of(actor, dossier)
    if case is None:
        return None
    leads = case.lead_unit_id == actor.unit_id
    rows = [one for one in receivers(case, found, now, may_bring=leads) if one.unit.pk != actor.unit_id]
    return rows[0] if len(rows) == 1 else None


def led_cases(actor: Actor) -> QuerySet[CaseRow]:
    """Return the open cases that the actor's unit leads, by what the child is called."""
    rows = CaseRow.objects.filter(lead_unit=actor.unit_id or 0, state="open", dossier__closed_at=None)
    return rows.order_by("child_called", "dossier_id")


def asked_there(offering: UUID, dossiers: Iterable[UUID]) -> set[UUID]:
    """Return the files whose child has or awaits a place at an offering."""
    rows = ServicePlace.objects.filter(offering=offering, dossier__in=list(dossiers), state__in=places.RUNNING)
    return set(rows.values_list("dossier_id", flat=True))


def referred_among(places: Iterable[UUID]) -> set[UUID]:
    """Return the places that were asked by referrals."""
    return set(Referral.objects.filter(place__in=list(places)).values_list("place_id", flat=True))


def silent(now: datetime, limit: int) -> list[UUID]:
    """Return the referrals to which nobody has answered in time and that have not come back yet; for the clock."""
    rows = Referral.objects.filter(_silent(now)).order_by("duty__due_now", "id")
    return list(rows.values_list("id", flat=True)[:limit])


def is_silent(referral: UUID, now: datetime) -> bool:
    """Say whether a referral is still to come back because nobody answered."""
    return Referral.objects.filter(_silent(now), pk=referral).exists()


def referral_part(dossier: UUID, unit: int) -> list[Member]:
    """Return the parts that a unit has in a file by referrals."""
    return [one for one in team_of([dossier]) if one.unit_id == unit and one.reason == "referral"]


def needs_part(dossier: UUID, unit: int, *, without: UUID) -> bool:
    """Say whether another referral of the file still needs the unit there."""
    rows = Referral.objects.filter(dossier=dossier, to_unit=unit).exclude(pk=without)
    open_still = Q(place__state="ended", fed_back_at=None)
    return rows.filter(STANDING["open"] | open_still).exists()


def answer_page(duty: Obligation) -> str:
    """Return where a duty of the procedure of referrals is answered; "": on its own page (what to do next)."""
    if not duty.step.startswith(("answer_", "begin_", "feed_back", "find_out")):
        return ""
    row = Referral.objects.filter(dossier=duty.dossier_id, duty__in=_chain(duty)).first()
    return referral_link(row.pk) if row is not None else ""


def _chain(duty: Obligation) -> list[UUID]:
    """Return the duty and those that it took over."""
    found, current = [duty.pk], [duty.pk]
    while current:
        current = list(Obligation.objects.filter(replaced_by__in=current).values_list("pk", flat=True))
        found += current
    return found


def _silent(now: datetime) -> Q:
    running = [state.value for state in RUNNING]
    return Q(place__state="asked", returned_at=None, to_unit__isnull=False, dossier__closed_at=None) & Q(
        duty__due_now__lt=now, duty__state__in=running
    )


def _on_file(dossier: UUID, found: services.Found, now: datetime, *, may_bring: bool) -> Iterable[Receiver]:
    """Give the provider's units that work on the file.

    One that is there by a referral, or only owes something there, gets what the next referral opens.
    """
    body = Offering.objects.filter(pk=found.offering, protected=False).values("site__provider__body")
    writes: dict[int, int] = {}
    whole: dict[int, int] = {}
    for one in team_of([dossier]):
        number = one.unit_id or 0
        writes[number] = writes.get(number, 0) | one.writes
        whole[number] = whole.get(number, 0) | (one.writes if one.reason != "referral" else 0)
    units = list(Unit.objects.filter(pk__in=writes, body__in=body).order_by("code"))
    held = functions_of([unit.pk for unit in units], now)
    for unit in units:
        functions = held.get(unit.pk, set())
        if plans.takes_part(whole[unit.pk], functions, Facet.PLAN):
            yield Receiver(unit, False, functions)
        elif may_bring and plans.becomes_partner(functions, Facet.PLAN):
            yield Receiver(unit, True, functions)
        elif plans.takes_part(writes[unit.pk], functions, Facet.PLAN):
            yield Receiver(unit, False, functions)
