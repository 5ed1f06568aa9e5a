"""My work and a file with everything in it, as a signed-in reader is answered through the whole application."""

from collections.abc import Iterator

from benches.figures import Figure
from benches.ground.reading import a_file
from benches.obligations.pages import answered, let_happen
from benches.place import Bench
from benches.workers import browser_of, worker

WORK_MS, FILE_MS, FILE_QUERIES = 150, 200, 15


def figures(bench: Bench) -> Iterator[Figure]:
    """Measure my work of a worker, an inspector and a coordinator, the list of silences, and a file of 500 acts."""
    inspector, coordinator = worker(bench, "juvenile_inspection"), worker(bench, "coordination_district")
    yield answered("my work, a worker with 60 cases", browser_of(worker(bench, "family_support")), "/", WORK_MS)
    yield answered("my work, an inspector of a whole district", browser_of(inspector), "/", WORK_MS)
    yield answered("my work, a coordinator", browser_of(coordinator), "/", WORK_MS)
    browser = browser_of(coordinator)
    yield answered("silences, a coordinator", browser, "/silences/", WORK_MS)
    file = a_file(coordinator)
    told = let_happen(file)
    yield answered(f"file page with {told} acts", browser, f"/files/{file}/", FILE_MS)
