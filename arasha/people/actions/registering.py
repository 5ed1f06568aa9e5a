"""Writing a person down in a file, and what they are called, when they were born, that they were written in error."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.people import policy, rules
from arasha.people.actions.recording import PersonNotThere, end_standing, fact, recorded
from arasha.people.actions.sealing import write_paper
from arasha.people.models import Person, PersonName

# Of these kinds one name stands at a time; people may be called by several in life.
ONE_AT_A_TIME = ("document", "kazakh", "russian", "latin")


class NothingSaid(ValueError):
    """Neither a name nor anything else was given that would tell this person from another."""


@sensitive_variables()
def register(
    *,
    actor: Actor,
    dossier: UUID,
    role: str,
    described: rules.Described,
    now: datetime,
    iin: str = "",
    absent: str = "",
) -> Person:
    """Write a person down in a file. Everything may be missing: a child without a name or a paper is registered too.

    `iin` is kept as it was typed once it reads as a number; `absent` is the reason why there is no document.

    Raises:
        PersonNotThere: the file is not there for this actor, or its people are not theirs to write.
        IinInvalid, UnknownCode.
    """
    with transaction.atomic():
        if not policy.may_add(dossier, Facet.IDENTITY):
            raise PersonNotThere
        told = {"facet": Facet.IDENTITY, "unit": actor.unit_id, "role": role}
        with act(verb="register_person", stream=dossier_stream(dossier), now=now, codes=told):
            person = write_person(actor=actor, dossier=dossier, role=role, described=described, now=now)
            bare = fact(actor.unit_id, person, now)
            if iin.strip():
                write_paper(bare, kind="iin", number=iin)
            if absent:
                write_paper(bare, kind="absent", reason=absent)
    return person


def write_person(
    *, actor: Actor, dossier: UUID, role: str, described: rules.Described, now: datetime, unseen: bool = False
) -> Person:
    """Write the rows of a person into an act that is open: for those who open a file and write its people with it.

    `unseen`: nobody may know which unit told. Raises UnknownCode for a code of no list.
    """
    rules.ROLES[role], rules.SEXES[described.sex], rules.NAME_KINDS[described.kind]
    rules.BIRTH_WAYS[described.birth.how]
    name, unit = described.name.tidy(), None if unseen else actor.unit_id
    person = Person(id=uuid4(), dossier_id=dossier, role=role, called=name.written[:200], sex=described.sex)
    person.birth_first, person.birth_last = described.birth.first, described.birth.last
    person.birth_how, person.recorded_at, person.unit_id = described.birth.how, now, unit
    person.save(force_insert=True)
    if name.written:
        _write_name(fact(unit, person, now), described.kind, name)
    return person


def _write_name(bare: dict[str, Any], kind: str, name: rules.Name, since: date | None = None) -> PersonName:
    row = PersonName(**bare, kind=kind, since=since)
    row.surname, row.given, row.patronymic = name.surname, name.given, name.patronymic
    row.surname_key, row.given_key, row.father_key = (found[:100] for found in name.keys)
    row.save(force_insert=True)
    return row


def name_person(
    *, actor: Actor, person: UUID, kind: str, name: rules.Name, now: datetime, since: date | None = None
) -> PersonName:
    """Give a person one more name; the earlier one of its kind ends. Lists call them by document or as in life.

    Raises PersonNotThere, UnknownCode, NothingSaid for a name without a letter.
    """
    rules.NAME_KINDS[kind]
    tidy = name.tidy()
    if not any(tidy.keys):
        raise NothingSaid
    with recorded(actor=actor, person=person, facet=Facet.IDENTITY, verb="name_person", now=now, kind=kind) as (
        found,
        bare,
    ):
        if kind in ONE_AT_A_TIME:
            end_standing(PersonName.objects.filter(person=found, kind=kind), since, now)
        row = _write_name(bare, kind, tidy, since)
        if kind in {"document", "used"} or not found.called:
            found.called = tidy.written[:200]
            found.save(update_fields=["called"])
    return row


def set_birth(*, actor: Actor, person: UUID, birth: rules.SaidBirth, now: datetime) -> Person:
    """Say when somebody was born, as exactly as it is known. Raises PersonNotThere, UnknownCode."""
    rules.BIRTH_WAYS[birth.how]
    with recorded(actor=actor, person=person, facet=Facet.IDENTITY, verb="set_birth", now=now, how=birth.how) as (
        found,
        _bare,
    ):
        found.birth_first, found.birth_last, found.birth_how = birth.first, birth.last, birth.how
        found.save(update_fields=["birth_first", "birth_last", "birth_how"])
    return found


def describe_person(*, actor: Actor, person: UUID, sex: str, role: str, died: bool, now: datetime) -> Person:
    """Say whether somebody is a girl or a boy, who they are in this file, and whether they live.

    Raises PersonNotThere, UnknownCode.
    """
    rules.SEXES[sex], rules.ROLES[role]
    with recorded(actor=actor, person=person, facet=Facet.IDENTITY, verb="describe_person", now=now, role=role) as (
        found,
        _bare,
    ):
        found.sex, found.role, found.died = sex, role, died
        found.save(update_fields=["sex", "role", "died"])
    return found


def remove_person(*, actor: Actor, person: UUID, now: datetime) -> Person:
    """Take somebody out of a file who was written down in error; the record of it stays.

    Raises PersonNotThere; the child of the file is never removed.
    """
    with recorded(actor=actor, person=person, facet=Facet.IDENTITY, verb="remove_person", now=now) as (found, _bare):
        if found.role == "child":
            raise PersonNotThere
        found.ended_at = now
        found.save(update_fields=["ended_at"])
    return found
