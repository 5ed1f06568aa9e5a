"""One design, one reach, one kind of query: how long it takes in the database, and whether the sought is among ten."""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

import psycopg
from psycopg import Connection

from benches.people.corpus import BLOCK, Corpus, Person
from benches.people.queries import KINDS, Query

REACHES = ("unit", "region", "nation")
WARMING = 20
# Seconds for one cell: a slow design is asked fewer queries, at least so many.
PATIENCE = 25.0
LEAST = 20
CALL = (
    "SELECT person_id FROM {function}"
    "(%s::text[], %s::text[], %s::text[], %s::text[], %s::int, %s::int, %s::int, %s::text)"
)
# What spelling without a slip can reach: namesakes in the reach share ten places. What nobody asked for is not compared.
NAMESAKES = """
SELECT count(*) FROM people_name n
 WHERE (%(surname)s::text IS NULL OR n.surname_key = %(surname)s) AND n.given_key = %(given)s
   AND (%(father)s::text IS NULL OR n.father_key = %(father)s)
   AND (%(first)s::date IS NULL OR (n.birth_first <= %(last)s AND n.birth_last >= %(first)s))
   AND (%(unit)s::int IS NULL OR EXISTS (
        SELECT FROM access_member m WHERE m.dossier_id = n.dossier_id AND m.unit_id = %(unit)s))
   AND (%(region)s::text IS NULL
        OR left((SELECT p.district FROM people_person p WHERE p.id = n.person_id), 2) = %(region)s)"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query for a person by somebody who reaches a unit's dossiers, a region's, or all."""

    person: Person
    query: Query
    plain: Query | None
    unit: int | None
    region: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What came out: milliseconds, recall among ten, the recall of exact spelling, and of how many queries."""

    p50: float
    p95: float
    recall: float
    ceiling: float
    queries: int

    @property
    def share(self) -> float:
        """Return the recall as a share of what exact spelling could reach."""
        return self.recall / self.ceiling if self.ceiling else 1.0


def sought(corpus: Corpus, count: int) -> list[Person]:
    """Return persons spread over the corpus; every second stands in a file of their own."""
    random = Random(f"{corpus.seed} sought")  # noqa: S311
    blocks = -(-corpus.persons // BLOCK)
    numbers = sorted(random.sample(range(blocks), min(blocks, 8)))
    found: list[Person] = []
    for place, number in enumerate(numbers):
        block = [person for person in corpus.block(number) if person.birth]
        share = count * (place + 1) // len(numbers) - count * place // len(numbers)
        found += random.sample([person for person in block if person.own_file], share // 2)
        found += random.sample([person for person in block if not person.own_file], share - share // 2)
    random.shuffle(found)
    return found


def asked(persons: list[Person], kind: str, reach: str) -> Iterator[Asked]:
    """Make the queries of one kind from one reach; the person is always within it."""
    make, plain = KINDS[kind]
    for number, person in enumerate(persons):
        random = Random(f"{kind} {number}")  # noqa: S311
        yield Asked(
            person,
            make(person, random),
            plain(person, random) if plain else None,
            random.choice(person.units) if reach == "unit" else None,
            person.district[:2] if reach == "region" else None,
        )


def ceiling(connection: "Connection[tuple[object, ...]]", one: Asked) -> float:
    """Return how likely the person is among ten of those who bear exactly what was meant."""
    if one.plain is None:
        return 0.0
    said = one.plain.said
    keys = dict(zip("sgf", one.person.keys, strict=True))
    year = one.plain.years
    found = connection.execute(
        NAMESAKES,
        {
            "surname": keys["s"] if "s" in said else None,
            "given": keys["g"],
            "father": keys["f"] if "f" in said else None,
            "first": f"{year[0]}-01-01" if year else None,
            "last": f"{year[1]}-12-31" if year else None,
            "unit": one.unit,
            "region": one.region,
        },
    ).fetchone()
    return min(1.0, 10 / max(int(str(found[0])) if found else 1, 1))


def measure(
    connection: "Connection[tuple[object, ...]]",
    function: str,
    queries: list[Asked],
    ceilings: Callable[[Asked], float],
) -> Cell:
    """Ask all queries one by one, prepared and warm; what a query takes is the round trip on a local socket."""
    statement = CALL.format(function=function).encode()
    for one in queries[:WARMING]:
        _ask(connection, statement, one)
    times, hits, possible = [], 0, 0.0
    began = time.perf_counter()
    for one in queries:
        before = time.perf_counter()
        found = _ask(connection, statement, one)
        times.append((time.perf_counter() - before) * 1000)
        hits += one.person.id in found
        possible += ceilings(one)
        if time.perf_counter() - began > PATIENCE and len(times) >= LEAST:
            break
    hundredths = statistics.quantiles(times, n=20)
    return Cell(statistics.median(times), hundredths[18], hits / len(times), possible / len(times), len(times))


def _ask(connection: "Connection[tuple[object, ...]]", statement: bytes, one: Asked) -> list[str]:
    try:
        found = connection.execute(statement, (*one.query.arguments(), one.unit, one.region), prepare=True)
    except psycopg.errors.QueryCanceled:
        return []
    return [str(row[0]) for row in found]
