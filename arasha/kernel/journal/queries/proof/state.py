"""The journal replayed against the rows as they stand: what changed without an act shows here."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.apps import apps

from arasha.kernel.journal.queries.proof.reading import Row, Snapshot
from arasha.kernel.journal.queries.proof.report import Finding, Report
from arasha.kernel.journal.rules import ERASE

# (scope, facet) → the acts that erased it.
Erasures = dict[tuple[str, int], set[int]]


@dataclass(frozen=True, slots=True)
class Table:
    """A journalled table: its key, its columns by class, and what rows held that are older than a column.

    A column that a later version adds stands in no earlier change; the migration gives it one value in every row.
    """

    name: str
    key: str
    codes: list[str]
    secret: list[str]
    classes: Mapping[str, str]
    before: Mapping[str, Any]

    def live(self) -> str:
        """Return the query for the rows as they stand."""
        pairs = [f"'{column}', t.{column}" for column in self.codes]
        codes = " || ".join(f"jsonb_build_object({', '.join(pairs[at : at + 40])})" for at in range(0, len(pairs), 40))
        values = ", ".join(
            f"t.{column}" if self.classes[column] == "sealed" else f"convert_to(t.{column}::text, 'UTF8')"
            for column in self.secret
        )
        return (
            f"SELECT t.{self.key}::text, ({codes})::text, ARRAY[{values}]::bytea[] FROM public.{self.name} t"  # noqa: S608
            f' ORDER BY t.{self.key}::text COLLATE "C"'
        )

    def recorded(self) -> str:
        """Return the query for the table's changes with their vault history."""
        history = (
            ", (SELECT jsonb_agg(jsonb_build_array(h.column_name, encode(h.salt, 'hex'), encode(h.old_value, 'hex'),"
            " h.erased_by_act, h.scope_kind || ':' || h.scope_key, h.facet) ORDER BY h.id)::text"
            " FROM public.vault_history h WHERE h.change_id = c.id)"
        )
        return (
            f"SELECT c.row_key, c.id, c.act_id, c.operation, c.columns::text, c.scope{history if self.secret else ''}"  # noqa: S608
            f" FROM public.journal_change c WHERE c.table_name = '{self.name}'"
            ' ORDER BY c.row_key COLLATE "C", c.id'
        )


def tables(declarations: Mapping[str, Any]) -> Iterator[Table]:
    """Yield every journalled table."""
    for name, declaration in sorted(declarations.items()):
        classes = declaration.classes
        codes = [column for column, kind in classes.items() if kind == "code"]
        secret = [column for column, kind in classes.items() if kind != "code"]
        before = {**_defaults(name), **getattr(declaration, "before", {})}
        yield Table(name, getattr(declaration, "key", "id"), codes, secret, classes, before)


def _defaults(table: str) -> dict[str, Any]:
    """Return what a new column holds in old rows: its field's default, or the empty text that Django fills in.

    Where a default was changed since, the model says the first one: `class Journal: before = {column: value}`.
    """
    found: dict[str, Any] = {}
    for field in (
        field for model in apps.get_models() if model._meta.db_table == table for field in model._meta.fields
    ):
        if field.has_default() and (not callable(field.default) or field.default in {list, dict}):
            found[field.attname] = field.get_default()
        elif not field.null and field.blank and field.empty_strings_allowed:
            found[field.attname] = ""
    return found


def prove_state(reader: Snapshot, report: Report, declarations: Mapping[str, Any]) -> None:
    """Replay every journalled table and name each row and column that differs."""
    erasures = _erasures(reader)
    for table in tables(declarations):
        _prove_table(table, reader, erasures, report)
    report.with_state = True


def _erasures(reader: Snapshot) -> Erasures:
    """Return what was erased lawfully, from the codes of the acts that did it."""
    found: Erasures = {}
    for act, codes in reader.rows("SELECT id, codes::text FROM public.journal_act WHERE verb = %s", ERASE):
        for scope in json.loads(codes).get("scopes", []):
            found.setdefault((f"{scope['kind']}:{scope['key']}", scope["facet"]), set()).add(act)
    return found


def _prove_table(table: Table, reader: Snapshot, erasures: Erasures, report: Report) -> None:
    """Walk the recorded and the standing rows side by side."""
    recorded = groupby(reader.rows(table.recorded()), key=itemgetter(0))
    group = next(recorded, None)
    for live in reader.rows(table.live()):
        report.counts["rows"] += 1
        while group is not None and group[0] < live[0]:
            _Replay(table, erasures, report).run(group[0], list(group[1]), None)
            group = next(recorded, None)
        if group is not None and group[0] == live[0]:
            _Replay(table, erasures, report).run(live[0], list(group[1]), live)
            group = next(recorded, None)
        else:
            report.add(Finding("row_inserted", table=table.name, row=live[0]))
    while group is not None:
        _Replay(table, erasures, report).run(group[0], list(group[1]), None)
        group = next(recorded, None)


@dataclass(slots=True)
class _Commitment:
    """The last thing said about a secret column: its commitment and, unless erased, the salt."""

    value: str
    salt: bytes | None
    act: int


class _Replay:
    """One row, from its first change to what stands."""

    def __init__(self, table: Table, erasures: Erasures, report: Report) -> None:
        self.table, self.erasures, self.report = table, erasures, report
        self.codes: dict[str, Any] = {}
        self.secret: dict[str, _Commitment] = {}
        self.row = ""

    def run(self, row: str, changes: list[Row], live: Row | None) -> None:
        """Replay the changes and compare."""
        self.row = row
        self.report.counts["replayed"] += len(changes)
        only = len(changes) == 1 and live is not None and not self.table.secret
        if only and live is not None and changes[0][3] == "I" and changes[0][4] == live[1]:
            return
        for change in changes:
            self._apply(change)
        stands = changes[-1][3] != "D"
        if live is None:
            if stands:
                self._say("row_deleted", act=changes[-1][2])
        elif not stands:
            self._say("row_inserted", act=changes[-1][2])
        else:
            self._compare(live, changes[-1][2])

    def _say(self, kind: str, *, column: str = "", act: int | None = None) -> None:
        """Report something about this row."""
        self.report.add(Finding(kind, table=self.table.name, row=self.row, column=column, act=act))

    def _apply(self, change: Row) -> None:
        """Take in one change; earlier secret values must fit what was committed to."""
        _, _, act, operation, text, scope, *history = change
        if operation == "I":
            self.codes, self.secret = {}, {}
        kept: dict[str, list[list[Any]]] = {}
        for entry in json.loads(history[0]) if history and history[0] else []:
            kept.setdefault(entry[0], []).append(entry)
        # A row that moved has two entries: the first keeps the past with the earlier owner, the last the new salt.
        for column, entries in kept.items():
            _, _, old, erased_by, *_ = entries[0]
            if erased_by is None and not self._fits(column, None if old is None else bytes.fromhex(old)):
                self._say("history_altered", column=column, act=act)
            for entry in entries:
                self._erased(column, entry[3], (entry[4], entry[5]))
        for column, value in json.loads(text, parse_float=str).items():
            if column in self.table.secret:
                self._commit(column, value, scope, act, kept.get(column, []))
            else:
                self.codes[column] = value

    def _commit(self, column: str, value: dict[str, Any], scope: str, act: int, kept: list[list[Any]]) -> None:
        """Take in a new commitment; its salt must be there, unless it was erased lawfully where it belongs."""
        salt, erased_by = (kept[-1][1], kept[-1][3]) if kept else (None, None)
        self.secret[column] = _Commitment(value["commitment"], None if salt is None else bytes.fromhex(salt), act)
        if erased_by is not None:
            self._erased(column, erased_by, (scope, value["facet"]))
        elif salt is None:
            self._say("history_missing", column=column, act=act)

    def _erased(self, column: str, act: int | None, place: tuple[str, int]) -> None:
        """Accept what an act erased lawfully; name what only pretends to be."""
        if act is None:
            return
        if act in self.erasures.get(place, set()):
            self.report.add(Finding("erased", table=self.table.name, row=self.row, column=column, act=act))
        else:
            self._say("erased_unlawfully", column=column, act=act)

    def _fits(self, column: str, value: bytes | None) -> bool:
        """Whether a value is what the column was last committed to; an erased salt proves nothing either way."""
        last = self.secret.get(column)
        if last is None or last.salt is None:
            return True
        opened = last.salt + column.encode() + b"\0" + (b"" if value is None else b"\1" + value)
        return sha256(opened).hexdigest() == last.value

    def _compare(self, live: Row, act: int) -> None:
        """Compare a standing row with what the journal says of it."""
        standing = json.loads(live[1], parse_float=str)
        for column in self.table.codes:
            if standing.get(column) != self.codes.get(column, self.table.before.get(column)):
                self._say("row_altered", column=column, act=act)
        for column, value in zip(self.table.secret, live[2], strict=True):
            if column not in self.secret:
                before = self.table.before.get(column)
                if value != (None if before is None else str(before).encode()):
                    self._say("row_altered", column=column, act=act)
            elif not self._fits(column, value):
                self._say("row_altered", column=column, act=self.secret[column].act)
