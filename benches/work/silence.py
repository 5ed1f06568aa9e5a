"""Noticing silence over all cases: the first look, the next ones, and how many rows a full count finds wrong.

Each run lets one case in a hundred have a new act and the clock go on by a day, as a night does.
"""

from collections.abc import Iterator
from datetime import timedelta

from arasha.coordination import actions
from arasha.kernel.access.actions import system
from benches.figures import Figure, seconds
from benches.filling import MOMENT
from benches.place import Bench, scale

BUDGET = 60
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


def figures(bench: Bench) -> Iterator[Figure]:
    """Measure the first look at all files, an incremental one, and compare with a full count."""
    with bench.superuser() as superuser:
        (cases,) = superuser.execute("SELECT count(*) FROM public.cases_case WHERE state = 'open'").fetchone() or (0,)
        (watched,) = superuser.execute("SELECT count(*) FROM public.coordination_watch").fetchone() or (0,)
    if not watched:
        with system("count") as actor:
            taken = seconds(lambda: actions.mend_watch(actor=actor, now=MOMENT))
        yield Figure("silence, first look at all cases", taken, 3600, "s", note=f"{cases:,} open cases")
        with bench.superuser() as superuser:
            superuser.execute(
                "INSERT INTO public.coordination_watchmark (id, act) SELECT 1, max(id) FROM public.journal_act"
                " ON CONFLICT (id) DO UPDATE SET act = excluded.act"
            )
            superuser.execute("VACUUM ANALYZE public.coordination_watch")
            # What was silent before the system watched is noticed over nights; here it is taken as noticed.
            superuser.execute("UPDATE public.coordination_watch SET noticed = true WHERE due_at <= %s", [MOMENT])
    files = max(scale() // 100, 1)
    with bench.superuser() as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(ACTS, {"at": NOW, "files": files})
    with system("count") as actor:
        looked = 0

        def look() -> None:
            nonlocal looked
            looked = actions.watch_files(actor=actor, now=NOW)

        taken = seconds(look)
        yield Figure("silence, incremental look", taken, BUDGET, "s", note=f"{looked:,} files with new acts")
        noticed = 0

        def notice() -> None:
            nonlocal noticed
            noticed = actions.notice_silences(actor=actor, now=NOW, limit=2_000)

        taken = seconds(notice)
        yield Figure(
            "silence, noticing 2,000 of a day", taken, BUDGET, "s", note=f"{noticed:,} noticed with act and word"
        )
        wrong = actions.mend_watch(actor=actor, now=NOW)
    yield Figure("silence, missed against a full count", wrong, 0, "", note=f"{cases:,} open cases counted again")
