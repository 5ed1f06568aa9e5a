"""A file's places at services as its reader may see them, what fits its child, who waits, and whose service ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from arasha.cases import queries as cases
from arasha.cases.models import Case as CaseRow
from arasha.kernel.access.models import Unit, UnitFunction
from arasha.kernel.access.queries import bars_of, names_of, team_of
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed
from arasha.kernel.worktime.rules import local
from arasha.plans import rules as plans
from arasha.plans.models import ServicePlace, ServicePlaceStep
from arasha.plans.queries.assessing import child_age
from arasha.plans.queries.outside import Outside
from arasha.plans.rules import places as rules
from arasha.services import queries as services
from arasha.services.models import Offering, Provider

OVER = ("closed", "ended")
LOOKED_THROUGH, SHOWN = 100, 20
SEXES = {"girl": "girls", "boy": "boys"}


@dataclass(frozen=True)
class PlaceRead:
    """A place with its offering as anybody may know it (None: it is gone), and its room."""

    row: ServicePlace
    found: services.Found | None
    room: services.Room | None
    called: str = ""
    follower: bool = False


@dataclass(frozen=True)
class AtServices:
    """How many children wait longer than they may, and are to be handed over; whether one's body gives a service."""

    late: int
    ending: int
    own: bool


@dataclass(frozen=True)
class StepRead:
    """A step with who recorded it, and its words; None: they were erased."""

    row: ServicePlaceStep
    who: str
    words: str | None


@dataclass(frozen=True)
class Fitting:
    """An offering that could help this child. `against`: what it says of itself that speaks against it, as refusals."""

    found: services.Found
    room: services.Room
    against: list[str]


def place_link(place: UUID) -> str:
    """Return the address of a place's page."""
    return f"/plans/places/{place}/"


def places_link(dossier: UUID) -> str:
    """Return the address of the list of a file's places."""
    return f"/plans/{dossier}/places/"


def step_words(dossier: UUID) -> Any:
    """Return where the vault keeps the words of steps of a file."""
    return cases.place(dossier, Facet.PLAN, "plans_serviceplacestep")


def offering_shown(offering: UUID, now: datetime) -> services.Found | None:
    """Return an offering as anybody may know it."""
    return services.shown(offering, now=now)


def places_of(dossier: UUID, now: datetime) -> list[PlaceRead]:
    """Return a file's places, the running ones first, then the newest; for whom the plan is open."""
    rows = list(ServicePlace.objects.filter(dossier=dossier).order_by("-asked_at", "id"))
    rows.sort(key=lambda row: row.state not in rules.RUNNING)
    return _read(rows, now)


def helped_at(dossier: UUID) -> list[UUID]:
    """Return the offerings at which a file's child was helped, the newest first; for whom the plan is open.

    Who was handed over while they still waited was not helped there.
    """
    begun = ServicePlaceStep.objects.filter(place=OuterRef("pk"), step="begin")
    rows = ServicePlace.objects.filter(Exists(begun), dossier=dossier, state__in=rules.HELPED)
    return list(dict.fromkeys(rows.order_by("-asked_at", "id").values_list("offering_id", flat=True)))


def place_of(place: UUID, now: datetime) -> PlaceRead | None:
    """Return one place, or None: it is not there, for this reader or at all."""
    return next(iter(_read(list(ServicePlace.objects.filter(pk=place)), now)), None)


def way_of(row: ServicePlace) -> list[StepRead]:
    """Return the steps of a place in their order, with their words."""
    steps = list(ServicePlaceStep.objects.filter(place=row).select_related("unit").order_by("number"))
    kept, told = step_words(row.dossier_id), [(step, bytes(step.sealed)) for step in steps if step.sealed is not None]
    words = open_many([Sealed(blob, row=str(step.pk), **kept) for step, blob in told])
    by_step = {step.pk: text for (step, _blob), text in zip(told, words, strict=True)}
    names = names_of({step.user_id for step in steps if step.user_id})
    return [StepRead(step, names.get(step.user_id or 0, ""), by_step.get(step.pk, "")) for step in steps]


def fits_of(dossier: UUID, now: datetime) -> rules.Fits:
    """Return for whom a place is looked for, by what the file says of its child."""
    case = cases.of_dossiers([dossier]).get(dossier)
    return rules.Fits(age=child_age(dossier, now), sex=SEXES.get(case.child_sex, "") if case else "")


def fitting(
    case: CaseRow, wanted: services.Wanted, child: rules.Fits, now: datetime, *, without: Iterable[UUID] = ()
) -> list[Fitting]:
    """Return what could help this child: first what speaks for itself, there what has room, the nearest before others.

    Left out are offerings of bodies that are barred from the file, and `without`. Where something speaks against an
    offering it comes last and says why, as what is closed while an emergency holds: asking is possible all the same.
    """
    rows = services.find(wanted, now=now, limit=LOOKED_THROUGH)
    barred, left = _barred_providers(case.dossier_id), set(without)
    rows = [row for row in rows if row.offering not in left and (row.provider is None or row.provider not in barred)]
    room = services.rooms([row.offering for row in rows], now=now)
    found = [Fitting(row, room.get(row.offering, services.UNSAID), rules.against(row, child)) for row in rows]
    return sorted(found, key=lambda one: (one.found.works == "closed", bool(one.against), one.room.has is False))


def is_barred(dossier: UUID, found: services.Found) -> bool:
    """Say whether an offering's body is barred from a file."""
    return found.provider is not None and found.provider in _barred_providers(dossier)


def units_to_bring_in(case: CaseRow, found: services.Found, now: datetime) -> list[Outside]:
    """Return the units of an offering's provider that do not write the file's plan and would as partners.

    One that only owes the file something reads no plan, so that it could neither see nor answer what is asked of it.
    None of a protected provider: whose it is nobody here may know.
    """
    if found.provider is None:
        return []
    provider = Provider.objects.filter(pk=found.provider, protected=False).select_related("body").first()
    if provider is None or provider.body.protected or is_barred(case.dossier_id, found):
        return []
    day = local(now).date()
    held = UnitFunction.objects.filter(
        Q(until=None) | Q(until__gt=now),
        Q(unit__valid_to=None) | Q(unit__valid_to__gt=day),
        unit__body=provider.body_id,
        unit__valid_from__lte=day,
        since__lte=now,
    ).exclude(unit__in=_planning(case.dossier_id))
    functions: dict[int, set[str]] = {}
    for unit, function in held.values_list("unit_id", "function_id"):
        functions.setdefault(unit, set()).add(function)
    fitting_units = [unit for unit, named in functions.items() if plans.becomes_partner(named, Facet.PLAN)]
    return [
        Outside(unit, near=True, reads=plans.partner_reads(functions[unit.pk]))
        for unit in Unit.objects.filter(pk__in=fitting_units).order_by("code")
    ]


def provider_units(row: ServicePlace) -> list[int]:
    """Return the units of a place's provider that write the file's plan; none where nobody may know whose it is."""
    body = Offering.objects.filter(pk=row.offering_id, protected=False).values("site__provider__body")
    units = Unit.objects.filter(pk__in=_planning(row.dossier_id), body__in=body)
    return list(units.values_list("id", flat=True))


def own_offerings(actor: Actor) -> list[Offering]:
    """Return what the actor's own body offers, by site and service."""
    if actor.body_id is None:
        return []
    rows = Offering.objects.select_related("site").filter(site__provider__body=actor.body_id)
    return list(rows.order_by("site__territory_id", "site_id", "service", "id"))


def in_turn(offering: UUID) -> QuerySet[ServicePlace]:
    """Return who has no help yet at an offering, the most urgent first, then who waits longest.

    Of the files that the reader may know: others are not there, also not in numbers.
    """
    rows = ServicePlace.objects.filter(offering=offering, state__in=rules.NOT_BEGUN).annotate(height=_height())
    return rows.order_by("height", "waits_since", "id")


def running_count(offering: UUID) -> int:
    """Return how many children of files that the reader may know are being helped at an offering."""
    return ServicePlace.objects.filter(offering=offering, state="begun").count()


def to_hand_over(actor: Actor) -> QuerySet[ServicePlace]:
    """Return the places whose service ends, in files where the reader may write the plan's rows or read them.

    With `in_hand`: a place elsewhere is asked already. Those whose service ends first come first.
    """
    follower = ServicePlace.objects.filter(after=OuterRef("pk"), state__in=rules.RUNNING)
    rows = ServicePlace.objects.filter(hand_over_at__isnull=False, state__in=rules.RUNNING)
    return rows.annotate(in_hand=Exists(follower)).order_by("hand_over_by", "offering_id", "waits_since", "id")


def ending_progress(offerings: Iterable[UUID]) -> dict[UUID, int]:
    """Return by offering that ends how many children went over already, of files that the reader may know."""
    rows = ServicePlace.objects.filter(offering__in=set(offerings), state="handed_over")
    return dict(rows.values_list("offering").annotate(count=Count("pk")).order_by())


def at_services(actor: Actor, now: datetime) -> AtServices:
    """Return what waits for the actor at services, in files that are there for them; two questions."""
    waits = Q(state__in=rules.NOT_BEGUN, due_at__lt=now)
    rows = ServicePlace.objects.filter(waits | Q(hand_over_at__isnull=False), state__in=rules.RUNNING)
    follower = ServicePlace.objects.filter(after=OuterRef("pk"), state__in=rules.RUNNING)
    late = Count("pk", filter=waits)
    ending = Count("pk", filter=Q(~Exists(follower), hand_over_at__isnull=False))
    found = rows.aggregate(late=late, ending=ending)
    own = actor.body_id is not None and Offering.objects.filter(site__provider__body=actor.body_id).exists()
    return AtServices(found["late"], found["ending"], own=own)


def read_places(rows: Iterable[ServicePlace], now: datetime) -> list[PlaceRead]:
    """Return places with their offerings and with what their children are called."""
    return _read(list(rows), now)


def _read(rows: list[ServicePlace], now: datetime) -> list[PlaceRead]:
    found = services.shown_all([row.offering_id for row in rows], now=now)
    room = services.rooms(found, now=now)
    called = cases.of_dossiers(list({row.dossier_id for row in rows})) if rows else {}
    return [
        PlaceRead(
            row,
            found.get(row.offering_id),
            room.get(row.offering_id),
            called[row.dossier_id].child_called if row.dossier_id in called else "",
            bool(getattr(row, "in_hand", False)),
        )
        for row in rows
    ]


def _height() -> Case:
    whens = (When(urgency=code, then=Value(place)) for place, code in enumerate(rules.URGENT))
    return Case(*whens, default=Value(len(rules.URGENT)), output_field=IntegerField())


def _barred_providers(dossier: UUID) -> set[UUID]:
    bodies = [bar.body_id for bar in bars_of(dossier) if bar.body_id is not None]
    return set(Provider.objects.filter(body__in=bodies).values_list("id", flat=True)) if bodies else set()


def _planning(dossier: UUID) -> set[int]:
    """Return the units whose part in the file lets them write its plan."""
    team = (member for member in team_of([dossier]) if plans.writes_as(member.part, Facet.PLAN))
    return {member.unit_id for member in team if member.unit_id is not None}
