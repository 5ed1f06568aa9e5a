"""The benches' own database of persons: made once for a number of persons, kept beside the other benches' data."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import psycopg
from psycopg import Connection, sql

from arasha.config.postgres.place import SUPERUSER, Place
from arasha.config.postgres.roles import EXTENSIONS, create_database
from arasha.config.postgres.server import Server
from benches.people.corpus import Corpus, Person, register, register_units
from benches.place import folder

SQL = Path(__file__).parent / "sql"
BASE = ("base.sql", "base_indexes.sql", "namesakes.sql")
# What a server of 8 GB would be given; the load may be lost in a crash and is then made anew.
SETTINGS = {
    "shared_buffers": "2GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "1GB",
    "max_wal_size": "8GB",
    "effective_cache_size": "6GB",
    "random_page_cost": "1.1",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
}
COPIES = {
    "person": "COPY people_person FROM STDIN",
    "name": "COPY people_name FROM STDIN",
    "member": "COPY access_member FROM STDIN",
}


@contextmanager
def serving() -> Iterator[Server]:
    """Start the benches' PostgreSQL for persons and stop it afterwards."""
    server = Server(Place(folder() / "people"), SETTINGS)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def shape() -> str:
    """Return a digest over what shapes the corpus."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    tables = (SQL / name for name in BASE)
    for path in (here / "corpus.py", here / "naming.py", here / "data" / "names.toml", *tables):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def opened(server: Server, corpus: Corpus) -> "tuple[Connection[tuple[object, ...]], float]":
    """Return a connection to the loaded database, and how many seconds loading took (0: it was there)."""
    name = f"people_{shape()}_{corpus.persons}"
    with server.connect() as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return _connect(server, name), 0.0
        for (old,) in connection.execute("SELECT datname FROM pg_database").fetchall():
            if old == "half_people" or (old.startswith("people_") and old.endswith(f"_{corpus.persons}")):
                connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
        connection.execute(create_database("half_people", 18).encode())
    began = perf_counter()
    with server.connect("half_people") as connection:
        for extension in EXTENSIONS:
            connection.execute(f"CREATE EXTENSION {extension}".encode())
        tables, *indexes = BASE
        run(connection, tables)
        load(connection, corpus)
        for file in indexes:
            run(connection, file)
        connection.execute("VACUUM people_person, people_name, access_member")
        connection.execute("CHECKPOINT")
    with server.connect() as connection:
        connection.execute(sql.SQL("ALTER DATABASE half_people RENAME TO {}").format(sql.Identifier(name)))
    return _connect(server, name), perf_counter() - began


def _connect(server: Server, name: str) -> "Connection[tuple[object, ...]]":
    return psycopg.connect(server.place.url(SUPERUSER, name), autocommit=True, prepare_threshold=0)


def run(connection: "Connection[tuple[object, ...]]", file: str) -> None:
    """Run a file of SQL."""
    connection.execute((SQL / file).read_bytes(), prepare=False)


def load(connection: "Connection[tuple[object, ...]]", corpus: Corpus) -> None:
    """Copy all persons, block by block."""
    for number, block in enumerate(corpus.blocks()):
        for table, lines in rows(block, with_registers=number == 0).items():
            with connection.cursor().copy(COPIES[table].encode()) as copy:
                copy.write("".join(lines))


def rows(block: list[Person], *, with_registers: bool) -> dict[str, list[str]]:
    """Return the lines to copy for each table."""
    lines: dict[str, list[str]] = {"person": [], "name": [], "member": []}
    if with_registers:
        for region in range(10, 80):
            lines["member"] += [f"{register(str(region))}\t{unit}\n" for unit in register_units(str(region))]
    for one in block:
        first, last = one.birth or (r"\N", r"\N")
        lines["person"].append(f"{one.id}\t{one.dossier}\t{first}\t{last}\t{one.sex}\t{one.iin}\t{one.district}\n")
        lines["name"].append("\t".join((one.id, one.dossier, *one.keys, str(first), str(last))) + "\n")
        if one.own_file:
            lines["member"] += [f"{one.dossier}\t{unit}\n" for unit in one.units]
    return lines
