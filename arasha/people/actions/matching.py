"""Comparing people with each other, keeping who may be one, and what people decide about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.models import Unit
from arasha.kernel.access.queries import body_for
from arasha.kernel.access.rules import Actor, from_database
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import person_stream
from arasha.kernel.messages.actions import notify
from arasha.people import queries
from arasha.people.models import Person
from arasha.people.rules.known import forms
from arasha.people.rules.likeness import Verdict, likeness_of, starting_thresholds

BATCH: Final = 50
LINK: Final = "/people/matches/"


class MatchingIsTheClocks(PermissionError):
    """Only the clock's own work compares people of all files."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a pair; `kept`: how many rows an undo could not part, because they came after the merge."""

    state: str
    kept: int


def propose_match(
    *,
    actor: Actor,
    person: UUID,
    other: UUID,
    bits: float,
    levels: Mapping[str, str],
    doubts: Sequence[str],
    origin: str,
    now: datetime,
    told: set[int] | None = None,
) -> bool:
    """Keep a pair for people to look at, once; say whether it is new. Those who coordinate the two places are told.

    `levels` is how the two stand in each attribute, `bits` their sum, `origin` what compared them. `told` are the posts
    that heard of another pair of the same batch: they are not told again, and those who are now join them.
    Raises MatchingIsTheClocks.
    """
    if not actor.is_system:
        raise MatchingIsTheClocks
    with transaction.atomic():
        codes = {"origin": origin, "other": str(other)}
        with act(verb="propose_match", stream=person_stream(person), now=now, codes=codes):
            said = [f"{attribute}:{level}" for attribute, level in levels.items()]
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT people.propose_match(%s, %s, %s, %s, %s, %s)",
                    [person, other, bits, said, list(doubts), origin],
                )
                is_new = bool(cursor.fetchone()[0])
        if is_new:
            _tell(actor, person, other, set() if told is None else told, now)
    return is_new


def _tell(actor: Actor, person: UUID, other: UUID, told: set[int], now: datetime) -> None:
    """Tell those who coordinate the places of the two files, where the pair will be shown to them.

    The notice says no more than that there is a pair.
    """
    files = Person.objects.filter(pk__in=[person, other]).values_list("dossier_id", "dossier__territory_id")
    for dossier, territory in files:
        unit = coordinating(territory, now)
        if unit is None:
            continue
        with connection.cursor() as cursor:
            cursor.execute("SELECT people.told_of_pair(%s, %s, %s)", [person, other, unit.pk])
            posts = {row[0] for row in cursor.fetchall()} - told
        if posts:
            notify(actor=actor, posts=sorted(posts), code="match_to_review", link=LINK, dossier=dossier, now=now)
            told |= posts


def coordinating(territory: str, at: datetime) -> Unit | None:
    """Return the unit that reviews pairs of a place: the district's coordination, else the region's."""
    functions = ("coordination_district", "coordination_region")
    return next((unit for function in functions if (unit := body_for(function, territory, at))), None)


def match_waiting(*, actor: Actor, now: datetime, most: int = BATCH) -> int:
    """Compare those who wait with everybody; keep the pairs that somebody must look at. Return how many were compared.

    Nobody is joined by it: two people do that. Raises MatchingIsTheClocks.
    """
    if not actor.is_system:
        raise MatchingIsTheClocks
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT people.take_unmatched(%s)", [most])
            waiting = [row[0] for row in cursor.fetchall()]
        for person in Person.objects.filter(pk__in=waiting, ended_at=None):
            _compare(actor, person, now)
    return len(waiting)


def _compare(actor: Actor, person: Person, now: datetime) -> None:
    own = queries.described([person.pk])[person.pk]
    others = queries.described(queries.likely(person, own))
    mine, thresholds = forms(own), starting_thresholds()
    for other, known in others.items():
        found = likeness_of(mine, forms(known))
        if found.verdict(thresholds) is not Verdict.NOT_SAME:
            propose_match(
                actor=actor,
                person=person.pk,
                other=other,
                bits=found.bits,
                levels={line.attribute: line.level for line in found.lines},
                doubts=[doubt.value for doubt in found.doubts],
                origin="registering",
                now=now,
            )


def decide_match(*, actor: Actor, match: UUID, decision: str, now: datetime) -> Decided:
    """Decide on a pair: `same` (a second person must say so too), `not_same`, `ask`, or `undo` a merge.

    A merge changes which rows are one human being and no row of either file; undone, each has its identity back.
    Raises NotThere, Conflict when it was decided meanwhile, NeedsTwo for the person who proposed it.
    """
    found = queries.pair(match)
    stream = person_stream(found.sides[0].person if found else match)
    told = {"match": str(match), "decision": decision, "unit": actor.unit_id}
    try:
        with transaction.atomic(), act(verb="decide_match", stream=stream, now=now, codes=told):
            return _decided(match, decision)
    except DatabaseError as error:
        raise from_database(error) from error


def _decided(match: UUID, decision: str) -> Decided:
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, kept FROM people.decide_match(%s, %s)", [match, decision])
        return Decided(*cursor.fetchone())
