"""Silence that climbs: the whole action by several sweepers at once, and the bare claim of what is due.

Each run gives that many files one more duty that has just fallen due, so that data kept from an earlier run serve
again. The whole action is `obligations.tasks.sweep` in processes of their own: claim, rung, team, two notices, the act
with its changes, a job for the batch's mail, commit.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta

import psycopg
from psycopg import sql

from arasha.kernel.access.actions import system
from arasha.obligations.actions import sweep_batch
from arasha.obligations.actions.climbing import BATCH
from benches.copying import without_triggers
from benches.figures import Figure, seconds
from benches.filling import MOMENT, duty
from benches.place import ROOT, Bench, scale
from benches.workers import Query, noting, system_app

DUE = 3_000
SWEEPERS = 3
CLAIMERS = 20
NOW = MOMENT + timedelta(minutes=30)
MORE = sql.SQL("""
INSERT INTO public.obligations_obligation (id, dossier_id, protocol_id, step, unit_id, function, territory, found_by,
       from_moment, due_at, due_now, role, number, delivered_by, outcome, derivation, ladder, rung, state,
       next_check_at, raised_at)
SELECT gen_random_uuid(), d.id, {protocol}, {step}, d.inspection, {function}, d.kato, 'district',
       {due}::timestamptz - interval '1 day', {due}, {due}, '', '', '', '', {derivation}::jsonb, {ladder}::jsonb,
       0, 'open', {due}, {due}::timestamptz - interval '1 day'
  FROM bench.dossier d WHERE d.i = ANY ({places})
""")
STEPS = """
SELECT (SELECT count(*) FROM public.obligations_escalation e WHERE e.obligation_id = o.id),
       (SELECT count(*) FROM public.journal_act a WHERE a.verb = 'obligation_overdue' AND a.stream_kind = 'dossier'
           AND a.stream_key = o.dossier_id::text AND a.codes ->> 'obligation' = o.id::text), count(*)
  FROM public.obligations_obligation o WHERE o.due_at = %s AND o.state = 'overdue' GROUP BY 1, 2
"""


def figures(bench: Bench) -> Iterator[Figure]:
    """Measure the claim, the action, and count what happened twice."""
    due, amount = give(bench)
    yield claiming(bench)
    steps, taken = swept(bench)
    note = f"{steps:,} duties by {SWEEPERS} sweepers in {taken:.1f} s"
    yield Figure("sweep, whole action", steps / taken, 500, "duty/s", least=True, note=note)
    with bench.superuser() as superuser:
        found = superuser.execute(STEPS, [due]).fetchall()
    once = sum(int(str(number)) for rungs, acts, number in found if (rungs, acts) == (1, 1))
    note = f"{once:,} of {amount:,} climbed exactly once"
    yield Figure("sweep, not exactly once", float(amount - once), 0, "", note=note)


def give(bench: Bench) -> tuple[datetime, int]:
    """Let one more duty have fallen due in some files; returns its moment and how many. Earlier remains are swept."""
    with bench.superuser() as superuser:
        superuser.execute("SET session_replication_role = replica")
        earlier = "SELECT count(DISTINCT due_at) FROM public.obligations_obligation WHERE due_at > %s AND due_at < %s"
        half = [MOMENT, MOMENT + timedelta(seconds=60)]
        found = superuser.execute(earlier, half).fetchone()
        run = int(str(found[0])) if found else 0
        due = MOMENT + timedelta(milliseconds=run + 1)
        places = [(run * DUE + place) % scale() + 1 for place in range(min(DUE, scale()))]
        fields = duty(superuser, due) | {"due": sql.Literal(due), "places": sql.Literal(places)}
        with without_triggers(superuser, ["obligations_obligation"]):
            left = superuser.execute(
                "UPDATE public.obligations_obligation SET next_check_at = NULL, state = 'met', met_at = due_at"
                " WHERE next_check_at < %s",
                [NOW],
            )
            superuser.execute(MORE.format(**fields))
        if left.rowcount:
            print(f"({left.rowcount} duties of an earlier run were left)", flush=True)
        superuser.execute("VACUUM (ANALYZE) public.obligations_obligation")
    return due, len(places)


def claiming(bench: Bench) -> Figure:
    """Measure the sweeper's own claim, by connections that each hold a batch which the next one must pass over."""
    claim = claim_query()
    held: list[psycopg.Connection[tuple[object, ...]]] = []
    taken, claimed = 0.0, 0
    try:
        for _ in range(CLAIMERS):
            app = system_app(bench, "sweep")
            held.append(app)
            rows: list[int] = []
            taken += seconds(lambda app=app, rows=rows: rows.append(len(app.execute(*claim).fetchall())))  # type: ignore[misc]
            claimed += sum(rows)
    finally:
        for app in held:
            app.close()
    note = f"{claimed:,} duties in batches of {BATCH}, none twice"
    return Figure("sweep, bare claim", claimed / taken, 5_000, "duty/s", least=True, note=note)


def claim_query() -> Query:
    """Return the claim as the sweeper asks it."""

    class Enough(Exception):
        """The claim was seen."""

    queries: list[Query] = []
    try:
        with system("sweep") as actor, noting(queries):
            sweep_batch(actor=actor, now=NOW, limit=BATCH)
            raise Enough
    except Enough:
        pass
    return next(query for query in queries if "SKIP LOCKED" in query[0])


def swept(bench: Bench) -> tuple[int, float]:
    """Let several sweepers work until nothing is due; returns their steps and the seconds that it took."""
    command = [sys.executable, "-m", "benches.sweeper", NOW.isoformat()]
    environment = {**os.environ, **bench.variables(bench.name)}
    sweepers = [
        subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(SWEEPERS)
    ]
    for sweeper in sweepers:
        if sweeper.stdout is None or sweeper.stdout.readline() != "ready\n":
            raise RuntimeError("a sweeper did not start")
    answers: list[str] = []

    def work() -> None:
        for sweeper in sweepers:
            if sweeper.stdin is not None:
                sweeper.stdin.write("go\n")
                sweeper.stdin.flush()
        answers.extend(sweeper.communicate()[0] for sweeper in sweepers)

    taken = seconds(work)
    return sum(int(answer) for answer in answers), taken
