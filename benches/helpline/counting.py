"""The page's three questions over a year and over five, against the same counting asked bare by a superuser.

110,000 contacts a year, 98 in a hundred written, and as many calls: what the unified line had in 2025, for five years.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from django.db import transaction

from arasha.helpline import queries
from arasha.helpline.rules.periods import Month, Period
from benches.figures import Figure, side_by_side
from benches.place import Bench
from benches.workers import Worker, worker

A_YEAR = int(os.environ.get("ARASHA_BENCH_CONTACTS") or 110_000)
YEARS = (2021, 2025)
ROUNDS = 7
PUT = (Path(__file__).parent / "contacts.sql").read_text(encoding="utf-8")
BARE = (
    "SELECT channel, kind, reason, sex, age, region_id, date_trunc('month', began_at, 'Asia/Almaty'), count(*),"
    " count(*) FILTER (WHERE first_reply_at IS NOT NULL), count(*) FILTER (WHERE referred <> '{}'),"
    " count(*) FILTER (WHERE signal_id IS NOT NULL), count(*) FILTER (WHERE logged_at >= taken_at),"
    " avg(extract(epoch FROM logged_at - taken_at)) FILTER (WHERE logged_at >= taken_at)"
    " FROM helpline_contact WHERE unit_id = ANY (%s) AND began_at >= %s AND began_at < %s"
    " GROUP BY GROUPING SETS ((), (channel), (kind), (reason), (sex), (age), (region_id),"
    " (date_trunc('month', began_at, 'Asia/Almaty')))",
    "SELECT channel, count(*), percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY extract(epoch FROM"
    " first_reply_at - began_at)::double precision) FROM helpline_contact WHERE unit_id = ANY (%s) AND began_at >= %s"
    " AND began_at < %s AND first_reply_at >= began_at GROUP BY channel",
    "SELECT date_trunc('month', began_at, 'Asia/Almaty'), count(*), count(*) FILTER (WHERE outcome = 'answered'),"
    " count(*) FILTER (WHERE outcome = 'abandoned'), count(*) FILTER (WHERE outcome = 'missed'),"
    " count(*) FILTER (WHERE outcome = 'overflowed'), count(*) FILTER (WHERE outcome = 'lost'),"
    " count(wait) FILTER (WHERE outcome = 'answered'), count(*) FILTER (WHERE outcome = 'answered' AND wait <= 20000),"
    " count(*) FILTER (WHERE outcome = 'answered' AND wait <= 30000),"
    " percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY wait / 1000.0) FILTER (WHERE outcome = 'answered'),"
    " count(talk), avg(talk / 1000.0), avg(held / 1000.0) FILTER (WHERE talk IS NOT NULL), count(repeat),"
    " count(*) FILTER (WHERE repeat), count(*) FILTER (WHERE gaps <> '{}')"
    " FROM helpline_call WHERE unit_id = ANY (%s) AND began_at >= %s AND began_at < %s AND outcome <> ''"
    " GROUP BY GROUPING SETS ((), (date_trunc('month', began_at, 'Asia/Almaty')))",
)


def figures(bench: Bench) -> list[Figure]:
    """Measure a year and all years, and the page's own time for a year."""
    who = worker(bench, "coordination_district")
    _ensure(bench, who.unit)
    year = Period(Month(YEARS[1], 1), Month(YEARS[1], 12))
    every = Period(Month(YEARS[0], 1), Month(YEARS[1], 12))
    found = []
    with bench.superuser() as superuser:
        for called, period in (("a year", year), ("five years", every)):
            ours, theirs = side_by_side(_counted(who, period), _bare(superuser, who, period), ROUNDS)
            note = f"{ours:.2f} s against {theirs:.2f} s bare, {A_YEAR * (1 if period is year else 5):,} contacts"
            found.append(Figure(f"the helpline's figures of {called}", ours / theirs, 1.5, "×", note=note))
    return found


def _ensure(bench: Bench, unit: int) -> None:
    """Put down five years, when they don't lie there yet."""
    number = A_YEAR * (YEARS[1] - YEARS[0] + 1)
    first, last = datetime(YEARS[0], 1, 1, tzinfo=UTC), datetime(YEARS[1] + 1, 1, 1, tzinfo=UTC)
    with bench.superuser() as superuser:
        row = superuser.execute("SELECT count(*) FROM public.helpline_contact").fetchone()
        if row is not None and row[0] == number:
            return
        values = {"unit": unit, "number": number, "first": first.isoformat(), "days": (last - first).days}
        superuser.execute(PUT.format(**values).encode())
        superuser.execute("VACUUM ANALYZE public.helpline_contact")
        superuser.execute("VACUUM ANALYZE public.helpline_call")


def _counted(who: Worker, period: Period) -> Callable[[], object]:
    def count() -> None:
        with transaction.atomic():
            found = queries.figures(who.enter(), period)
        if not found.inside or not found.total.contacts:
            raise AssertionError

    return count


def _bare(superuser: "psycopg.Connection[Any]", who: Worker, period: Period) -> Callable[[], object]:
    def count() -> None:
        for question in BARE:
            superuser.execute(question.encode(), [[who.unit], period.since, period.until]).fetchall()

    return count
