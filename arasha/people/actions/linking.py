"""Everybody against everybody in one batch, and weights learnt from what people decided: work by command."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import connection

from arasha.kernel.access.rules import Actor
from arasha.people import queries
from arasha.people.actions.matching import MatchingIsTheClocks, propose_match
from arasha.people.models import Person
from arasha.people.rules.known import Known
from arasha.people.rules.likeness import starting_thresholds, starting_weights

if TYPE_CHECKING:
    from arasha.people.linkage import Learnt

CHUNK: Final = 2_000


@dataclass(frozen=True, slots=True)
class Linked:
    """How many people were compared, how many pairs reached a threshold, and how many of them are new."""

    people: int
    pairs: int
    proposed: int


def link_everybody(*, actor: Actor, now: datetime, workdir: Path) -> Linked:
    """Compare everybody with everybody through Splink; what reaches a threshold goes to review.

    Names lie in DuckDB's files below `workdir` while it works, unencrypted: it belongs on an encrypted disk.
    Raises MatchingIsTheClocks; OSError when the folder cannot be written to.
    """
    # Splink, DuckDB and pandas are loaded by whoever links batches and by nobody else.
    from arasha.people.linkage import link  # noqa: PLC0415

    if not actor.is_system:
        raise MatchingIsTheClocks
    people, pairs, proposed = Person.objects.filter(ended_at=None).count(), 0, 0
    told: set[int] = set()
    for pair in link(_records(), None, starting_weights(), starting_thresholds(), workdir):
        pairs += 1
        one, other = UUID(pair.one), UUID(pair.other)
        proposed += propose_match(
            actor=actor,
            person=one,
            other=other,
            bits=pair.likeness.bits,
            levels={line.attribute: line.level for line in pair.likeness.lines},
            doubts=[doubt.value for doubt in pair.likeness.doubts],
            origin="batch",
            now=now,
            told=told,
        )
    return Linked(people, pairs, proposed)


def _records() -> Iterator[tuple[str, Known]]:
    ids = list(Person.objects.filter(ended_at=None).order_by("id").values_list("id", flat=True))
    for start in range(0, len(ids), CHUNK):
        for person, known in queries.described(ids[start : start + CHUNK]).items():
            yield str(person), known


def learn_weights(*, actor: Actor, now: datetime) -> "list[Learnt]":
    """Return weights learnt from the pairs on which people decided; they count from when somebody puts them in place.

    Raises MatchingIsTheClocks.
    """
    from arasha.people.linkage import learn  # noqa: PLC0415

    if not actor.is_system:
        raise MatchingIsTheClocks
    with connection.cursor() as cursor:
        cursor.execute("SELECT one, other, is_one FROM people.reviewed()")
        reviewed = cursor.fetchall()
    known = queries.described(list({person for one, other, _ in reviewed for person in (one, other)}))
    return learn((known[one], known[other], same) for one, other, same in reviewed if one in known and other in known)
