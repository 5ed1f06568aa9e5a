"""`make bench ONLY=directory_import`: how quickly a table of 20,000 offerings enters the directory.

The database is Arasha's own, fresh, with every trigger, journal and row security, and durable commits. The table has
10,000 providers, half of whose addresses are unknown. Timed is everything from the file's bytes to the last entry:
reading, looking through, loading; then the same file once more, of which nothing is written.
"""

import csv
import io
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from random import Random

from arasha.config.postgres.place import Place
from arasha.config.postgres.server import Server
from benches.figures import Figure
from benches.place import SETTINGS, Bench, folder

ROWS = 20_000
BUDGET = 60
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
SERVICES = ("family_support", "psychological_support")
HEAD = (
    *("provider_key", "provider_name_ru", "kind", "ownership", "territory", "address_ru", "phone", "hours", "service"),
    *("age_from", "age_to", "languages", "needs", "cost"),
)


def table(rows: int, places: list[str]) -> bytes:
    """Return a table of made-up offerings, two a provider."""
    chance = Random("directory")  # noqa: S311 - a directory, no secret
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEAD)
    for number in range(rows):
        provider = number // 2
        address = f"ул. Абая, {provider % 300 + 1}" if provider % 2 else ""
        writer.writerow(
            [
                *(f"p-{provider}", f"Центр № {provider}", "family_support", "state", places[provider % len(places)]),
                *(address, f"8701{provider:07d}", "mon-fri 09:00-18:00", SERVICES[number % 2]),
                *(chance.randrange(8), "17", "kk; ru", "parenting; family_conflict", "free"),
            ]
        )
    return out.getvalue().encode()


def figures() -> Iterator[Figure]:
    """Measure both loads on a database of their own."""
    with _running() as bench:
        os.environ.update(bench.variables(bench.name))
        import django  # noqa: PLC0415 - its settings are read from the variables above

        django.setup()
        from arasha.kernel.access.actions import system  # noqa: PLC0415
        from arasha.kernel.territory.models import Territory  # noqa: PLC0415
        from arasha.kernel.vault.actions import make_keys  # noqa: PLC0415

        make_keys()
        with system("import_directory"):
            places = list(Territory.objects.filter(level=2).values_list("kato", flat=True))
        content = table(ROWS, places)
        for name in ("first", "again"):
            seconds, told = _loaded(content)
            yield Figure(f"directory_import.{name}_{ROWS}", seconds, BUDGET, "s", note=told)


def _loaded(content: bytes) -> tuple[float, str]:
    from arasha.kernel.access.actions import system  # noqa: PLC0415
    from arasha.services import actions  # noqa: PLC0415
    from arasha.services.actions.loading import run_load  # noqa: PLC0415
    from arasha.services.models import Load  # noqa: PLC0415

    began = time.perf_counter()
    with system("import_directory") as actor:
        load = actions.take_table(actor=actor, content=content, source="bench", now=NOW)
    run_load(load=load, moment=lambda: NOW)
    with system("import_directory") as actor:
        actions.start_load(actor=actor, load_id=load, now=NOW)
    run_load(load=load, moment=lambda: NOW)
    seconds = time.perf_counter() - began
    with system("import_directory"):
        row = Load.objects.get(pk=load)
    return (
        seconds,
        f"{row.rows_new} new, {row.rows_changed} changed, {row.rows_same} same, {row.rows_rejected} rejected",
    )


@contextmanager
def _running() -> Iterator[Bench]:
    server = Server(Place(folder() / "loads"), SETTINGS | {"autovacuum": "on"})
    server.start()
    bench = Bench(server, "half_directory")
    try:
        bench.create(bench.name)
        yield bench
    finally:
        server.stop()
