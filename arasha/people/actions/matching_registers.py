"""Who of a loaded register is somebody that is known already: sure ones are joined, doubtful ones go to review.

All of it is work of the clock. Nothing that is counted or told to whoever loads a register depends on other files.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.actions import system
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.people.actions.matching import propose_match
from arasha.people.rules import Birth
from arasha.people.rules.known import Forms, Known, Name, forms, name_forms
from arasha.people.rules.likeness import Likeness, Verdict, likeness_of, starting_thresholds

AT_ONCE: Final = 2_000
ORIGIN: Final = "register"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody as they are compared."""

    person: UUID
    dossier: UUID
    identity: UUID
    sealed: bool
    forms: Forms


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A pair that somebody must look at."""

    person: UUID
    other: UUID
    likeness: Likeness
    within: bool


def match_loaded(*, load: UUID, register: UUID, unit: int, moment: Callable[[], datetime]) -> int:
    """Compare everybody of a register whom nobody has compared yet, in transactions of their own; return how many."""
    compared = 0
    while True:
        with system("match_register") as actor:
            found = match_some(actor=actor, load=load, register=register, unit=unit, now=moment())
        compared += found
        if found < AT_ONCE:
            return compared


@sensitive_variables()
def match_some(*, actor: Actor, load: UUID, register: UUID, unit: int, now: datetime) -> int:
    """Compare up to AT_ONCE people of a register, in the open transaction of the clock; return how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, person FROM people.unmatched(%s, %s)", [load, AT_ONCE])
        rows = cursor.fetchall()
    if not rows:
        return 0
    joins, doubtful = judged([person for _row, person in rows], register)
    with (
        act(
            verb="match_register",
            stream=dossier_stream(register),
            now=now,
            codes={"facet": Facet.IDENTITY, "unit": unit},
        ),
        connection.cursor() as cursor,
    ):
        pairs = [[one for one, _ in joins], [other for _, (other, _likeness) in joins]]
        cursor.execute("SELECT * FROM people.join_loaded(%s, %s::uuid[], %s::uuid[])", [load, *pairs])
        refused = {person for (person,) in cursor.fetchall()}
        within = len({pair.person for pair in doubtful if pair.within})
        cursor.execute("SELECT people.note_matched(%s, %s::bigint[], %s)", [load, [row for row, _ in rows], within])
    doubtful += [Doubtful(one, other, alike, False) for one, (other, alike) in joins if one in refused]
    told: set[int] = set()  # one notice says that there is work, a thousand would say no more
    for pair in doubtful:
        propose_match(
            actor=actor,
            person=pair.person,
            other=pair.other,
            bits=pair.likeness.bits,
            levels={line.attribute: line.level for line in pair.likeness.lines},
            doubts=[doubt.value for doubt in pair.likeness.doubts],
            origin=ORIGIN,
            now=now,
            told=told,
        )
    return len(rows)


Joins = list[tuple[UUID, tuple[UUID, Likeness]]]


@sensitive_variables()
def judged(persons: Sequence[UUID], register: UUID) -> tuple[Joins, list[Doubtful]]:
    """Return who is surely who, and the pairs that are to be asked about.

    Two of one register are never joined without a person, nor somebody who is surely two different people.
    """
    pairs = _likely(persons)
    known = _described({*(one for one, _ in pairs), *(other for _, other in pairs)})
    same: dict[UUID, list[tuple[Candidate, Likeness]]] = {}
    doubtful: list[Doubtful] = []
    thresholds = starting_thresholds()
    for one, other in pairs:
        mine, theirs = known.get(one), known.get(other)
        if mine is None or theirs is None or theirs.sealed or mine.sealed or mine.identity == theirs.identity:
            continue
        alike = likeness_of(mine.forms, theirs.forms)
        verdict = alike.verdict(thresholds)
        within = theirs.dossier == register
        if verdict is Verdict.SAME and not within:
            same.setdefault(one, []).append((theirs, alike))
        elif verdict is not Verdict.NOT_SAME:
            doubtful.append(Doubtful(one, other, alike, within))
    joins: Joins = []
    for one, found in same.items():
        if len({theirs.identity for theirs, _ in found}) == 1:
            joins.append((one, (found[0][0].person, found[0][1])))
        else:
            doubtful += [Doubtful(one, theirs.person, alike, False) for theirs, alike in found]
    return joins, doubtful


def _likely(persons: Sequence[UUID]) -> list[tuple[UUID, UUID]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, other FROM people.likely(%s::uuid[])", [list(persons)])
        return [(one, other) for one, other in cursor.fetchall()]


@sensitive_variables()
def _described(persons: set[UUID]) -> dict[UUID, Candidate]:
    remembered = cache(name_forms)

    def forms_of_name(names: tuple[str, ...], key_of: Callable[[str], str]) -> Name:
        return remembered(names, key_of)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, dossier, identity, sealed, birth_first, birth_last, surnames, givens, patronymics, sex,"
            " iin, phones, district, institutions FROM people.described(%s::uuid[])",
            [list(persons)],
        )
        rows = cursor.fetchall()
    return {row[0]: Candidate(row[0], row[1], row[2], row[3], forms(_known(row), forms_of_name)) for row in rows}


def _known(row: Sequence[Any]) -> Known:
    """Return who is described: a row of `people.described`, its first four columns left out."""
    first, last, surnames, givens, patronymics, sex, iin, phones, district, institutions = row[4:]
    birth = Birth(first, last) if first is not None and last is not None else None
    names = (tuple(surnames), tuple(givens), tuple(patronymics))
    return Known(*names, birth, sex, iin, tuple(phones), district, tuple(institutions))
