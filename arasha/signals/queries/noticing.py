"""What the clock counts: facts of one human being across files, and where each of them is read. System work alone."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from arasha.kernel.access.models import UnitFunction
from arasha.kernel.vault.queries import lookup_key
from arasha.kernel.vault.rules import blind_index
from arasha.kernel.worktime.rules import ZONE, local
from arasha.people.models import Pregnancy
from arasha.people.queries import pregnancies_of
from arasha.people.rules import ROLES, SCHOOL_ABSENCES, Birth
from arasha.signals import rules
from arasha.signals.models import Signal
from arasha.signals.queries.signals import OPEN


@dataclass(frozen=True)
class Row:
    """One row of a human being in an open file, with what says who may read what was noticed there."""

    person: UUID
    dossier: UUID
    sealed: bool
    role: str
    birth_first: date | None
    birth_last: date | None
    died: bool
    kind: str
    lead: int | None
    protected: bool
    territory: str
    opened_at: datetime


@dataclass
class Child:
    """What may be counted of one human being; `files` says in which files each kind of fact stands.

    `sealed` are pregnancies by (file, person): they are noticed in the file in which they were written and no other.
    """

    stays: list[rules.Stay] = field(default_factory=list)
    aways: list[rules.Away] = field(default_factory=list)
    hurts: list[rules.Hurt] = field(default_factory=list)
    sealed: dict[tuple[UUID, UUID], list[rules.Expecting]] = field(default_factory=lambda: defaultdict(list))
    files: dict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    rows: list[Row] = field(default_factory=list)

    @property
    def birth(self) -> Birth | None:
        """Between which days the child was born, as widely as the files differ; None where no file knows."""
        known = [(row.birth_first, row.birth_last) for row in self.rows if row.birth_first and row.birth_last]
        return Birth(min(first for first, _ in known), max(last for _, last in known)) if known else None

    def may_be_child_on(self, day: date) -> bool:
        """Say whether this may be a living child: by the birth, else by what they are called in their files."""
        if any(row.died for row in self.rows):
            return False
        if self.birth is not None:
            return self.birth.may_be_child_on(day)
        return any(ROLES[row.role].more["adult"] == "no" for row in self.rows)


def children(asked: Sequence[rules.Rule], today: date) -> dict[UUID, Child]:
    """Return of whom anything stands that one of the rules may count, by identity, under 18 as far as is known."""
    found: dict[UUID, Child] = defaultdict(Child)
    for counted, take in TAKEN.items():
        those = [rule for rule in asked if rule.counted in counted]
        if those:
            take(found, min(rules.window_of(rule, today) for rule in those), min(rule.threshold for rule in those))
    for row in _all("SELECT * FROM people.rows_of(%s::uuid[])", [list(found)]):
        identity, sealed, person, dossier, *rest = row
        found[identity].rows.append(Row(person, dossier, sealed, *rest))
    return {identity: child for identity, child in found.items() if child.rows and child.may_be_child_on(today)}


def seen(identities: Collection[UUID]) -> dict[tuple[UUID, str], set[UUID]]:
    """Return the keys of everything that was noticed before, by identity and rule."""
    keys: dict[tuple[UUID, str], set[UUID]] = defaultdict(set)
    for identity, rule, key in _all("SELECT * FROM signals.seen(%s::uuid[])", [list(identities)]):
        keys[identity, rule].add(key)
    return keys


def kept_key(rule: str, key: str) -> UUID:
    """Return the form in which the key of a fact is kept: half a keyed hash, from which nothing is read back."""
    return UUID(bytes=blind_index(f"{rule}|{key}", lookup_key("noticed"))[:16])


def sealed_readers(dossier: UUID, facet: int) -> tuple[list[int], list[int]]:
    """Return the units and the users to whom a sealed facet of a file was granted and whose functions have it."""
    rows = _all("SELECT * FROM signals.sealed_readers(%s, %s::smallint)", [dossier, facet])
    return [unit for unit, _user in rows if unit], [user for _unit, user in rows if user]


def _schools(found: dict[UUID, Child], since: date, least: int) -> None:
    for identity, dossier, place, called, first, last in _all("SELECT * FROM people.moved(%s, %s)", [since, least]):
        school = f"unit:{place}" if place else "".join(sign for sign in called.casefold() if sign.isalnum())
        if school:
            found[identity].stays.append(rules.Stay(school, first, last))
            found[identity].files["stays"].add(dossier)


def _absences(found: dict[UUID, Child], since: date, least: int) -> None:
    for identity, dossier, kind, first, last in _all("SELECT * FROM people.missed(%s)", [since]):
        explained = SCHOOL_ABSENCES[kind].more["explained"] == "yes"
        found[identity].aways.append(rules.Away(first, last, explained))
        found[identity].files["aways"].add(dossier)


def _injuries(found: dict[UUID, Child], since: date, least: int) -> None:
    moment = datetime.combine(max(since, date(1900, 1, 1)), time(), ZONE)
    for identity, dossier, signal, at in _all("SELECT * FROM signals.hurt(%s, %s)", [moment, least]):
        found[identity].hurts.append(rules.Hurt(str(signal), local(at).date()))
        found[identity].files["hurts"].add(dossier)


def _pregnancies(found: dict[UUID, Child], since: date, least: int) -> None:
    rows = _all("SELECT * FROM people.expecting()", [])
    made = [
        Pregnancy(id=pk, dossier_id=file, person_id=who, sealed=sealed, recorded_at=at)
        for pk, _, who, file, sealed, at in rows
    ]
    for opened, (pk, identity, who, file, _, at) in zip(pregnancies_of(made), rows, strict=True):
        said = opened.said or {}
        if said:
            first = date.fromisoformat(said["first"]) if "first" in said else None
            last = date.fromisoformat(said["last"]) if "last" in said else local(at).date()
            found[identity].sealed[file, who].append(rules.Expecting(str(pk), first, last))


# Which rules count what, and what brings it.
TAKEN = {
    ("school_changes",): _schools,
    ("absence_in_a_row", "absence_in_all"): _absences,
    ("injuries",): _injuries,
    ("pregnancy",): _pregnancies,
}


def _all(sql: str, given: Iterable[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(given))
        return list(cursor.fetchall())


def still_open(dossiers: Collection[UUID]) -> set[UUID]:
    """Return those files of signals that somebody still considers."""
    return set(Signal.objects.filter(dossier__in=dossiers, state__in=OPEN).values_list("dossier", flat=True))


def that_read(units: Collection[int], at: datetime) -> set[int]:
    """Return those units that have a function today which reads what was noticed."""
    held = UnitFunction.objects.filter(Q(until=None) | Q(until__gt=at), unit__in=units, since__lte=at)
    return set(held.filter(function__in=rules.functions_of("noticed")).values_list("unit", flat=True))
