"""The clock's work: rules are evaluated for each child, and what they notice waits for one person to read it."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import person_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.worktime.rules import local
from arasha.obligations.queries import Finder
from arasha.signals import policy, queries, rules
from arasha.signals.queries import noticing
from arasha.signals.queries.noticing import Child, Row

log = logging.getLogger(__name__)
BATCH = 200
# Which of a child's files is the one in which it is read: a case first, then a signal that is being considered.
KINDS = ("case", "signal")
# Who reads what a rule noticed in a register. The nation's coordination acts in no child's file.
COORDINATES = queries.COORDINATION[:2]
PUT = "SELECT signals.put_noticed(%s, %s, %s, %s::smallint, %s, %s, %s, %s, %s, %s, %s, %s::uuid[], %s::uuid[])"
FACTS = {
    "school_changes": "stays",
    "absence_in_a_row": "aways",
    "absence_in_all": "aways",
    "injuries": "hurts",
}


@dataclass(frozen=True)
class Reader:
    """Where something is read and by whom: `unit` stands in the row where it is not the file's own lead."""

    person: UUID
    dossier: UUID
    unit: int | None
    units: Sequence[int]
    users: Sequence[int] = ()


@dataclass(frozen=True)
class Noticing:
    """What a rule newly found of one child: the new keys as they are kept, who reads it, which files took part."""

    rule: rules.Rule
    finding: rules.Finding
    keys: frozenset[UUID]
    reader: Reader | None
    files: Collection[UUID]


@dataclass
class Night:
    """What one run did; `unheard`: what was found and nobody may read, which is found again the next night."""

    written: int = 0
    unheard: int = 0
    failed: int = 0


def notice(*, actor: Actor, now: datetime, limit: int = BATCH) -> Night:
    """As the clock, write down what the rules notice today and nobody has been shown, at most `limit` of it.

    The same facts are never written twice; each row is one act in the child's own stream, which no team reads. Only
    whoever is to read it is told that there is something. Raises NotAllowed for everybody else's work.
    """
    if not policy.may_notice(actor):
        raise policy.NotAllowed
    today = local(now).date()
    asked = [rule for rule in rules.noticing_rules() if rule.holds_on(today)]
    night, finder = Night(), Finder(now)
    children = noticing.children(asked, today)
    known = noticing.seen(children)
    readers = _Readers(children.values(), finder)
    for identity, child in children.items():
        for rule in asked:
            for one in _of(child, rule, known.get((identity, rule.code), set()), readers):
                if night.written == limit:
                    return night
                _write(actor, one, now, night)
    if night.unheard or night.failed:
        log.warning("noticed for nobody: %s, failed: %s", night.unheard, night.failed)
    return night


def _of(child: Child, rule: rules.Rule, known: set[UUID], readers: "_Readers") -> list[Noticing]:
    """Return what a rule newly finds of a child: of a sealed facet in each file apart, else once."""
    if rule.facet.sealed:
        parts = [
            (rules.Facts(birth=child.birth, expecting=rows), readers.granted(file, who, rule.facet), {file})
            for (file, who), rows in child.sealed.items()
        ]
    else:
        facts = rules.Facts(child.birth, child.stays, child.aways, child.hurts)
        parts = [(facts, readers.of(child), child.files[FACTS[rule.counted]])]
    made = []
    for facts, reader, files in parts:
        finding = rules.found(rule, facts, readers.today)
        if finding is None:
            continue
        keys = frozenset(noticing.kept_key(rule.code, key) for key in finding.keys) - known
        if keys:
            made.append(Noticing(rule, finding, keys, reader, files))
    return made


def _write(actor: Actor, one: Noticing, now: datetime, night: Night) -> None:
    """Write one row with its act and tell its readers. What fails is left for the next night and stops nothing else."""
    rule, finding, reader = one.rule, one.finding, one.reader
    if reader is None:
        night.unheard += 1
        return
    sealed = rule.facet.sealed
    codes: dict[str, Any] = {"facet": rule.facet} | ({} if sealed else {"rule": rule.code, "version": rule.version})
    days = (None, None) if sealed else (finding.first, finding.last)
    row = [uuid4(), reader.dossier, reader.person, int(rule.facet), rule.code, rule.version, finding.count, *days]
    try:
        with (
            transaction.atomic(),
            act(verb="notice_child", stream=person_stream(reader.person), now=now, codes=codes),
            connection.cursor() as cursor,
        ):
            cursor.execute(PUT, [*row, reader.unit, now, list(one.keys), list(one.files)])
            notify(
                actor=actor,
                code="noticed",
                link=queries.noticed_link(),
                units=reader.units,
                users=reader.users,
                dossier=reader.dossier,
                now=now,
            )
    except DatabaseError:
        log.exception("noticing failed")
        night.failed += 1
    else:
        night.written += 1


class _Readers:
    """Finds by whom what was noticed is read; what the database must say is asked once for all."""

    def __init__(self, children: Collection[Child], finder: Finder) -> None:
        rows = [row for child in children for row in child.rows]
        self._finder, self.today = finder, local(finder.at).date()
        self._read = noticing.that_read({row.lead for row in rows if row.lead}, finder.at)
        self._open = noticing.still_open({row.dossier for row in rows if row.kind == "signal"})

    def of(self, child: Child) -> Reader | None:
        """Return who reads it: the lead of the child's case or signal, else who coordinates the register's place."""
        worked_on = [row for row in child.rows if row.kind != "signal" or row.dossier in self._open]
        for row in sorted(worked_on, key=_nearness):
            if row.lead in self._read and (row.kind in KINDS or row.protected):
                return Reader(row.person, row.dossier, None, [row.lead])
            # Of a protected file, or of who is kept apart after an adoption, who coordinates knows nothing.
            if not row.protected and not row.sealed:
                unit = self._coordination(row)
                if unit is not None:
                    return Reader(row.person, row.dossier, unit, [unit])
        return None

    def granted(self, file: UUID, person: UUID, facet: Facet) -> Reader | None:
        """Return whom a sealed facet of a file was granted to by name; nobody else reads it, whoever leads the file."""
        units, users = noticing.sealed_readers(file, int(facet))
        return Reader(person, file, None, units, users) if units or users else None

    def _coordination(self, row: Row) -> int | None:
        first, *above = COORDINATES
        found = self._finder.obliged(row.dossier, first, row.territory, above)
        return int(found.unit.pk) if found.unit else None


def _nearness(row: Row) -> tuple[bool, bool, int, float]:
    """Order files: those that are worked on before registers, the child's own before a sister's, the newest first."""
    worked_on = row.kind in KINDS
    kind = KINDS.index(row.kind) if worked_on else len(KINDS)
    return not worked_on, row.role != "child", kind, -row.opened_at.timestamp()
