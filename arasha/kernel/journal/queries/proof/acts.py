"""Acts, their changes and their chains: everything is hashed again, here, from the rows as they stand."""

from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby
from operator import itemgetter

from arasha.kernel.journal.queries.proof.reading import Row, Snapshot
from arasha.kernel.journal.queries.proof.report import Finding, Report

GAP_SECONDS = 5

# The same text as journal.close_act makes in the database (migrations/sql/0002_guard.sql).
ACTS = """SELECT a.id, a.stream_kind || ':' || a.stream_key, a.closed, a.leaves, a.hash,
  convert_to(jsonb_build_array(1, a.id, a.stream_kind, a.stream_key, a.seq, a.verb, a.codes, a.actor_user,
    a.actor_post, a.actor_unit, a.purpose, a.request, a.sealed_reference, (extract(epoch FROM a.at) * 1000000)::bigint,
    a.clock_offset, (extract(epoch FROM a.recorded_at) * 1000000)::bigint, encode(a.previous, 'hex'),
    encode(sha256(a.leaves), 'hex'))::text, 'UTF8'),
  (extract(epoch FROM a.recorded_at - a.at) * 1000000)::bigint + a.clock_offset
FROM public.journal_act a ORDER BY a.id"""
CHANGES = """SELECT c.act_id, c.id, c.table_name, c.row_key, convert_to(jsonb_build_array(
    c.id, c.act_id, c.table_name, c.row_key, c.operation, c.scope, c.columns)::text, 'UTF8')
FROM public.journal_change c ORDER BY c.act_id, c.id"""
LINKS = """SELECT l.act_id, l.kind || ':' || l.key, l.hash, convert_to(jsonb_build_array(1, l.kind, l.key, l.seq,
    l.act_id, encode(a.hash, 'hex'), encode(l.previous, 'hex'))::text, 'UTF8')
FROM public.journal_link l LEFT JOIN public.journal_act a ON a.id = l.act_id"""
ENTRIES = """entries AS (
  SELECT stream_kind AS kind, stream_key AS key, seq, id AS act, previous, hash FROM public.journal_act
  UNION ALL SELECT kind, key, seq, act_id, previous, hash FROM public.journal_link)"""
BROKEN = f"""WITH {ENTRIES}, placed AS (
  SELECT kind, key, seq, act, previous, lag(seq, 1, 0::bigint) OVER chain AS before,
    lag(hash, 1, ''::bytea) OVER chain AS expected
  FROM entries WINDOW chain AS (PARTITION BY kind, key ORDER BY seq))
SELECT kind || ':' || key, act FROM placed
WHERE seq <> before + 1 OR previous IS DISTINCT FROM expected ORDER BY act"""  # noqa: S608 - constants
ENDS = f"""WITH {ENTRIES}, ends AS (
  SELECT DISTINCT ON (kind, key) kind, key, seq, act, hash FROM entries ORDER BY kind, key, seq DESC)
SELECT coalesce(s.kind, e.kind) || ':' || coalesce(s.key, e.key), e.act
FROM public.journal_stream s FULL JOIN ends e ON s.kind = e.kind AND s.key = e.key
WHERE (s.seq, s.head) IS DISTINCT FROM (e.seq, e.hash) AND (s.seq <> 0 OR e.seq IS NOT NULL)"""  # noqa: S608


def prove_acts(reader: Snapshot, report: Report) -> None:
    """Hash every act and change again."""
    groups = groupby(reader.rows(CHANGES), key=itemgetter(0))
    waiting = next(groups, None)
    for act in reader.rows(ACTS):
        while waiting is not None and waiting[0] < act[0]:
            _orphans(waiting[1], report)
            waiting = next(groups, None)
        changes: list[Row] = []
        if waiting is not None and waiting[0] == act[0]:
            changes = list(waiting[1])
            waiting = next(groups, None)
        _prove_act(act, changes, report)
    while waiting is not None:
        _orphans(waiting[1], report)
        waiting = next(groups, None)


def _orphans(changes: Iterator[Row], report: Report) -> None:
    """Name changes whose act is not there."""
    for act, _, table, row, _ in changes:
        report.add(Finding("change_inserted", table=table, row=row, act=act))


def _prove_act(act: Row, changes: list[Row], report: Report) -> None:
    """Hash one act and its changes."""
    number, stream, closed, leaves, stored, text, gap = act
    report.counts["acts"] += 1
    report.counts["changes"] += len(changes)
    if not closed:
        report.add(Finding("act_open", act=number, stream=stream))
        return
    if sha256(text).digest() != stored:
        report.add(Finding("act_altered", act=number, stream=stream))
    found = [sha256(change[4]).digest() for change in changes]
    if b"".join(found) != leaves:
        _name_changes(act, changes, found, report)
    if abs(gap) > GAP_SECONDS * 1_000_000:
        report.add(Finding("clock_gap", act=number, stream=stream, seconds=round(gap / 1_000_000)))


def _name_changes(act: Row, changes: list[Row], found: list[bytes], report: Report) -> None:
    """Say which of an act's changes are not those that it was closed with."""
    number, stream, leaves = act[0], act[1], act[3]
    expected = [leaves[at : at + 32] for at in range(0, len(leaves), 32)]
    strangers = [change for change, value in zip(changes, found, strict=True) if value not in set(expected)]
    lost = len([value for value in expected if value not in set(found)])
    for change in strangers:
        kind = "change_altered" if lost else "change_inserted"
        lost -= 1 if lost else 0
        report.add(Finding(kind, table=change[2], row=change[3], act=number, stream=stream))
    for _ in range(lost):
        report.add(Finding("change_deleted", table="journal_change", act=number, stream=stream))
    if not strangers and sorted(found) == sorted(expected):
        report.add(Finding("change_order", table="journal_change", act=number, stream=stream))


def prove_chains(reader: Snapshot, report: Report) -> None:
    """Follow each stream from its first entry to its head."""
    for act, stream, stored, text in reader.rows(LINKS):
        report.counts["links"] += 1
        if sha256(text).digest() != stored:
            report.add(Finding("link_altered", act=act, stream=stream))
    for stream, act in reader.rows(BROKEN):
        report.add(Finding("chain_broken", act=act, stream=stream))
    for stream, act in reader.rows(ENDS):
        report.add(Finding("chain_end", act=act, stream=stream))
    report.counts["streams"] = reader.all("SELECT count(*) FROM public.journal_stream")[0][0]
