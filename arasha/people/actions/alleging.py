"""That somebody is alleged to have harmed, that this changed, that it was written in error."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.models import Dossier
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.people import policy, queries, rules
from arasha.people.actions.registering import NothingSaid
from arasha.people.actions.sealing import LONGEST, TooMuch
from arasha.people.models import Allegation, AllegationState, Person

# What follows from an allegation lies in higher folders: they lend what they do when somebody is named.
HEEDING: list[Callable[..., object]] = []


class AllegationNotThere(LookupError):
    """There is no such file, person or allegation for this actor, or nothing of the kind is theirs to write."""


@sensitive_variables()
def allege(
    *, actor: Actor, dossier: UUID, suspect: rules.SaidSuspect, source: str, now: datetime, day: date | None = None
) -> Allegation:
    """Write down that somebody is alleged to have harmed; what an adult of the file may is closed in the same act.

    `source` and `day`: by whom it was said, and when. Raises AllegationNotThere, UnknownCode, TooMuch; NothingSaid
    where neither a person nor a name, a nickname, a place or looks is given.
    """
    rules.SUSPECT_ROLES[suspect.role], rules.SUSPECT_AGES[suspect.age]
    rules.check_state("alleged", source)
    if not suspect.says_anything:
        raise NothingSaid
    with transaction.atomic():
        if not policy.may_add(dossier, Facet.JUSTICE):
            raise AllegationNotThere
        person = _person(actor, dossier, suspect.person)
        with _act(actor, dossier, "allege", now, role=suspect.role, source=source):
            row = _written(actor, dossier, suspect, now)
            first = {"number": 1, "status": "alleged", "source": source, "source_day": day}
            _put_state(actor, row, now, said=first)
            _close(row, person, now)
        for heed in HEEDING:
            heed(actor=actor, allegation=row, now=now)
    return row


@sensitive_variables()
def change_status(
    *,
    actor: Actor,
    allegation: UUID,
    status: str,
    source: str,
    now: datetime,
    day: date | None = None,
    decided_by: str = "",
    why: str = "",
) -> AllegationState:
    """Say where an allegation stands now: established by a court or a prosecutor, unfounded by whom and why.

    Unfounded, it opens nothing: whoever leads the file is asked to decide anew what the person may.
    Raises AllegationNotThere, UnknownCode, CodeDoesNotFit, ReasonMissing, TooMuch.
    """
    rules.check_state(status, source, decided_by=decided_by, why=why)
    with transaction.atomic():
        row = _locked(allegation)
        person = Person.objects.filter(pk=row.person_id).first() if row.person_id else None
        with _act(actor, row.dossier_id, "change_status", now, status=status, source=source):
            number = AllegationState.objects.filter(allegation=row).count() + 1
            said = {"number": number, "status": status, "source": source, "source_day": day}
            state = _put_state(actor, row, now, said=said, decided_by=decided_by, why=why)
            if status == "unfounded":
                _ask_anew(actor, row, now)
            else:
                _close(row, person, now)
    return state


def take_back_allegation(*, actor: Actor, allegation: UUID, now: datetime) -> Allegation:
    """Take an allegation back that was written in error; the record of it stays. Raises AllegationNotThere."""
    with transaction.atomic():
        row = _locked(allegation)
        with _act(actor, row.dossier_id, "take_back_allegation", now):
            row.ended_at = now
            row.save(update_fields=["ended_at"])
            _ask_anew(actor, row, now)
    return row


@contextmanager
def _act(actor: Actor, dossier: UUID, verb: str, now: datetime, **codes: str) -> Iterator[None]:
    told = {"facet": Facet.JUSTICE, "unit": actor.unit_id, **codes}
    with act(verb=verb, stream=dossier_stream(dossier), now=now, codes=told):
        yield


def _locked(pk: UUID) -> Allegation:
    row = Allegation.objects.select_for_update(of=("self",)).filter(pk=pk, ended_at=None).first()
    if row is None or not policy.may_change(row.dossier_id, Facet.JUSTICE):
        raise AllegationNotThere
    return row


def _person(actor: Actor, dossier: UUID, pk: UUID | None) -> Person | None:
    if pk is None:
        return None
    person = policy.visible_to(actor).filter(pk=pk, dossier=dossier).first()
    if person is None:
        raise AllegationNotThere
    return person


@sensitive_variables()
def _written(actor: Actor, dossier: UUID, said: rules.SaidSuspect, now: datetime) -> Allegation:
    """Write the allegation's row: of a person of the file no name stands here, for it stands with the person."""
    row = Allegation(id=uuid4(), dossier_id=dossier, person_id=said.person, role=said.role, age=said.age)
    row.called = "" if said.person else " ".join(said.called.split())[:200]
    row.nickname, row.place_called = " ".join(said.nickname.split())[:100], " ".join(said.place_called.split())[:200]
    row.place_id, row.since, row.recorded_at, row.unit_id = said.place, said.since, now, actor.unit_id
    row.territory = said.territory or queries.place_of(dossier)
    row.called_keys, row.nickname_keys = rules.keys_of_name(row.called), rules.keys_of_name(row.nickname)
    row.place_keys = rules.keys_of_place(row.place_called, *queries.names_of_unit(said.place))
    row.sealed = _sealed({"looks": said.looks.strip()}, row)
    row.save(force_insert=True)
    return row


@sensitive_variables()
def _put_state(
    actor: Actor, row: Allegation, now: datetime, *, said: dict[str, Any], decided_by: str = "", why: str = ""
) -> AllegationState:
    """Write the next state: `said` is its number, status, source and the source's day."""
    state = AllegationState(id=uuid4(), dossier_id=row.dossier_id, allegation=row, recorded_at=now, **said)
    state.decided_by, state.unit_id = decided_by.strip()[:200], actor.unit_id
    state.sealed = _sealed({"why": why.strip()}, state)
    state.save(force_insert=True)
    return state


@sensitive_variables()
def _sealed(said: Mapping[str, str], row: Allegation | AllegationState) -> bytes | None:
    text = json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)
    if len(text) > LONGEST:
        raise TooMuch
    return seal_text(text, row=row.pk, **queries.place_of_words(row)) if text != "{}" else None


def _close(row: Allegation, person: Person | None, now: datetime) -> None:
    """Close what an adult of the file may, also where who says so may write nothing else about them."""
    if person is not None and rules.ROLES[person.role].more["adult"] == "yes":
        with connection.cursor() as cursor:
            cursor.execute("SELECT people.close_to_suspect(%s, %s)", [row.pk, now])


def _ask_anew(actor: Actor, row: Allegation, now: datetime) -> None:
    """Ask whoever leads the file to decide anew, when nothing else is alleged of a person to whom things are closed."""
    if row.person_id is None or not queries.to_decide_anew(row.person_id):
        return
    lead: Any = Dossier.objects.filter(pk=row.dossier_id).values_list("lead_unit_id", flat=True).first()
    if lead is not None:
        link = f"/people/{row.dossier_id}/{row.person_id}/"
        notify(actor=actor, code="standing_anew", link=link, units=[lead], dossier=row.dossier_id, now=now)
