"""Linking a batch: who of one list may be who of another, or who stands in one list twice."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
from splink import DuckDBAPI, Linker

from arasha.people.linkage.comparing import BLOCKING, level_sql, settings
from arasha.people.linkage.ground import locked
from arasha.people.linkage.tables import Record, fill
from arasha.people.rules.levels import ATTRIBUTES
from arasha.people.rules.likeness import Likeness, Thresholds, Verdict, Weights, summed

FETCHED: Final = 10_000
ONE_NUMBER: Final = ("l.iin = r.iin",)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that are one person or may be: their identifiers, why, and what that says."""

    one: str
    other: str
    likeness: Likeness
    verdict: Verdict


def link(
    records: Iterable[Record],
    others: Iterable[Record] | None,
    weights: Weights,
    thresholds: Thresholds,
    workdir: Path,
    *,
    memory: str = "4GB",
    threads: int = 2,
) -> Iterator[Pair]:
    """Yield the pairs to take as one and those to ask about, in no order; without `others`, within `records`.

    Whole lists are held in DuckDB within `memory`, which spills below `workdir` and leaves nothing there. Two records
    with one number come even where all else speaks against them. Raises OSError when the folder cannot be written to.
    """
    with locked(workdir, memory=memory, threads=threads) as connection:
        fill(connection, "ones", records)
        if others is not None:
            fill(connection, "others", others)
        for found in compared(connection, weights, thresholds.prior, within=others is None, least=thresholds.ask_at):
            pair = _pair(found, weights, thresholds)
            if pair.verdict is not Verdict.NOT_SAME:
                yield pair


def compared(
    connection: duckdb.DuckDBPyConnection,
    weights: Weights,
    prior: float,
    *,
    within: bool,
    least: float,
    blocking: tuple[str, ...] = BLOCKING,
) -> Iterator[Sequence[str]]:
    """Yield (identifier, identifier, level of each attribute) of the tables' pairs that reach `least`.

    And of those with one number that don't: they are asked about however little else agrees.
    """
    _predict(connection, "found", settings(weights, prior, blocking, within=within, phones=True), within, least)
    _predict(connection, "numbered", settings(weights, prior, ONE_NUMBER, within=within, phones=False), within, 0)
    second = "ones" if within else "others"
    cursor = connection.execute(f"""
        SELECT id_l, id_r, {", ".join(level_sql(attribute) for attribute in ATTRIBUTES)}
        FROM (SELECT number_l, number_r FROM found UNION SELECT number_l, number_r FROM numbered) AS pairs
        JOIN (SELECT COLUMNS('(.*)') AS '\\1_l' FROM ones) AS l USING (number_l)
        JOIN (SELECT COLUMNS('(.*)') AS '\\1_r' FROM {second}) AS r USING (number_r)""")  # noqa: S608 - names of ours
    while rows := cursor.fetchmany(FETCHED):
        yield from rows


def _predict(
    connection: duckdb.DuckDBPyConnection, name: str, wanted: dict[str, object], within: bool, least: float
) -> None:
    """Let Splink compare what the rules bring together, and keep what reaches `least` under a name."""
    linker = Linker(
        "ones" if within else ["ones", "others"],
        wanted,
        DuckDBAPI(connection),
        set_up_basic_logging=False,
        validate_settings=False,
    )
    predicted = linker.inference.predict(threshold_match_probability=least)
    connection.execute(f"CREATE VIEW {name} AS SELECT * FROM {predicted.physical_name}")  # noqa: S608


def _pair(found: Sequence[str], weights: Weights, thresholds: Thresholds) -> Pair:
    one, other, *levels = found
    likeness = summed(dict(zip(ATTRIBUTES, levels, strict=True)), weights, thresholds.prior)
    return Pair(one, other, likeness, likeness.verdict(thresholds))
