"""The DuckDB in which a batch is compared: in memory, spilling to one folder, reaching no other file and no network."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

# Two lists of keys, of which any two differ by one slip: what `people.rules.levels.near` says.
MACROS: Final = (
    """CREATE MACRO slip(one, other) AS
       CASE WHEN abs(length(one) - length(other)) <= 1 THEN damerau_levenshtein(one, other) <= 1 ELSE false END""",
    """CREATE MACRO near_any(ones, others) AS coalesce(list_bool_or(list_transform(ones, lambda one:
       list_bool_or(list_transform(others, lambda other:
       CASE WHEN least(length(one), length(other)) >= 4 THEN slip(one, other) ELSE false END)))), false)""",
    """CREATE MACRO begins_any(initials, others) AS coalesce(list_bool_or(list_transform(initials, lambda initial:
       list_bool_or(list_transform(others, lambda other: starts_with(other, initial))))), false)""",
)


@contextmanager
def locked(workdir: Path, *, memory: str, threads: int) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database that ends with the block, and with it whatever it spilled below `workdir`.

    No extension is fetched or loaded, no file is read or written but its own spill, and nothing can be set again. The
    spill is not encrypted (DuckDB 2.0 can do that with a fetched extension alone): `workdir` lies on an encrypted disk.
    """
    spill = Path(tempfile.mkdtemp(prefix="linkage-", dir=workdir))
    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "allow_unsigned_extensions": False,
            "allow_extension_repositories": "forbidden",
            "allow_persistent_secrets": False,
            "python_enable_replacements": False,
            "enable_external_access": False,
            "memory_limit": memory,
            "threads": threads,
            "temp_directory": str(spill),
            "preserve_insertion_order": False,
        },
    )
    try:
        for macro in MACROS:
            connection.execute(macro)
        connection.execute("SET lock_configuration = true")
        yield connection
    finally:
        connection.close()
        shutil.rmtree(spill, ignore_errors=True)
