"""The journal: what it adds to the update of one row, and how quickly it is verified."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from uuid import UUID

from django.db import transaction

from arasha.kernel.access.actions import system
from arasha.kernel.access.rules import Facet
from arasha.kernel.journal.actions import act, export_seals, seal_once
from arasha.kernel.journal.queries import verify
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.worktime.queries import domain_now
from arasha.obligations.models import Obligation
from benches.figures import Figure, seconds, side_by_side
from benches.place import Bench

ROUNDS = 7
UPDATES = 100
TABLE = "obligations_obligation"
PROVED = ("acts", "changes", "links", "log_rows")


def figures(bench: Bench) -> Iterator[Figure]:
    """Measure the two ways to count the journal's share of an update, and verifying."""
    rows = _rows(bench)
    yield _share("journal: the row's trigger, in an act", bench, rows, one_act=True)
    yield _share("journal: a whole act for one update", bench, rows, one_act=False)
    yield _verifying()


def _rows(bench: Bench) -> "cycle[tuple[UUID, UUID]]":
    with bench.superuser() as superuser:
        found = superuser.execute(f"SELECT id, dossier_id FROM {TABLE} WHERE state = 'met' LIMIT 20000").fetchall()  # noqa: S608
    return cycle([(UUID(str(row)), UUID(str(dossier))) for row, dossier in found])


def _share(name: str, bench: Bench, rows: "cycle[tuple[UUID, UUID]]", *, one_act: bool) -> Figure:
    """Measure updates with the journal against the same updates with the row's trigger off.

    `one_act`: a hundred updates in one transaction and one open act on both sides, so that only the row's part
    differs. Otherwise each update is a transaction of its own, with an act on the one side and without on the other.
    """

    def within_one(verb: str) -> None:
        row, dossier = next(rows)
        with system("bench"), act(verb=verb, stream=dossier_stream(dossier), now=domain_now()):
            for _ in range(UPDATES):
                _update(row)
                row, _dossier = next(rows)

    def alone(verb: str) -> None:
        for _ in range(UPDATES):
            row, dossier = next(rows)
            with system("bench"):
                if verb:
                    codes = {"facet": int(Facet.OBLIGATIONS)}
                    with act(verb=verb, stream=dossier_stream(dossier), now=domain_now(), codes=codes):
                        _update(row)
                else:
                    _update(row)

    def without() -> None:
        with _row_trigger_off(bench):
            within_one("touch") if one_act else alone("")

    def journalled() -> None:
        with _row_trigger_off(bench):
            pass  # the switching, on this side too
        within_one("touch") if one_act else alone("touch")

    kept, free = side_by_side(journalled, without, ROUNDS)
    note = f"{kept / UPDATES * 1000:.3f} ms against {free / UPDATES * 1000:.3f} ms an update"
    return Figure(name, (kept / free - 1) * 100, 35, "%", note=note)


def _update(row: UUID) -> None:
    """Change one row as the ORM does, to another value than it has."""
    found = Obligation.objects.filter(pk=row)
    found.update(rung=next(_rungs))


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
