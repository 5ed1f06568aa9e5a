"""The corpus in the house's own tables, and the search as people ask it: `make bench ONLY=people`.

The corpus is copied out of the database of the designs, past every trigger, into a database that the house's own
migrations made. Who asks is put into settings, in place of a session: deriving the asker is measured in `ground`.
"""

import os
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import psycopg
from psycopg import Connection

from benches import place
from benches.copying import without_indexes, without_triggers
from benches.figures import Figure
from benches.people.corpus import Corpus, Person
from benches.people.database import opened, serving
from benches.people.measuring import REACHES, Asked, asked, reachable, sought
from benches.people.queries import KINDS

SQL = Path(__file__).parent / "sql"
Wire = Connection[tuple[object, ...]]
PERSONS = 7_000_000
QUERIES = 200
P50, P95, IIN, RECALL = 40.0, 120.0, 2.0, 0.95
# Kinds whose recall has a budget: by itself, or as a share of what exact spelling could reach.
FINDS = ("1 slip, year", "2 slips, year", "other script, year")
SHARES = ("1 slip", "2 slips", "other script", "no patronymic, slip, year")
COPIED = {
    # Grouped: asked row by row whether a file has anybody else, seven million rows do not end within an hour.
    "access_dossier": "SELECT dossier_id, CASE WHEN count(*) = 1 THEN 'case' ELSE 'register' END,"
    " CASE WHEN count(*) = 1 THEN min(district) ELSE left(min(district), 2) || '0000000' END, now(), '{}'::int[],"
    " '{}'::int[], '' FROM people_person GROUP BY dossier_id",
    "people_person": "SELECT id, dossier_id, 'child', '', sex, birth_first, birth_last, 'day', false, now()"
    " FROM people_person",
    "people_personidentity": "SELECT id, id, false FROM people_person",
    "people_entry": "SELECT person_id, person_id, dossier_id, surname_key, given_key, father_key, birth_first,"
    " birth_last, false FROM people_name",
    "people_paper": "SELECT id, dossier_id, id, now(), 'iin', '', decode(md5(iin), 'hex') FROM people_person"
    " WHERE iin <> ''",
    "access_member": "SELECT gen_random_uuid(), dossier_id, unit_id, 'partner', 511, 0, now(), 'bench'"
    " FROM access_member",
}
COLUMNS = {
    "access_dossier": "id, kind, territory_id, opened_at, access_units, access_users, opened_mark",
    "people_person": "id, dossier_id, role, called, sex, birth_first, birth_last, birth_how, died, recorded_at",
    "people_personidentity": "person_id, identity, sealed",
    "people_entry": "id, person_id, dossier_id, surname_key, given_key, father_key, birth_first, birth_last, hidden",
    "people_paper": "id, dossier_id, person_id, recorded_at, kind, reason, fingerprint",
    "access_member": "id, dossier_id, unit_id, part, reads, writes, since, reason",
}


def figures() -> Iterator[Figure]:
    """Measure the search in the house's own tables: time by reach, recall by kind, a number."""
    corpus = Corpus(int(os.environ.get("ARASHA_BENCH_PERSONS") or PERSONS))
    with serving() as server:
        bench = place.Bench(server, f"found_{place.key()}_{corpus.persons}")
        base, _seconds = opened(server, corpus)
        if not bench.exists():
            filled(bench, base)
        persons = sought(corpus, QUERIES)
        with base, bench.superuser() as connection:
            connection.execute("SET statement_timeout = '10s'")
            yield from searched(connection, base, persons)
            yield numbered(connection, persons)


def filled(bench: place.Bench, base: Wire) -> None:
    """Make the database: the house's migrations, then the corpus past every trigger, indexes last."""
    half = f"half_{bench.name}"
    began = perf_counter()
    print("Copying the corpus into the house's own tables once; this takes minutes at full scale …", flush=True)
    bench.create(half)
    whole = place.Bench(bench.server, half)
    with whole.superuser() as connection:
        connection.execute("SET session_replication_role = replica; SET synchronous_commit = off")
        connection.execute("SET maintenance_work_mem = '1GB'")
        with without_triggers(connection, list(COPIED)), without_indexes(connection, list(COPIED)):
            for table, select in COPIED.items():
                _copied(base, connection, select, f"{table} ({COLUMNS[table]})")
        connection.execute((SQL / "real.sql").read_bytes(), prepare=False)
        connection.execute("VACUUM ANALYZE")
    bench.rename(half)
    print(f"copied in {perf_counter() - began:.0f} s", flush=True)


def _copied(base: Wire, connection: Wire, select: str, table: str) -> None:
    with (
        base.cursor().copy(f"COPY ({select}) TO STDOUT".encode()) as out,
        connection.cursor().copy(f"COPY {table} FROM STDIN".encode()) as into,
    ):
        for part in out:
            into.write(part)


def searched(connection: Wire, base: Wire, persons: list[Person]) -> Iterator[Figure]:
    """Measure every kind of query from every reach; `base` counts what exact spelling could reach."""
    recalls: dict[str, list[tuple[float, float]]] = {kind: [] for kind in KINDS}
    for reach in REACHES:
        times: list[float] = []
        for kind in KINDS:
            queries = list(asked(persons, kind, reach))
            spent, found, ceiling = _asked(connection, base, queries)
            times += spent
            recalls[kind].append((found, ceiling))
        cuts = statistics.quantiles(times, n=100)
        note = f"{len(times):,} queries of {len(KINDS)} kinds"
        yield Figure(f"search, {reach}: p50", cuts[49], P50, "ms", note=note)
        yield Figure(f"search, {reach}: p95", cuts[94], P95, "ms")
    for kind in (*FINDS, *SHARES):
        found, ceiling = (statistics.mean(part) for part in zip(*recalls[kind], strict=True))
        share = found / ceiling if kind in SHARES else found
        what = "of what exact spelling reaches" if kind in SHARES else "recall@10"
        yield Figure(f"{kind}: {what}", share, RECALL, "", least=True, note=f"recall {found:.3f}, exact {ceiling:.3f}")


def _asked(connection: Wire, base: Wire, queries: list[Asked]) -> tuple[list[float], float, float]:
    times, hits, possible = [], 0, 0.0
    for one in queries:
        connection.execute(
            "SELECT set_config('bench.unit', %s, false), set_config('bench.region', %s, false)",
            [str(one.unit or ""), one.region or ""],
        )
        said, surnames, givens, fathers, first, last = one.query.arguments()
        since, until = (f"{first}-01-01", f"{last}-12-31") if first else (None, None)
        before = perf_counter()
        try:
            rows = connection.execute(
                "SELECT person FROM people.find(%s, %s, %s, %s, %s::date, %s::date, 10)",
                [said, surnames, givens, fathers, since, until],
                prepare=True,
            ).fetchall()
        except psycopg.errors.QueryCanceled:
            rows = []
        times.append((perf_counter() - before) * 1000)
        hits += one.person.id in {str(row[0]) for row in rows}
        possible += reachable(base, one)
    return times, hits / len(queries), possible / len(queries)


def numbered(connection: Wire, persons: list[Person]) -> Figure:
    """Measure the search by a number, as the nation asks it."""
    connection.execute("SELECT set_config('bench.unit', '', false), set_config('bench.region', '', false)")
    times = []
    for person in persons:
        before = perf_counter()
        connection.execute(
            "SELECT person FROM people.find_number('iin', decode(md5(%s), 'hex'), 10)", [person.iin], prepare=True
        )
        times.append((perf_counter() - before) * 1000)
    return Figure("search by IIN: p95", statistics.quantiles(times, n=20)[18], IIN, "ms")


def main() -> int:
    """Print the figures."""
    over = False
    for figure in figures():
        print(figure.line(), flush=True)
        over = over or figure.over
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
