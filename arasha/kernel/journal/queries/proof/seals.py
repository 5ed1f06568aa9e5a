"""Seals against the rows they cover, and against what lies outside the database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from arasha.kernel.journal.exporters import read_folder
from arasha.kernel.journal.queries.proof.logs import log_tables
from arasha.kernel.journal.queries.proof.reading import Snapshot
from arasha.kernel.journal.queries.proof.report import Finding, Report
from arasha.kernel.journal.rules import RESTORE, Leaf, SealFile, SealText, merkle_root, moment_text

SEALS = "SELECT number, at, leaves, root, previous, key, signature, hash FROM public.journal_seal ORDER BY number"


# A restore's entry speaks for the seals between the backup's and its own; there must be none of them in the database.
RESTORES = """SELECT a.id, (a.codes->>'after')::bigint, (a.codes->>'to')::bigint FROM public.journal_act a
WHERE a.stream_kind = 'system' AND a.stream_key = %s AND a.verb = %s AND a.sealed_in = (a.codes->>'to')::bigint + 1
  AND NOT EXISTS (SELECT FROM public.journal_seal s
    WHERE s.number > (a.codes->>'after')::bigint AND s.number <= (a.codes->>'to')::bigint)"""


@dataclass
class _Outside:
    """One folder of exported seals, read in step with the database."""

    keys: dict[str, bytes]
    seals: Iterator[tuple[str, SealFile | None]]
    waiting: SealFile | None = None

    def up_to(self, number: int, report: Report) -> Iterator[SealFile]:
        """Yield the folder's seals numbered up to `number`; what cannot be read is found."""
        while True:
            if self.waiting is None:
                self.waiting = self._next(report)
            if self.waiting is None or self.waiting.text.number > number:
                return
            file, self.waiting = self.waiting, None
            yield file

    def _next(self, report: Report) -> SealFile | None:
        """Return the next readable seal."""
        for name, file in self.seals:
            if file is not None:
                return file
            report.add(Finding("seal_unreadable", row=name))
        return None


def prove_seals(reader: Snapshot, report: Report, folders: Sequence[Path]) -> None:
    """Check every seal's chain, signature and root; with outside copies name each row that differs."""
    outsides = [_Outside(*read_folder(folder)) for folder in folders if folder.is_dir()]
    keys = {name: key for outside in outsides for name, key in outside.keys.items()}
    if not keys:
        report.unprovable.append("signatures")
    missing = _Missing(reader, report)
    covered = groupby(_sealed(reader), key=itemgetter(0))
    group = next(covered, None)
    previous = b""
    for number, at, count, root, before, key, signature, stored in reader.rows(SEALS):
        while group is not None and group[0] < number:
            _unsealed_group(group, report)
            group = next(covered, None)
        leaves: list[Leaf] = []
        if group is not None and group[0] == number:
            leaves = [Leaf(*row[1:]) for row in group[1]]
            group = next(covered, None)
        text = SealText(number, moment_text(at), count, root.hex(), before.hex(), key)
        report.counts["seals"] += 1
        if text.hash() != stored or before != previous:
            report.add(Finding("seal_altered", seal=number))
        previous = stored
        if keys and not is_signed(text, signature, keys):
            report.add(Finding("seal_signature", seal=number))
        _prove_leaves(number, text, leaves, outsides, missing)
    while group is not None:
        _unsealed_group(group, report)
        group = next(covered, None)
    for outside in outsides:
        for file in outside.up_to(2**63, report):
            missing.tell(file)
    _unanchored(reader, report)


class _Missing:
    """Seals that lie outside and not in the database: lost by a restore that says so, or wrong."""

    def __init__(self, reader: Snapshot, report: Report) -> None:
        self.report, self.told = report, set[int]()
        self.restores = reader.all(RESTORES, RESTORE, RESTORE)

    def tell(self, file: SealFile) -> None:
        """Tell of one seal, and of each row that it names."""
        number = file.text.number
        act = next((act for act, after, to in self.restores if after < number <= to), None)
        if act is None:
            self.report.add(Finding("seal_missing", seal=number))
            _compare(file, {}, self.report)
        elif number not in self.told:
            self.told.add(number)
            self.report.counts["lost_rows"] += len(file.leaves)
            self.report.add(Finding("lost_in_restore", act=act, seal=number))


def _sealed(reader: Snapshot) -> Iterator[tuple[int, str, str, bytes]]:
    """Yield (seal, table, key, hash) of every sealed row, by seal."""
    parts = ["SELECT sealed_in, 'journal_act', id::text, hash FROM public.journal_act WHERE sealed_in IS NOT NULL"]
    parts += [
        f"SELECT sealed_in, '{table}', {key}::text, hash FROM public.{table} WHERE sealed_in IS NOT NULL"  # noqa: S608
        for table, key in log_tables(reader).items()
    ]
    for row in reader.rows(" UNION ALL ".join(parts) + " ORDER BY 1"):
        yield row[0], row[1], row[2], row[3]


def _unsealed_group(group: tuple[int, Iterator[tuple[int, str, str, bytes]]], report: Report) -> None:
    """Name rows that claim a seal which is not there."""
    report.add(Finding("seal_missing", seal=group[0]))


def is_signed(text: SealText, signature: bytes, keys: dict[str, bytes]) -> bool:
    """Whether a known key signed this text."""
    if text.key not in keys:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(keys[text.key]).verify(signature, text.signed())
    except InvalidSignature:
        return False
    return True


def _prove_leaves(number: int, text: SealText, leaves: list[Leaf], outsides: list[_Outside], missing: _Missing) -> None:
    """Compare a seal's rows with its copies outside; without a copy, with its root."""
    report = missing.report
    found = [file for outside in outsides for file in outside.up_to(number, report)]
    for file in found:
        if file.text.number < number:
            missing.tell(file)
    copies = [file for file in found if file.text.number == number]
    if not copies:
        report.seals_not_outside += 1
        report.rows_not_outside += len(leaves)
        if merkle_root(leaves).hex() != text.root or len(leaves) != text.leaves:
            report.add(Finding("seal_root", seal=number))
        return
    rows = {(leaf.table, leaf.key): leaf.hash for leaf in leaves}
    for file in copies:
        if file.text != text or merkle_root(file.leaves).hex() != file.text.root:
            report.add(Finding("seal_altered", seal=number))
        _compare(file, rows, report)


def _compare(file: SealFile, rows: dict[tuple[str, str], bytes], report: Report) -> None:
    """Name each row that is not what went out with the seal."""
    known = {(leaf.table, leaf.key): leaf.hash for leaf in file.leaves}
    number = file.text.number
    for place, value in known.items():
        if rows.get(place) != value:
            report.add(_row("altered" if place in rows else "deleted", place, number))
    for place in rows.keys() - known.keys():
        report.add(_row("inserted", place, number))


def _row(what: str, place: tuple[str, str], seal: int) -> Finding:
    """Return the finding about one sealed row."""
    table, key = place
    if table == "journal_act":
        return Finding(f"act_{what}", act=int(key), seal=seal)
    return Finding(f"log_{what}", table=table, row=key, seal=seal)


def _unanchored(reader: Snapshot, report: Report) -> None:
    """Count what no seal covers yet."""
    parts = ["SELECT count(*), min(recorded_at) FROM public.journal_act WHERE sealed_in IS NULL"]
    parts += [
        f"SELECT count(*), min(recorded_at) FROM public.{table} WHERE sealed_in IS NULL"  # noqa: S608
        for table in log_tables(reader)
    ]
    for count, oldest in (reader.all(part)[0] for part in parts):
        report.unsealed += count
        if oldest is not None:
            report.oldest_unsealed = min(oldest, report.oldest_unsealed or oldest)
