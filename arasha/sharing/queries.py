"""Who reads a file and why, who may agree, and what was answered."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from arasha.cases import queries as cases
from arasha.kernel.access.models import Member, Unit, UnitFunction
from arasha.kernel.access.queries import bars_of, team_of
from arasha.kernel.access.rules import PARTS, Actor, Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed
from arasha.people.models import Person
from arasha.people.queries import child_of, place_of, schools_and_clinics
from arasha.people.rules import Birth
from arasha.plans.models import Referral
from arasha.plans.queries import STANDING, referral_link
from arasha.plans.queries.child_plan import adults_of, closed_to, owners_of
from arasha.sharing import policy, rules
from arasha.sharing.models import Consent, Share

LIMITED = ("referral", "sharing")
# By which answers of its own list a referral rests on whose consent.
REFERRED_BY = {
    rules.CHILD: ("child", "child_and_adult"),
    rules.ADULT: ("adult", "child_and_adult"),
    rules.BODY: ("adult", "child_and_adult"),
}


@dataclass(frozen=True)
class Giver:
    """Somebody who may answer: the child, an adult of the file who protects it, or a representative."""

    giver: str
    person: Person | None

    @property
    def key(self) -> str:
        """What a form sends."""
        return f"{self.giver}:{self.person.pk}" if self.giver == rules.ADULT and self.person else self.giver


@dataclass(frozen=True)
class Reader:
    """A unit on the file: by which part, what it reads of it by its work, and until when."""

    unit: Unit
    part: str
    reason: str
    parts: list[str]
    until: datetime | None


def link(dossier: UUID) -> str:
    """Return the address of a file's page of consent and sharing."""
    return f"/files/{dossier}/sharing/"


def place(dossier: UUID, model: type[Any]) -> Any:
    """Return where the vault keeps the words of a file's consents or shares."""
    return cases.place(dossier, Facet.PLAN, model._meta.db_table)


def consents(actor: Actor, dossier: UUID) -> list[Consent]:
    """Return what was answered about a file, the newest first."""
    rows = policy.visible_to(actor).filter(dossier=dossier).select_related("unit", "person", "from_unit")
    return list(rows.order_by("-at", "id"))


def shares(actor: Actor, dossier: UUID) -> list[Share]:
    """Return what of a file was shared, the newest first."""
    rows = policy.shares_visible_to(actor).filter(dossier=dossier)
    return list(rows.select_related("unit", "consent").order_by("-at", "id"))


def words_of(rows: Sequence[Consent | Share]) -> dict[UUID, dict[str, str] | None]:
    """Open what was said with answers and shares, with one read of the key store; None where it was erased."""
    kept = [(row, bytes(row.sealed)) for row in rows if row.sealed]
    texts = open_many([Sealed(blob, row=str(row.pk), **place(row.dossier_id, type(row))) for row, blob in kept])
    return {row.pk: None if text is None else json.loads(text) for (row, _blob), text in zip(kept, texts, strict=True)}


def birth_of(dossier: UUID) -> Birth | None:
    """Return between which days the child of a file was born, where the file knows."""
    child = child_of(dossier)
    if child is None or child.birth_first is None or child.birth_last is None:
        return None
    return Birth(child.birth_first, child.birth_last)


def own_say(dossier: UUID, today: date) -> bool:
    """Say whether the child's own consent counts in a file."""
    return rules.own_say(birth_of(dossier), today)


def givers(dossier: UUID, today: date) -> list[Giver]:
    """Return who may answer: the child first, then adults; nobody to whom consent is closed (row C21).

    A representative acts only where no carer is left who may.
    """
    adults = adults_of(dossier, today)
    found = [Giver(rules.CHILD, child_of(dossier)), *(Giver(rules.ADULT, one) for one in adults)]
    return found if any(one.role == "carer" for one in adults) else [*found, Giver(rules.BODY, None)]


def safe_readers(dossier: UUID, today: date) -> list[Giver]:
    """Return for whom the family's page may be printed: adults who may know of the file, and the child from 14 on."""
    closed = closed_to(dossier, "see") | closed_to(dossier, "told")
    adults = [Giver(rules.ADULT, one) for one in adults_of(dossier, today) if one.pk not in closed]
    child = [Giver(rules.CHILD, child_of(dossier))] if own_say(dossier, today) else []
    return [*child, *adults]


def carries(row: Consent, today: date) -> bool:
    """Say whether something may rest on a consent now."""
    return may_carry(row, today, own_say=own_say(row.dossier_id, today))


def may_carry(row: Consent, today: date, *, own_say: bool) -> bool:
    """Say whether something may rest on a consent: a yes that stands, of whose answer counts at the child's age.

    A child's "no" below 14 is shown, and weighed by who leads; from 14 on no adult's yes carries anything.
    """
    stands = row.answer == "given" and row.ended_at is None and row.until is not None and row.until >= today
    return stands and rules.counts(row.giver, own_say=own_say)


def units_for(actor: Actor, dossier: UUID, now: datetime) -> list[Unit]:
    """Return the units to which a file may be lent: those on it, of its district, and its schools and clinics.

    Left out are one's own, barred bodies, and protected ones that are not on the file.
    """
    barred = {bar.body_id for bar in bars_of(dossier) if bar.body_id is not None and bar.ended_at is None}
    near = Unit.objects.filter(pk__in=[pk for pk, _name in schools_and_clinics(dossier)], body__protected=False)
    known = {unit.pk: unit for unit in owners_of(dossier, place_of(dossier), now)}
    rows = [*known.values(), *near.exclude(pk__in=list(known)).select_related("body").order_by("name_kk", "id")]
    return [unit for unit in rows if unit.body_id not in barred and unit.pk != actor.unit_id]


def functions_of(units: Iterable[int], now: datetime) -> dict[int, set[str]]:
    """Return the functions that units hold now."""
    held: dict[int, set[str]] = {}
    rows = UnitFunction.objects.filter(Q(until=None) | Q(until__gt=now), unit__in=list(units), since__lte=now)
    for unit, function in rows.values_list("unit_id", "function_id"):
        held.setdefault(unit, set()).add(function)
    return held


def readers(dossier: UUID, now: datetime) -> list[Reader]:
    """Return every unit on a file with what it reads there: its parts and its functions together.

    What was opened by a referral or by sharing stands apart from what a unit reads by its work.
    """
    members = [(one.unit_id, one) for one in team_of([dossier]) if one.unit_id is not None]
    units = Unit.objects.select_related("body").in_bulk({unit for unit, _one in members})
    held = functions_of(units, now)
    apart: dict[tuple[int, str], list[Member]] = {}
    for unit, one in members:
        reason = one.reason if one.reason in LIMITED else ""
        apart.setdefault((unit, reason), []).append(one)
    found = []
    for (unit, reason), rows in apart.items():
        reads = rules.readable(sum({1 << bit for one in rows for bit in _bits(one.reads)}), held.get(unit, set()))
        part = min((one.part for one in rows), key=PARTS.index)
        ends = [one.until for one in rows]
        until = None if None in ends else max(filter(None, ends))
        found.append(Reader(units[unit], part, reason, rules.parts_of(reads), until))
    return found


def _bits(reads: int) -> list[int]:
    return [int(facet) for facet in Facet if reads >> facet & 1]


def resting_referrals(consent: Consent) -> list[Referral]:
    """Return the open referrals to the unit of a consent that rest on a consent of the same person."""
    rows = Referral.objects.filter(STANDING["open"], dossier=consent.dossier_id, to_unit=consent.unit_id)
    return list(rows.filter(consent__in=REFERRED_BY[consent.giver]).select_related("place"))


def left_over(dossier: UUID, answers: Sequence[Consent]) -> list[dict[str, str]]:
    """Return the open referrals of a file that rest on a consent which ended, with none of the same person since."""
    ended = [row for row in answers if row.ended_why in ("withdrawn", "closed")]
    if not ended:
        return []
    standing = {(row.unit_id, row.giver) for row in answers if row.answer == "given" and row.ended_at is None}
    rows = Referral.objects.filter(STANDING["open"], dossier=dossier).select_related("to_unit")
    return [
        {"url": referral_link(row.pk), "unit": row.to_unit.name}
        for row in rows
        if row.to_unit is not None
        and any(
            one.unit_id == row.to_unit_id
            and row.consent in REFERRED_BY[one.giver]
            and (one.unit_id, one.giver) not in standing
            for one in ended
        )
    ]


def due(now: datetime, today: date, limit: int) -> list[UUID]:
    """Return the files in which a consent or a share is over, was not told of, or has to be asked for anew."""
    over = Q(ended_at=None, answer="given") & (Q(until__lt=today) | Q(reminded_at=None, until__lte=rules.soon(today)))
    fallen = Q(ended_why="closed", told_at=None)
    ended = Q(ended_at=None, until__lte=now) | Q(ended_at__isnull=False, told_at=None)
    found = [
        *Consent.objects.filter(over | fallen).order_by("at").values_list("dossier_id", flat=True)[:limit],
        *Share.objects.filter(ended).order_by("at").values_list("dossier_id", flat=True)[:limit],
    ]
    return list(dict.fromkeys(found))
