"""Links of a referral, whether one may be made, and what it would show; what a link opens, for the public's process."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.models import Unit
from arasha.kernel.vault.queries import code_key
from arasha.kernel.vault.rules import derive
from arasha.kernel.worktime.rules import local
from arasha.people import queries as people
from arasha.plans.models import OutsideLink, Referral
from arasha.plans.queries.assessing import child_age
from arasha.plans.queries.referral import referral_way
from arasha.plans.rules import outside_link as rules
from arasha.plans.rules import places
from arasha.services.models import Offering


@dataclass(frozen=True)
class OutsideOpened:
    """What a link opened with its code. `waits`: an answer was sent and is being taken in."""

    sheet: rules.Sheet
    state: str
    booked_on: date | None
    waits: bool
    lock: rules.Lock


def link_keys() -> bytes:
    """Return the key of links; it lies with the public pages' keys, outside the database."""
    return derive(code_key(), "arasha.plans.outside.1")


def links_of(referral: UUID) -> list[OutsideLink]:
    """Return the links of a referral, the newest first; for whom the plan is open."""
    rows = OutsideLink.objects.select_related("unit").filter(referral=referral)
    return list(rows.order_by("-made_at", "id"))


def live_link(referral: UUID) -> OutsideLink | None:
    """Return the link of a referral that has not ended."""
    return OutsideLink.objects.filter(referral=referral, ended_at=None).first()


def may_be_linked(row: Referral, now: datetime) -> bool:
    """Say whether a referral can be answered over a link.

    It runs, or its help ended and nobody told what came of it; its service has no account and is not protected. Of a
    protected one nobody knows whose mailbox it would be: it is asked by telephone.
    """
    goes_on = row.place.state in places.RUNNING or (row.place.state == "ended" and row.fed_back_at is None)
    return row.to_unit_id is None and goes_on and _is_open(row) and not has_account(row, now)


def has_account(row: Referral, now: datetime) -> bool:
    """Say whether the body of a referral's service has a unit in Arasha by now."""
    return _units(now).filter(body__in=_bodies(row)).exists()


def mailbox_of(row: Referral) -> str:
    """Return the mailbox that the directory knows of a referral's service, "" for none; never of a protected one."""
    rows = Offering.objects.filter(pk=row.place.offering_id, protected=False, site__protected=False)
    return rows.values_list("site__mail", flat=True).first() or ""


def over_by_now(now: datetime, limit: int) -> list[tuple[OutsideLink, str]]:
    """Return the links whose time is over, whose file is closed or whose service has an account, each with why; for the
    clock."""
    rows = OutsideLink.objects.select_related("referral__place").filter(ended_at=None)
    late = [(row, "expired") for row in rows.filter(expires_at__lte=now).order_by("expires_at", "id")[:limit]]
    rows = rows.filter(expires_at__gt=now)
    closed = rows.filter(dossier__closed_at__isnull=False).order_by("expires_at", "id")
    late += [(row, "ended") for row in closed[:limit]]
    bodies = _units(now).values("body")
    offered = Offering.objects.filter(site__provider__body__in=bodies).values("pk")
    known = rows.filter(dossier__closed_at=None, referral__place__offering__in=offered).order_by("expires_at", "id")
    return [*late, *((row, "account") for row in known[:limit])][:limit]


@sensitive_variables()
def sheet_of(row: Referral, *, ring: str, name: str, contact: str, now: datetime) -> rules.Sheet:
    """Return what a link to a referral would show: need, age, language, urgency, and what the sender chose to tell."""
    child = people.child_of(row.dossier_id)
    spoken = people.card(child).communication if child is not None else None
    sent = next((one for one in referral_way(row) if one.row.step == "send"), None)
    unit = row.from_unit
    return rules.Sheet(
        service=row.place.service,
        purpose=row.purpose,
        urgency=row.place.urgency,
        why=row.place.why,
        sent_on=local(row.sent_at).date().isoformat(),
        sender={"kk": unit.name_kk, "ru": unit.name_ru, "en": unit.name_en},
        ring=ring,
        age=child_age(row.dossier_id, now),
        languages=list(spoken.languages) if spoken is not None else [],
        words=(sent.words if sent is not None else "") or "",
        name=name,
        contact=contact,
    )


@sensitive_variables()
def lock_of(token: str, code: str) -> rules.Lock | None:
    """Return what token and code make; None where they can't be any. The same work for a link that never was."""
    if not rules.TOKEN.fullmatch(token) or not rules.CODE.fullmatch(code):
        return None
    return rules.lock(token, code, link_keys())


@sensitive_variables()
def open_outside(lock: rules.Lock, *, first: bool) -> OutsideOpened | None:
    """Open a link as the public's process; None for a wrong code, and for a link that ended or never was.

    A wrong code is counted. `first`: the code was typed, so that the reading is written down.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sealed, state, booked_on, waits FROM plans.open_outside(%s, %s, %s)",
            [lock.found, lock.proof, first],
        )
        row = cursor.fetchone()
    sheet = rules.open_sheet(bytes(row[0]), lock.key) if row is not None else None
    return OutsideOpened(sheet, row[1], row[2], row[3], lock) if sheet is not None else None


def _is_open(row: Referral) -> bool:
    """Say whether the directory tells everybody whose service it is; of a protected one readers find no row at all."""
    return Offering.objects.filter(pk=row.place.offering_id, protected=False, site__protected=False).exists()


def _bodies(row: Referral) -> QuerySet[Offering]:
    return Offering.objects.filter(pk=row.place.offering_id).values("site__provider__body")  # type: ignore[return-value]


def _units(now: datetime) -> QuerySet[Unit]:
    day = local(now).date()
    return Unit.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)
