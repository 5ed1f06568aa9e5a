"""Pairs of people who may be one: of whom a reader may know, and what the clock's work compares."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeVar
from uuid import UUID

from django.db import connection

from arasha.kernel.access.models import Dossier
from arasha.people import models
from arasha.people.models.facts import Fact
from arasha.people.queries.finding import Found, glimpses, search
from arasha.people.rules import NothingAsked, Question, asks_for
from arasha.people.rules.birth import Birth
from arasha.people.rules.known import Known

F = TypeVar("F", bound=Fact)
OPEN: Final = ("open", "asked", "proposed")
# How many are looked at for each name of a person, and how far their births may lie apart (register and report).
COMPARED, YEARS = 20, 1


@dataclass(frozen=True)
class Side:
    """One person of a pair: what the reader may know of them; None beyond the reader's reach."""

    person: UUID
    dossier: UUID
    shown: Found | None


@dataclass(frozen=True)
class Pair:
    """Two people who may be one, as somebody may see them."""

    id: UUID
    sides: tuple[Side, Side]
    bits: float
    levels: dict[str, str]
    doubts: tuple[str, ...]
    origin: str
    state: str
    proposed_at: datetime
    first_user: int | None
    first_at: datetime | None
    second_user: int | None
    decided_at: datetime | None


def pairs(states: Sequence[str] = OPEN, after: tuple[datetime, UUID] | None = None, most: int = 25) -> list[Pair]:
    """Return pairs of which who acts may know, the eldest first, after a place in that order."""
    return _pairs(None, states, after, most)


def pair(match: UUID) -> Pair | None:
    """Return one pair, or None: it is not there, for who acts or at all."""
    found = _pairs(match, (*OPEN, "same", "not_same"), None, 1)
    return found[0] if found else None


def _pairs(match: UUID | None, states: Sequence[str], after: tuple[datetime, UUID] | None, most: int) -> list[Pair]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, one, other, one_file, other_file, one_reach, other_reach, bits, levels, doubts, origin, state,"
            " proposed_at, first_user, first_at, second_user, decided_at FROM people.pairs(%s, %s, %s, %s, %s)",
            [match, list(states), *(after or (None, None)), most],
        )
        rows = cursor.fetchall()
    reached = {row[place + 1] for row in rows for place in (0, 1) if row[place + 5] > 0}
    shown = {found.person: found for found in glimpses(sorted(reached), {})}
    return [
        Pair(
            row[0],
            (Side(row[1], row[3], shown.get(row[1])), Side(row[2], row[4], shown.get(row[2]))),
            row[7],
            dict(level.split(":", 1) for level in row[8]),
            tuple(row[9]),
            *row[10:],
        )
        for row in rows
    ]


def described(persons: Sequence[UUID]) -> dict[UUID, Known]:
    """Return what is known of people, for comparing them; numbers as their keyed hashes. For the clock's work."""
    people = models.Person.objects.in_bulk(list(persons))
    names = _by_person(models.PersonName.objects.filter(person__in=persons, ended_at=None))
    places = _by_person(models.Attendance.objects.filter(person__in=persons, ended_at=None))
    territories = dict(
        Dossier.objects.filter(pk__in={one.dossier_id for one in people.values()}).values_list("pk", "territory_id")
    )
    marks: dict[UUID, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, kind, fingerprint FROM people.marks(%s::uuid[])", [list(persons)])
        for person, kind, fingerprint in cursor.fetchall():
            marks[person][kind].append(bytes(fingerprint).hex())
    return {
        one.pk: Known(
            surnames=_said(name.surname for name in names[one.pk]),
            givens=_said(name.given for name in names[one.pk]),
            patronymics=_said(name.patronymic for name in names[one.pk]),
            birth=Birth(one.birth_first, one.birth_last) if one.birth_first and one.birth_last else None,
            sex=one.sex,
            iin=next(iter(marks[one.pk]["iin"]), ""),
            phones=tuple(marks[one.pk]["phone"]),
            district=territories.get(one.dossier_id, "") or "",
            institutions=_said(str(place.place_id or place.called) for place in places[one.pk]),
        )
        for one in people.values()
    }


def likely(person: models.Person, known: Known) -> list[UUID]:
    """Return who may be this person and is not said to be already: by names and births, and by numbers."""
    found: dict[UUID, None] = {}
    for question in _questions(person):
        found.update((one.person, None) for one in search(question, most=COMPARED))
    with connection.cursor() as cursor:
        for kind, mark in [("iin", known.iin), *(("phone", phone) for phone in known.phones)]:
            if mark:
                cursor.execute(
                    "SELECT person FROM people.find_number(%s, %s, %s)", [kind, bytes.fromhex(mark), COMPARED]
                )
                found.update((row[0], None) for row in cursor.fetchall())
        cursor.execute("SELECT * FROM people.apart_from(%s, %s::uuid[])", [person.pk, list(found)])
        apart = {row[0] for row in cursor.fetchall()}
    return [one for one in found if one in apart]


def _questions(person: models.Person) -> list[Question]:
    since = until = None
    if person.birth_first and person.birth_last:
        since, until = date(person.birth_first.year - YEARS, 1, 1), date(person.birth_last.year + YEARS, 12, 31)
    questions = []
    for name in models.PersonName.objects.filter(person=person, ended_at=None):
        if name.surname and name.given:  # a given name alone is half a village's
            try:
                questions.append(asks_for(name.surname, name.given, name.patronymic, since, until))
            except NothingAsked:
                continue
    return questions


def _said(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _by_person(rows: Iterable[F]) -> dict[UUID, list[F]]:
    grouped: dict[UUID, list[F]] = defaultdict(list)
    for row in rows:
        grouped[row.person_id].append(row)
    return grouped
