"""The journal: what it adds to the update of one row, and how quickly it is verified."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import cycle
from uuid import UUID

from django.db import transaction

from arasha.kernel.access.actions import system
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act, export_seals, seal_once
from arasha.kernel.journal.queries import verify
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.worktime.queries import domain_now
from arasha.obligations.models import Obligation
from benches.figures import Figure, seconds, side_by_side
from benches.place import Bench
from benches.workers import Worker, worker

ROUNDS = 7
UPDATES = 100
TABLE = "obligations_obligation"
Rows = Iterator[tuple[UUID, UUID]]
Entering = Callable[[], AbstractContextManager[object]]
PROVED = ("acts", "changes", "links", "log_rows")


def figures(bench: Bench) -> Iterator[Figure]:
    """Measure the ways to count the journal's share of an update, and verifying."""
    inspector = worker(bench, "juvenile_inspection")
    yield _row_trigger(bench, _rows(bench))
    yield _whole_act(
        bench, "journal: a whole act, in a worker's request", _rows(bench, inspector.unit), _acting(inspector)
    )
    yield _whole_act(bench, "journal: a whole act, in the clock's work", _rows(bench), lambda: system("bench"))
    yield _verifying()


def _rows(bench: Bench, unit: int | None = None) -> Rows:
    """Return duties with their files, over and over; those of one unit where its worker is to change them."""
    with bench.superuser() as superuser:
        found = superuser.execute(
            f"SELECT id, dossier_id FROM {TABLE} WHERE state = 'met' AND unit_id = coalesce(%s, unit_id) LIMIT 20000",  # noqa: S608
            [unit],
        ).fetchall()
    return cycle([(UUID(str(row)), UUID(str(dossier))) for row, dossier in found])


def _acting(who: Worker) -> Entering:
    """Return how a request of the worker's begins: a transaction, and in it the worker enters."""

    @contextmanager
    def entering() -> Iterator[Actor]:
        with transaction.atomic():
            yield who.enter()

    return entering


def _row_trigger(bench: Bench, rows: Rows) -> Figure:
    """Measure a hundred updates in one transaction and one open act, with the row's trigger and with it off."""

    def within_one() -> None:
        row, dossier = next(rows)
        with system("bench"), act(verb="touch", stream=dossier_stream(dossier), now=domain_now()):
            for _ in range(UPDATES):
                _update(row)
                row, _dossier = next(rows)

    return _share("journal: the row's trigger, in an act", bench, within_one, within_one)


def _whole_act(bench: Bench, name: str, rows: Rows, entering: Entering) -> Figure:
    """Measure transactions of one update each, with an act and the row's trigger, and with neither.

    Both sides enter and ask for the domain's moment, as everything does that changes a row.
    """

    def acted() -> None:
        for _ in range(UPDATES):
            row, dossier = next(rows)
            with entering():
                now = domain_now()
                codes = {"facet": int(Facet.OBLIGATIONS)}
                with act(verb="touch", stream=dossier_stream(dossier), now=now, codes=codes):
                    _update(row)

    def bare() -> None:
        for _ in range(UPDATES):
            row, _dossier = next(rows)
            with entering():
                domain_now()
                _update(row)

    return _share(name, bench, acted, bare)


def _share(name: str, bench: Bench, journalled: Callable[[], None], bare: Callable[[], None]) -> Figure:
    """Measure both in turns, the bare one with the row's trigger off."""

    def kept() -> None:
        with _row_trigger_off(bench):
            pass  # the switching, on this side too
        journalled()

    def free() -> None:
        with _row_trigger_off(bench):
            bare()

    with_journal, without = side_by_side(kept, free, ROUNDS)
    note = f"{with_journal / UPDATES * 1000:.3f} ms against {without / UPDATES * 1000:.3f} ms an update"
    return Figure(name, (with_journal / without - 1) * 100, 35, "%", note=note)


def _update(row: UUID) -> None:
    """Change one row as the ORM does, to another value than it has."""
    if Obligation.objects.filter(pk=row).update(rung=next(_rungs)) != 1:
        raise RuntimeError("the row to be changed is not there for who acts")


_rungs = cycle([2, 3, 4, 5, 6, 7, 8])


@contextmanager
def _row_trigger_off(bench: Bench) -> Iterator[None]:
    with bench.superuser() as superuser:
        superuser.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER journal_row".encode())
        try:
            yield
        finally:
            superuser.execute(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER journal_row".encode())


def _verifying() -> Figure:
    """Seal what waits and send it out, then verify all; raises RuntimeError when the proof finds anything."""
    sealed = True
    while sealed:
        with system("seal"):
            sealed = seal_once(now=domain_now()) is not None
    with system("seal"):
        export_seals()
    reports = []
    taken = seconds(lambda: reports.append(verify()))
    with transaction.atomic():
        report = reports[0]
    wrong = [finding for finding in report.findings if finding.kind not in {"clock_gap", "erased"}]
    if wrong:
        raise RuntimeError(f"the benches' journal does not verify: {wrong[:3]}")
    rows = sum(report.counts[what] for what in PROVED)
    note = f"{rows:,} rows, {report.counts['seals']} seals in {taken:.1f} s"
    return Figure("journal verify", rows / taken, 50_000, "rows/s", least=True, note=note)
