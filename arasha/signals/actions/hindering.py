"""A statement that was refused, pressure to withdraw: the prosecutor owes an answer and the ombudsperson looks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.models import Dossier
from arasha.kernel.access.queries import may_write, team_of, visible_dossiers
from arasha.kernel.access.rules import Actor, Facet, from_database
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.obligations.actions import raise_for
from arasha.obligations.queries import Finder
from arasha.signals import queries, rules
from arasha.signals.models import Hindrance

# A second click, or two people who tell of one thing, let nobody owe the same twice.
ONE_TELLING = timedelta(hours=24)


class FileNotThere(LookupError):
    """There is no such file for this actor, or they may write nothing in it."""


class NotPolice(ValueError):
    """The unit named is no police unit."""


def tell_hindrance(
    *, actor: Actor, dossier: UUID, kind: str, now: datetime, unit: int | None = None, words: str = ""
) -> Hindrance:
    """Record a refused statement or pressure to withdraw in a file, by anybody who owes or does something there.

    The police unit named is barred with its whole body: it is neither told nor asked, and stands on no ladder. Named
    after somebody told without naming it, it is barred, and nobody owes the same twice; new words are always kept.
    Raises FileNotThere, NotPolice; UnknownCode for a kind of no list.
    """
    rules.HINDRANCES[kind]
    return _tell(actor, dossier, kind, now, told_in="file", unit=unit, words=words.strip())


def refuse_reconciliation(*, actor: Actor, dossier: UUID, now: datetime) -> Hindrance:
    """Close nothing: that the sides are reconciled, or wish to withdraw, is recorded. Raises FileNotThere."""
    return _tell(actor, dossier, rules.PRESSURE, now, told_in="closing")


def _tell(
    actor: Actor, dossier: UUID, kind: str, now: datetime, *, told_in: str, unit: int | None = None, words: str = ""
) -> Hindrance:
    with transaction.atomic():
        file = visible_dossiers(actor).filter(pk=dossier).first()
        if file is None or actor.unit_id is None or not may_write(dossier, Facet.OBLIGATIONS):
            raise FileNotThere
        body = queries.body_of_police(unit, now) if unit else None
        if unit and body is None:
            raise NotPolice
        lately = _told_lately(dossier, kind, now)
        again = next((row for row, said in lately if row.unit_id == unit and words in ("", said)), None)
        if again is not None:
            return again
        owed_already = any(unit is None or row.unit_id in (None, unit) for row, _said in lately)
        codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id, "kind": kind}
        with act(verb="tell_hindrance", stream=dossier_stream(dossier), now=now, codes=codes):
            row = keep(dossier, kind, now, told_in=told_in, unit=unit, words=words)
            if body is not None:
                _bar(dossier, body)
            _tell_lead(actor, file, body, now)
        if not owed_already:
            oblige(actor, dossier, [kind], file.territory_id, Finder(now), sealed=False)
    return row


def _told_lately(dossier: UUID, kind: str, now: datetime) -> list[tuple[Hindrance, str | None]]:
    told = queries.hindrances_of([dossier])
    return [(row, said) for row, said in told if row.kind == kind and row.told_at > now - ONE_TELLING]


def keep_told(dossier: UUID, report: rules.Report, body: int | None, now: datetime) -> None:
    """Keep what a report tells of it; the police unit is named where it is one."""
    for kind in rules.hindrances_of(report.statement, pressure=report.pressure):
        keep(dossier, kind, now, told_in="report", unit=report.hindered_by if body else None)


def keep(
    dossier: UUID, kind: str, now: datetime, *, told_in: str, unit: int | None = None, words: str = ""
) -> Hindrance:
    """Write one down, inside an open act."""
    row = Hindrance(id=uuid4(), dossier_id=dossier, kind=kind, told_in=told_in, unit_id=unit, told_at=now)
    if words:
        row.sealed = seal_text(words, row=row.pk, **queries.hindrance_place(dossier))
    row.save(force_insert=True)
    return row


def oblige(actor: Actor, dossier: UUID, kinds: Sequence[str], territory: str, finder: Finder, *, sealed: bool) -> None:
    """Raise what procedures ask for after it. Call it after the act of telling is closed."""
    raise_for(
        actor=actor,
        dossier=dossier,
        event="tell_hindrance",
        codes={"hindrance": list(kinds)},
        territory=territory,
        from_moment=finder.at,
        now=finder.at,
        sealed_actor=sealed,
        finder=finder,
    )


def _bar(dossier: UUID, body: int) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT signals.bar_hindering(%s::uuid, %s::integer)", [dossier, body])
    except DatabaseError as error:
        raise from_database(error) from error


def _tell_lead(actor: Actor, file: Dossier, body: int | None, now: datetime) -> None:
    leads = [member.unit for member in team_of([file.pk]) if member.part == "lead" and member.unit]
    units = {unit.pk for unit in leads if unit.body_id != body} - {actor.unit_id}
    if units:
        link = queries.file_link(file.pk)
        notify(actor=actor, units=sorted(units), code="hindrance_told", link=link, dossier=file.pk, now=now)
