"""What was noticed, for its readers: one list by age, one row with its facts as far as the reader's facets reach."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from arasha.kernel.access.queries import on_team
from arasha.kernel.access.rules import Actor
from arasha.law.queries import ActAt, acts
from arasha.people.models import Absence, Attendance, Pregnancy
from arasha.people.queries import Found, Opened, also_in, glimpsed, pregnancies_of
from arasha.signals import rules
from arasha.signals.models import Noticed, Signal, SignalInjury

UNREAD = "unread"
# How a report was closed that no rule counts.
UNCOUNTED = ("mistaken", "duplicate")


@dataclass(frozen=True)
class Read:
    """What the reader may read of what was counted; `child` None where not even the name is theirs."""

    child: Found | None
    stays: list[Attendance]
    aways: list[Absence]
    hurts: list[Signal]
    sealed: list[Opened]
    basis: dict[str, ActAt]


def noticed_link() -> str:
    """Return the address that a notice leads to: the list, which names nobody."""
    return "/signals/noticed/"


def noticed(actor: Actor, *, states: tuple[str, ...] = (UNREAD,)) -> QuerySet[Noticed]:
    """Return what was noticed and is the actor's to read, the oldest first: never by child, family or number."""
    mine = Q(unit=actor.unit_id or 0) | on_team(actor)
    rows = Noticed.objects.filter(mine, state__in=states)
    return rows.select_related("by_unit").order_by("at", "id")


def find_noticed(actor: Actor, pk: UUID) -> Noticed | None:
    """Return one row, or None: it is not there, for this actor or at all."""
    return noticed(actor, states=tuple(code.code for code in rules.NOTICED_STATES)).filter(pk=pk).first()


def read_noticed(row: Noticed, now: datetime) -> Read:
    """Return what was counted as far as the reader reads it: row security of each file and facet decides."""
    rule = next((one for one in rules.noticing_rules() if one.code == row.rule), None)
    counted = rule.counted if rule else ""
    people = [row.person_id, *(person for person, _file in also_in(row.person_id))]
    files = [row.dossier_id, *(file for _person, file in also_in(row.person_id))]
    where: dict[str, Any] = {"person__in": people, "ended_at": None}
    return Read(
        child=glimpsed([row.person_id]).get(row.person_id),
        stays=_stays(where) if counted == "school_changes" else [],
        aways=list(Absence.objects.filter(**where).order_by("since", "id")) if counted.startswith("absence") else [],
        hurts=_hurts(files) if counted == "injuries" else [],
        sealed=pregnancies_of(list(Pregnancy.objects.filter(person=row.person_id, ended_at=None)))
        if counted == "pregnancy"
        else [],
        basis=acts(list(rule.legal_basis), now) if rule else {},
    )


def _stays(where: dict[str, Any]) -> list[Attendance]:
    rows = Attendance.objects.filter(kind="school", **where)
    return list(rows.select_related("place", "place__body").order_by("since", "recorded_at", "id"))


def _hurts(files: list[UUID]) -> list[Signal]:
    injured = SignalInjury.objects.filter(dossier=OuterRef("dossier"))
    told = Signal.objects.filter(Exists(injured), dossier__in=files).exclude(closing__in=UNCOUNTED)
    return list(told.order_by("received_at", "id"))
