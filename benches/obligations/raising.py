"""Raising what a procedure of six steps asks for, in a file opened in the same transaction, as a report does it."""

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from django.db import transaction

from arasha.kernel.access.actions import TeamMember, open_dossier
from arasha.kernel.access.models import Unit
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations.actions import raise_for
from arasha.obligations.tests.procedures import SIX
from arasha.protocols.actions import load_reference
from benches.figures import Figure, seconds
from benches.filling import MOMENT
from benches.place import Bench
from benches.workers import Query, Worker, noting, worker

ROUNDS, WARM = 60, 10
BUDGET, STEPS = 25, 6


def figures(bench: Bench) -> Iterator[Figure]:
    """Measure the action and count its queries. Nothing of it stays: each round is rolled back."""
    adopt()
    who, queries = worker(bench, "juvenile_inspection"), list[Query]()
    raised(who, queries)
    taken = [raised(who) for _round in range(ROUNDS)][WARM:]
    note = f"{len(queries)} queries; the fastest {min(taken) * 1000:.1f} ms"
    yield Figure("raise_for, six steps", statistics.median(taken) * 1000, BUDGET, "ms", note=note)


def adopt() -> None:
    """Publish the procedure of six steps, unless an earlier run did."""
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "six.yaml").write_text(SIX, encoding="utf-8")
        load_reference(actor=Actor(kind="system", purpose="load_reference"), now=MOMENT, folder=Path(place))


def raised(who: Worker, queries: list[Query] | None = None) -> float:
    """Open a file, raise what it asks for, give everything back; returns the seconds of raising alone."""
    with transaction.atomic():
        actor, dossier = who.enter(), uuid4()
        territory = Unit.objects.values_list("territory_id", flat=True).get(pk=who.unit)
        with act(verb="report_signal", stream=dossier_stream(dossier), now=MOMENT, sealed_actor=True):
            lead = TeamMember("lead", unit_id=who.unit)
            open_dossier(dossier=dossier, kind="signal", territory=territory, members=[lead], now=MOMENT)

        def work() -> None:
            found = raise_for(
                actor=actor,
                dossier=dossier,
                event="report_signal",
                codes={"reporter": "six"},
                territory=territory,
                from_moment=MOMENT,
                now=MOMENT,
                units={"reporting_body": who.unit},
            )
            if len(found) != STEPS:
                raise ValueError(f"{len(found)} duties, not {STEPS}")

        if queries is None:
            taken = seconds(work)
        else:
            with noting(queries):
                taken = seconds(work)
        transaction.set_rollback(True)
    return taken
