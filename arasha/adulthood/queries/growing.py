"""What is recorded towards adulthood, what is owed of it, and where the clock has something to begin."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from arasha.adulthood import policy, rules
from arasha.adulthood.models import Entry
from arasha.adulthood.queries.reading import birth_of
from arasha.cases.models import Case
from arasha.cases.queries import place
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed
from arasha.obligations.models import Obligation
from arasha.people.models import Person


@dataclass(frozen=True)
class Point:
    """How a point stands: its last entry, if any, with its words, and the duty of its step, where it was raised."""

    code: str
    entry: Entry | None
    duty: Obligation | None
    words: dict[str, Any] | None = field(default=None, repr=False)

    @property
    def seen(self) -> int:
        """The number of the last entry; 0: there is none."""
        return self.entry.number if self.entry else 0

    @property
    def closed(self) -> bool:
        """Whether nothing more is needed for it."""
        return self.entry is not None and self.entry.state in (rules.CLOSED | {"yes", "no"})


def entries(actor: Actor, dossiers: Iterable[UUID]) -> dict[tuple[UUID, str], Entry]:
    """Return the last entry of each point of these files, as far as they are there for the actor."""
    rows = policy.entries_visible_to(actor).filter(dossier__in=list(dossiers)).select_related("unit")
    return {(row.dossier_id, row.point): row for row in rows.order_by("number")}


def points(actor: Actor, dossier: UUID) -> list[Point]:
    """Return every point of a file, and last what the adult answered."""
    last = entries(actor, [dossier])
    owed = Obligation.objects.filter(dossier=dossier, protocol__code=policy.AFTERCARE).select_related("unit")
    duties = {duty.step: duty for duty in owed.order_by("raised_at")}
    rows = [row for row in last.values() if row.sealed]
    here = place(dossier, Facet.OBLIGATIONS, "adulthood_entry")
    texts = open_many([Sealed(bytes(row.sealed), row=str(row.pk), **here) for row in rows])
    said = {row.pk: json.loads(text) if text else None for row, text in zip(rows, texts, strict=True)}
    found = []
    for code in (*(one.code for one in rules.POINTS), rules.CONSENT):
        row = last.get((dossier, code))
        found.append(Point(code, row, duties.get(rules.step_of(code)), said.get(row.pk) if row else None))
    return found


def missing(actor: Actor, dossiers: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Return for each file the points that are neither done nor not applicable."""
    wanted = list(dossiers)
    last = entries(actor, wanted)
    closed = {key for key, row in last.items() if row.state in rules.CLOSED}
    return {one: [point.code for point in rules.POINTS if (one, point.code) not in closed] for one in wanted}


def to_begin(today: date, limit: int) -> list[tuple[UUID, str]]:
    """Return files where the clock has something to begin: the aftercare of who is 17, the question at 18."""
    begun = Obligation.objects.filter(protocol__code=policy.AFTERCARE)
    first = [(one, "begin_aftercare") for one in _of_age(today, rules.SOON, begun)[:limit]]
    asked = begun.filter(step=rules.step_of(rules.CONSENT))
    second = _of_age(today, rules.MAJORITY, asked).filter(dossier__in=begun.values("dossier"))
    return (first + [(one, "come_of_age") for one in second[:limit]])[:limit]


def _of_age(today: date, age: int, told: QuerySet[Obligation]) -> QuerySet[Person, UUID]:
    """Return files with an open case whose child is of an age, without those of which something was raised."""
    open_ = Case.objects.filter(state="open").values("dossier")
    rows = Person.objects.filter(role="child", ended_at=None, died=False, dossier__in=open_)
    rows = rows.filter(birth_first__lte=rules.add_months(today, -12 * age))
    return rows.exclude(dossier__in=told.values("dossier")).order_by("dossier").values_list("dossier", flat=True)


def of_age(dossier: UUID, today: date) -> bool:
    """Say whether the 18th birthday has come, by the earliest day that can be the birth date."""
    birth = birth_of(dossier)
    return birth is not None and rules.birthday(birth, rules.MAJORITY) <= today
