"""Descriptions as a table: their forms as columns, handed over as registered frames, never as SQL."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Final

import duckdb
import pandas as pd

from arasha.people.rules.known import Forms, Known, Name, forms, name_forms
from arasha.people.rules.names import key

Record = tuple[str, Known]
"""An identifier, unique in its list, and what is known."""

AT_ONCE: Final = 50_000
REMEMBERED: Final = 200_000
# Parts the entries of a list within a frame's text; no name or key has it.
BETWEEN: Final = "\x1f"
NAMES: Final = ("surname", "given", "patronymic")
LISTS: Final = (
    *(f"{name}_{form}" for name in NAMES for form in ("written", "keys", "parts", "initials")),
    "crossing",
    "phones",
    "institutions",
)
TEXTS: Final = ("id", "sex", "iin", "district", "surname_plain")
COLUMNS: Final = (*TEXTS, *LISTS, "birth_first", "birth_last")
# What rows are brought together by (`blocking`), from the first of the keys; NULL meets nothing.
MEETING: Final = """
    surname_keys[1] AS surname_key, given_keys[1] AS given_key, patronymic_keys[1] AS father_key,
    coalesce(left(given_keys[1], 1), given_initials[1]) AS given_letter,
    CASE WHEN year(birth_first) = year(birth_last) THEN year(birth_first) END AS birth_year,
    CASE WHEN birth_first = birth_last THEN birth_first END AS birth_day"""


def fill(connection: duckdb.DuckDBPyConnection, table: str, records: Iterable[Record]) -> None:
    """Make a table of descriptions; `table` is a name of ours. `number` counts the rows from 0."""
    lists = ", ".join(
        f"CASE WHEN {name} = '' THEN [] ELSE string_split({name}, chr(31)) END AS {name}" for name in LISTS
    )
    said = ", ".join(f"{name}_keys <> '' OR {name}_initials <> '' AS {name}_said" for name in NAMES)
    texts = ", ".join(f"nullif({name}, '') AS {name}" for name in TEXTS)
    dates = "CAST(nullif(birth_first, '') AS DATE) AS birth_first, CAST(nullif(birth_last, '') AS DATE) AS birth_last"
    row = f"SELECT number, {texts}, {lists}, {said}, {dates} FROM frame"  # noqa: S608 - names of ours
    made = False
    for frame in _frames(records):
        connection.register("frame", frame)
        into = f"INSERT INTO {table}" if made else f"CREATE TABLE {table} AS"
        connection.execute(f"{into} SELECT *, {MEETING} FROM ({row})")  # noqa: S608
        connection.unregister("frame")
        made = True


def _frames(records: Iterable[Record]) -> Iterator[pd.DataFrame]:
    """Yield the rows by the ten thousand; one frame without rows where there are no records."""
    remember = lru_cache(REMEMBERED)(name_forms)
    remaining, start = iter(records), 0
    while (rows := [_row(*record, remember) for record in islice(remaining, AT_ONCE)]) or start == 0:
        frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")
        frame.insert(0, "number", range(start, start + len(rows)))
        start += max(len(rows), 1)
        yield frame


def _row(identifier: str, known: Known, remember: Callable[..., Name]) -> tuple[str, ...]:
    found = forms(known, remember)
    birth = found.birth
    return (
        identifier,
        found.sex,
        found.iin,
        found.district,
        key(known.surnames[0]) if known.surnames else "",
        *(text for name in NAMES for text in _lists_of(found, name)),
        _list(found.crossing),
        _list(found.phones),
        _list(found.institutions),
        _day(birth and birth[0]),
        _day(birth and birth[1]),
    )


def _lists_of(found: Forms, name: str) -> Iterator[str]:
    of_name: Name = getattr(found, name)
    return (_list(entries) for entries in (of_name.written, of_name.keys, of_name.parts, of_name.initials))


def _list(entries: Iterable[str]) -> str:
    return BETWEEN.join(sorted(entry.replace(BETWEEN, " ") for entry in entries))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
