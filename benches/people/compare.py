"""`python -m benches.people.compare [--persons N]`: load the corpus, build and measure each design, keep figures."""

import argparse
import json
import os
import statistics
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from psycopg import Connection

from benches.figures import RESULTS
from benches.people.corpus import Corpus, Person
from benches.people.database import opened, serving
from benches.people.designs import DESIGNS, Design, built
from benches.people.measuring import REACHES, Cell, asked, measure, reachable, sought
from benches.people.queries import KINDS

HEAD = f"{'kind':<26} {'reach':<7} {'p50 ms':>8} {'p95 ms':>8} {'recall@10':>9} {'exact':>6} {'share':>6} {'n':>4}"
IIN = """SELECT p.id FROM people_person p WHERE p.iin = %s AND (%s::int IS NULL OR (
    SELECT true FROM access_member m WHERE m.dossier_id = p.dossier_id AND m.unit_id = %s LIMIT 1))"""


def main(words: list[str]) -> int:
    """Compare the designs named, or all."""
    parser = argparse.ArgumentParser(prog="python -m benches.people.compare", description=__doc__)
    parser.add_argument("--persons", type=int, default=7_000_000, help="how many persons to search among")
    parser.add_argument("--queries", type=int, default=300, help="how many queries of each kind; fewer of what is slow")
    parser.add_argument("--design", action="append", choices=[design.name for design in DESIGNS], help="only these")
    parser.add_argument("--kind", action="append", choices=list(KINDS), help="only these kinds of query")
    said = parser.parse_args(words)
    corpus = Corpus(said.persons)
    result: dict[str, Any] = {"persons": said.persons, "load": os.getloadavg()[0], "designs": {}}
    with serving() as server:
        connection, seconds = opened(server, corpus)
        print(f"{said.persons:,} persons, loaded in {seconds:.0f} s (0: they were there), load {result['load']:.1f}")
        persons = sought(corpus, said.queries)
        by_iin(connection, persons)
        for design in DESIGNS:
            if not said.design or design.name in said.design:
                result["designs"][design.name] = compared(connection, design, persons, said.kind or list(KINDS))
        connection.close()
    print(f"kept in {keep(result)}")
    return 0


def compared(
    connection: "Connection[tuple[object, ...]]", design: Design, persons: list[Person], kinds: list[str]
) -> dict[str, Any]:
    """Build a design and measure it with all kinds of query from all reaches."""
    connection.execute("SET statement_timeout = 0")
    with built(connection, design) as cost:
        connection.execute("VACUUM")
        connection.execute("SET statement_timeout = '10s'")
        print(f"\n{design.name}: built in {cost.seconds:.0f} s, {cost.size / 2**20:,.0f} MB\n{HEAD}", flush=True)
        cells = {}
        for kind in kinds:
            for reach in REACHES:
                queries = list(asked(persons, kind, reach))
                cell = measure(connection, design.function, queries, lambda one: reachable(connection, one))
                cells[f"{kind}, {reach}"] = asdict(cell)
                print(line(kind, reach, cell), flush=True)
        connection.execute("SET statement_timeout = 0")
    return {"seconds": cost.seconds, "bytes": cost.size, "cells": cells}


def line(kind: str, reach: str, cell: Cell) -> str:
    """Return a line of the table; `exact` is the recall that spelling without a slip can reach."""
    figures = f"{kind:<26} {reach:<7} {cell.p50:8.1f} {cell.p95:8.1f}"
    if kind == "absent":
        return f"{figures} {'':>9} {'':>6} {'':>6} {cell.queries:4}"
    return f"{figures} {cell.recall:9.3f} {cell.ceiling:6.3f} {cell.share:6.3f} {cell.queries:4}"


def by_iin(connection: "Connection[tuple[object, ...]]", persons: list[Person]) -> None:
    """Print how long finding by number takes, for a unit and the nation; the second, warm time counts."""
    for unit in (True, False):
        times = []
        for person in (*persons, *persons):
            who = person.units[0] if unit else None
            began = time.perf_counter()
            connection.execute(IIN, (person.iin, who, who), prepare=True).fetchall()
            times.append((time.perf_counter() - began) * 1000)
        times = times[len(persons) :]
        hundredths = statistics.quantiles(times, n=20)
        reach = "unit" if unit else "nation"
        print(f"number, {reach}: p50 {statistics.median(times):.2f} ms, p95 {hundredths[18]:.2f} ms", flush=True)


def keep(result: dict[str, Any]) -> Path:
    """Write what was measured as JSON beside the other benches' results."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"people-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
    path.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
