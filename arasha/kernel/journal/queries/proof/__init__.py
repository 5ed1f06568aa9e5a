"""The proof: what the journal can show about itself, and what it cannot."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from arasha.kernel.journal.queries.proof.acts import prove_acts, prove_chains
from arasha.kernel.journal.queries.proof.guards import journalled, prove_guards
from arasha.kernel.journal.queries.proof.logs import prove_logs
from arasha.kernel.journal.queries.proof.reading import snapshot
from arasha.kernel.journal.queries.proof.report import KINDS, Finding, Report
from arasha.kernel.journal.queries.proof.seals import prove_seals
from arasha.kernel.journal.queries.proof.state import prove_state

__all__ = ["KINDS", "Finding", "Report", "journalled", "verify"]


def verify(
    *,
    state: bool = False,
    folders: Sequence[Path] | None = None,
    declarations: Mapping[str, Any] | None = None,
    using: str = "owner",
) -> Report:
    """Prove what can be proved in one snapshot; with `state` replay the journal against the rows as they stand.

    `folders` hold copies of exported seals; by default this installation's own. `declarations` are
    the journalled tables, by default all that models declare. Reads only, on two connections of the owner's that see
    the same: while one renders and hashes acts and changes, the other follows chains and proves logs and seals.
    """
    places = folders if folders is not None else [Path(settings.ARASHA_SEALS)]
    declared = journalled() if declarations is None else declarations
    report = Report(outside=[str(place) for place in places if place.is_dir()])
    with snapshot(using) as reader, ThreadPoolExecutor(1) as beside:
        prove_guards(reader, report, declared)
        rest = beside.submit(_prove_rest, using, reader.share(), places)
        prove_acts(reader, report)
        report.take(rest.result())
        if state:
            prove_state(reader, report, declared)
    return report


def _prove_rest(using: str, shared: str, places: Sequence[Path]) -> Report:
    """Prove on a connection of this thread's own what does not need the acts' texts."""
    report = Report()
    try:
        with snapshot(using, shared=shared) as reader:
            prove_chains(reader, report)
            prove_logs(reader, report)
            prove_seals(reader, report, places)
    finally:
        connections[using].close()
    return report
