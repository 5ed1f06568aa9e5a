"""Two pages at full scale, through the whole application: a region's board, and a file with five hundred acts."""

import statistics
from collections.abc import Iterator
from uuid import UUID

from django.test import Client

from arasha.coordination import queries as coordination
from arasha.kernel.access.actions import system
from arasha.kernel.access.rules import Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.models import Act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.worktime.queries import domain_now
from benches.figures import Figure, seconds
from benches.filling import MOMENT
from benches.ground.reading import a_file
from benches.place import Bench
from benches.workers import Query, asked, browser_of, noting, worker

ROUNDS, WARM = 25, 3
ACTS = 500
BOARD_MS, BOARD_QUERIES, FILE_MS = 300, 12, 200


def figures(bench: Bench) -> Iterator[Figure]:
    """Measure both pages as a signed-in reader is answered, and count the queries of the board's own figures."""
    region = worker(bench, "coordination_region")
    yield answered("board of a region, the page", browser_of(region), "/board/", BOARD_MS)
    queries = asked(region, lambda actor: coordination.board(actor, MOMENT))
    yield Figure("board of a region, queries", len(queries), BOARD_QUERIES, "")
    coordinator = worker(bench, "coordination_district")
    file = a_file(coordinator)
    told = let_happen(file)
    browser = browser_of(coordinator)
    yield answered(f"file page with {told} acts", browser, f"/files/{file}/", FILE_MS)
    yield answered(f"time line with {told} acts", browser, f"/files/{file}/story/", FILE_MS)


def answered(name: str, browser: Client, address: str, budget: float) -> Figure:
    """Measure how long the answer takes, from the request to the last byte; median."""

    def ask() -> None:
        answer = browser.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answers {answer.status_code}")

    taken = [seconds(ask) for _round in range(ROUNDS)][WARM:]
    queries: list[Query] = []
    with noting(queries):
        ask()
    note = f"{len(queries)} queries in all; the slowest {max(taken) * 1000:.0f} ms"
    return Figure(name, statistics.median(taken) * 1000, budget, "ms", note=note)


def let_happen(file: UUID) -> int:
    """Let acts happen in a file until it has as many as are asked for; returns how many it has."""
    stream = dossier_stream(file)
    with system("bench"):
        have = Act.objects.filter(stream_kind=stream.kind, stream_key=stream.key).count()
    for _missing in range(have, ACTS):
        with (
            system("bench"),
            act(verb="see_obligations", stream=stream, now=domain_now(), codes={"facet": int(Facet.OBLIGATIONS)}),
        ):
            pass
    return max(have, ACTS)
