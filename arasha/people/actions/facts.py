"""Papers, contacts, addresses, school, clinic, absences and pregnancies: added, ended, taken back."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.people import queries, rules
from arasha.people.actions.recording import end_standing, locked, recorded
from arasha.people.actions.sealing import write_address, write_contact, write_paper, write_pregnancy
from arasha.people.models import Absence, Address, Attendance, Contact, Paper, Pregnancy


@sensitive_variables()
def keep_paper(
    *,
    actor: Actor,
    person: UUID,
    kind: str,
    now: datetime,
    number: str = "",
    reason: str = "",
    country: str = "",
    remark: str = "",
) -> Paper:
    """Keep a number, a document, a citizenship, or why there is none. Neither the kind nor the number is in the act.

    Raises PersonNotThere, UnknownCode, IinInvalid, TooMuch.
    """
    with recorded(actor=actor, person=person, facet=Facet.DOCUMENTS, verb="keep_paper", now=now) as (_found, bare):
        return write_paper(bare, kind=kind, number=number, reason=reason, country=country, remark=remark)


@sensitive_variables()
def keep_contact(
    *,
    actor: Actor,
    person: UUID,
    kind: str,
    whose: str,
    safe: str,
    value: str,
    now: datetime,
    when: str = "",
    normal: str = "",
) -> Contact:
    """Keep a way to reach somebody, and whether it is safe; `normal` is a telephone number as it is compared.

    Raises PersonNotThere, UnknownCode, TooMuch.
    """
    told = {"kind": kind, "safe": safe}
    with recorded(actor=actor, person=person, facet=Facet.CONTACTS, verb="keep_contact", now=now, **told) as (_, bare):
        return write_contact(bare, kind=kind, whose=whose, safe=safe, value=value, when=when, fingerprinted=normal)


@sensitive_variables()
def keep_address(
    *,
    actor: Actor,
    person: UUID,
    kind: str,
    territory: str,
    line: str,
    now: datetime,
    since: date | None = None,
) -> Address:
    """Keep where somebody lives; the earlier address of the kind ends. Raises PersonNotThere, UnknownCode, TooMuch."""
    facet = rules.facet_of_address(kind)
    with recorded(actor=actor, person=person, facet=facet, verb="keep_address", now=now) as (found, bare):
        end_standing(Address.objects.filter(person=found, kind=kind), since, now)
        return write_address(bare | {"since": since}, kind=kind, territory=territory, line=line)


def keep_attendance(
    *,
    actor: Actor,
    person: UUID,
    kind: str,
    now: datetime,
    place: int | None = None,
    called: str = "",
    group: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Attendance:
    """Keep which school, kindergarten or clinic somebody goes to, or went to until a day; the earlier one ends.

    Raises PersonNotThere, UnknownCode.
    """
    facet = rules.facet_of_attendance(kind)
    with recorded(actor=actor, person=person, facet=facet, verb="keep_attendance", now=now, kind=kind) as (found, bare):
        if until is None:
            end_standing(Attendance.objects.filter(person=found, kind=kind), since, now)
        row = Attendance(**bare, facet=int(facet), kind=kind, since=since, until=until)
        row.place_id = place
        row.called, row.group = called.strip()[:200], group.strip()[:40]
        row.save(force_insert=True)
    return row


def note_absence(
    *, actor: Actor, person: UUID, kind: str, now: datetime, since: date | None = None, until: date | None = None
) -> Absence:
    """Note a time away from school: from a day, to its last day or still away. Nothing is concluded from it here.

    Raises PersonNotThere, UnknownCode.
    """
    rules.SCHOOL_ABSENCES[kind]
    with recorded(actor=actor, person=person, facet=Facet.EDUCATION, verb="note_absence", now=now) as (_found, bare):
        row = Absence(**bare, kind=kind, since=since, until=until)
        row.save(force_insert=True)
    return row


@sensitive_variables()
def note_pregnancy(
    *, actor: Actor, person: UUID, kind: str, now: datetime, first: date | None = None, last: date | None = None
) -> Pregnancy:
    """Note a pregnancy or a birth under seal, and between which days it lies as far as that is known.

    Only whom reproductive health was granted in this file by name may write it. Neither the kind nor a day is in the
    act. Raises PersonNotThere, UnknownCode.
    """
    with recorded(actor=actor, person=person, facet=Facet.REPRODUCTIVE, verb="note_sealed_health", now=now) as (
        _found,
        bare,
    ):
        return write_pregnancy(bare, kind=kind, first=first, last=last)


def end_fact(*, actor: Actor, what: str, fact: UUID, now: datetime, until: date | None = None) -> Any:
    """End a fact on a day of life, or take it back as written in error when no day is given.

    `what` is a name of `queries.FACTS`. Raises PersonNotThere, UnknownCode for another word.
    """
    model, constant = queries.fact_table(what)
    with transaction.atomic():
        row, facet = locked(model, fact, constant)
        told = {"facet": facet, "unit": actor.unit_id} | ({} if facet.sealed else {"kind": what})
        verb = "end_fact" if until else "take_back_fact"
        with act(verb=verb, stream=dossier_stream(row.dossier_id), now=now, codes=told):
            if until:
                row.until = until
            else:
                row.ended_at = now
            row.save(update_fields=["until", "ended_at"])
    return row
