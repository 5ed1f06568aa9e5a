"""Noticing silence over all cases: the first look, a turn of the clock step by step, and what a full count finds wrong.

Each run lets one case in a hundred have a new act and the clock go on by a day, as a night does.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from time import perf_counter

from arasha.coordination import actions
from arasha.coordination.tasks import SILENCE
from arasha.kernel.access.actions import system
from benches.figures import Figure
from benches.filling import MOMENT
from benches.place import Bench, scale

BUDGET, MOST = 60, 2_000
NOW = MOMENT + timedelta(days=1)
# Acts past every trigger: what is measured is the watch, not the journal.
ACTS = """
INSERT INTO public.journal_act
SELECT (jsonb_populate_record(a, jsonb_build_object(
           'id', nextval(pg_get_serial_sequence('public.journal_act', 'id')),
           'seq', a.seq + 1000000, 'at', %(at)s::timestamptz, 'verb', 'keep_words'))).*
  FROM public.journal_act a
  JOIN public.cases_case c ON c.dossier_id::text = a.stream_key
 WHERE a.stream_kind = 'dossier' AND a.seq = 1 AND c.state = 'open'
 ORDER BY a.id LIMIT %(files)s
"""


# What was silent before the system watched: noticed over nights, here in one go, with rows as noticing writes them.
NOTICED = """
INSERT INTO public.coordination_silence (id, dossier_id, facet, rule, since, noticed_at, mute_reason)
SELECT gen_random_uuid(), w.dossier_id, 1, w.rule, w.since, %(now)s, ''
  FROM public.coordination_watch w WHERE NOT w.noticed AND w.due_at <= %(now)s
"""


def figures(bench: Bench) -> Iterator[Figure]:
    """Measure the first look at all files, an incremental turn of the clock, and compare with a full count."""
    with bench.superuser() as superuser:
        (cases,) = superuser.execute("SELECT count(*) FROM public.cases_case WHERE state = 'open'").fetchone() or (0,)
        (watched,) = superuser.execute("SELECT count(*) FROM public.coordination_watch").fetchone() or (0,)
    if not watched:
        yield _first_look(bench, f"{cases:,} open cases")
    files = max(scale() // 100, 1)
    with bench.superuser() as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(ACTS, {"at": NOW, "files": files})
        (stand,) = superuser.execute(
            "SELECT count(*) FROM public.coordination_silence WHERE ended_at IS NULL"
        ).fetchone() or (0,)
    with system("count") as actor:
        looked, taken = _timed(lambda: actions.watch_files(actor=actor, now=NOW))
        yield Figure("silence, incremental look", taken, BUDGET, "s", note=f"{looked:,} files with new acts")
        for step in SILENCE:
            n, taken = _timed(lambda step=step: step(actor=actor, now=NOW, limit=MOST))  # type: ignore[misc]
            name = step.__name__.replace("_", " ")
            yield Figure(f"silence, {name}", taken, BUDGET, "s", note=f"{n:,} of at most {MOST:,}; {stand:,} stood")
        wrong, taken = _timed(lambda: actions.mend_watch(actor=actor, now=NOW))
    yield Figure("silence, full count", taken, 3600, "s", note=f"{cases:,} open cases counted again")
    yield Figure("silence, missed against the full count", wrong, 0, "", note="rows of the watch that differed")


def _first_look(bench: Bench, note: str) -> Figure:
    with system("count") as actor:
        _n, taken = _timed(lambda: actions.mend_watch(actor=actor, now=MOMENT))
    with bench.superuser() as superuser:
        superuser.execute(
            "INSERT INTO public.coordination_watchmark (id, act) SELECT 1, max(id) FROM public.journal_act"
            " ON CONFLICT (id) DO UPDATE SET act = excluded.act"
        )
        superuser.execute("ALTER TABLE public.coordination_silence DISABLE TRIGGER ALL")
        superuser.execute(NOTICED, {"now": MOMENT})
        superuser.execute("ALTER TABLE public.coordination_silence ENABLE TRIGGER ALL")
        superuser.execute("ALTER TABLE public.coordination_silence ENABLE ALWAYS TRIGGER journal_row")
        superuser.execute("ALTER TABLE public.coordination_silence ENABLE ALWAYS TRIGGER journal_all")
        superuser.execute("UPDATE public.coordination_watch SET noticed = true WHERE due_at <= %s", [MOMENT])
        superuser.execute("VACUUM ANALYZE public.coordination_watch, public.coordination_silence")
    return Figure("silence, first look at all cases", taken, 3600, "s", note=note)


def _timed(deed: Callable[[], int]) -> tuple[int, float]:
    begun = perf_counter()
    n = deed()
    return n, perf_counter() - begun
