"""One design, one reach, one kind of query: how long it takes in the database, and whether the sought is among ten."""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

import psycopg
from psycopg import Connection

from arasha.people.rules import key
from benches.people.corpus import BLOCK, Corpus, Person
from benches.people.queries import KINDS, Query

REACHES = ("unit", "region", "nation")
WARMING = 20
# Seconds for one cell: a slow design is asked fewer queries, at least so many.
PATIENCE = 12.0
LEAST = 20
PLACES = 10
CALL = (
    "SELECT person_id FROM {function}"
    "(%s::text[], %s::text[], %s::text[], %s::text[], %s::int, %s::int, %s::int, %s::text)"
)
# What spelling without a slip can reach: namesakes share ten places, in the order of their ids, as in all designs.
NAMESAKES = """
SELECT count(*) FROM bench.name n
 WHERE (%(surname)s::text IS NULL OR n.surname_key = %(surname)s) AND n.given_key BETWEEN %(low)s AND %(high)s
   AND (%(father)s::text IS NULL OR n.father_key = %(father)s)
   AND (%(first)s::date IS NULL OR (n.birth_first <= %(last)s AND n.birth_last >= %(first)s))
   AND (%(unit)s::int IS NULL
        OR (SELECT true FROM access_member m WHERE m.dossier_id = n.dossier_id AND m.unit_id = %(unit)s LIMIT 1))
   AND (%(region)s::text IS NULL
        OR left((SELECT p.district FROM people_person p WHERE p.id = n.person_id), 2) = %(region)s)
   AND n.person_id <= %(person)s::uuid"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query for a person by somebody who reaches a unit's dossiers, a region's, or all."""

    person: Person
    query: Query
    plain: Query
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
    known, typed = KINDS[kind]
    for number, person in enumerate(persons):
        random = Random(f"{kind} {number}")  # noqa: S311
        plain = known(person)
        yield Asked(
            person,
            typed(plain, random),
            plain,
            random.choice(person.units) if reach == "unit" else None,
            person.district[:2] if reach == "region" else None,
        )


def reachable(connection: "Connection[tuple[object, ...]]", one: Asked) -> bool:
    """Say whether the person is among the first ten of those who bear exactly what is known of them."""
    words = dict(zip(one.plain.said, one.plain.words, strict=True))
    keys = dict(zip("sgf", one.person.keys, strict=True))
    years = one.plain.years
    low = key(words["g"])
    parameters = {
        "surname": keys["s"] if "s" in words else None,
        "low": low,
        "high": f"{low}~" if one.plain.begins else low,
        "father": keys["f"] if "f" in words else None,
        "first": f"{years[0]}-01-01" if years else None,
        "last": f"{years[1]}-12-31" if years else None,
        "unit": one.unit,
        "region": one.region,
        "person": one.person.id,
    }
    row = connection.execute(NAMESAKES, parameters).fetchone()
    return row is not None and int(str(row[0])) <= PLACES


def measure(
    connection: "Connection[tuple[object, ...]]",
    function: str,
    queries: list[Asked],
    ceiling: Callable[[Asked], bool],
) -> Cell:
    """Ask all queries one by one, prepared and warm; what a query takes is the round trip on a local socket."""
    statement = CALL.format(function=function).encode()
    for one in queries[:WARMING]:
        _ask(connection, statement, one)
    times, hits, possible = [], 0, 0
    began = time.perf_counter()
    for one in queries:
        before = time.perf_counter()
        found = _ask(connection, statement, one)
        times.append((time.perf_counter() - before) * 1000)
        hits += one.person.id in found
        possible += ceiling(one)
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
