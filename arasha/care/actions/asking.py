"""Kin are asked one by one, and of each brother and sister it is said where they are."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.views.decorators.debug import sensitive_variables

from arasha.care import policy, queries, rules
from arasha.care.actions.errors import NotThere
from arasha.care.actions.removing import codes_of, settle_parts, write_part
from arasha.care.models import Removal, RemovalPerson
from arasha.care.rules import PartSaid
from arasha.cases.queries import place
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local


@sensitive_variables("said")
def say_of_people(*, actor: Actor, removal: UUID, said: Mapping[UUID, PartSaid], now: datetime) -> Removal:
    """Say what kin answered and where siblings are. What follows for the removal as a whole is said with it.

    Raises NotThere: no such removal, or somebody who is not offered; NotAllowed; Faulty.
    """
    row = Removal.objects.filter(pk=removal, ended_at=None).first()
    if row is None:
        raise NotThere
    if not policy.may_add(actor, row):
        raise policy.NotAllowed
    today = local(now).date()
    kin = {one.pk for one in queries.kin_to_ask(actor, row.dossier_id, today)}
    siblings = {one.pk for one in queries.siblings_of(actor, row.dossier_id, today)}
    # Whoever became alleged while the page was open is not written down as asked either.
    if not set(said) <= kin | siblings:
        raise NotThere
    rules.check_people({str(who): ("kin" if who in kin else "sibling", one) for who, one in said.items()})
    if not said:
        return row
    with transaction.atomic():
        with act(verb="say_of_removal", stream=dossier_stream(row.dossier_id), now=now, codes=codes_of(actor, row)):
            for who, one in said.items():
                _write(actor, row, who, one, now)
            parts = _parts(actor, row, kin, siblings, now)
        settle_parts(actor, row, parts, now)
    return row


def _parts(actor: Actor, row: Removal, kin: set[UUID], siblings: set[UUID], now: datetime) -> list[str]:
    """Write the parts that follow from what was said of each, where they changed; returns which."""
    answers = {who: one.answer for who, one in queries.people_said(row).items()}
    known = queries.known_of(row)
    whole = {
        "kin": rules.part_of_kin([answers[who] for who in kin if who in answers], len(kin)),
        "siblings": rules.part_of_siblings([answers[who] for who in siblings if who in answers], len(siblings)),
    }
    written = [
        kind for kind, answer in whole.items() if answer and (kind not in known or known[kind].row.answer != answer)
    ]
    for kind in written:
        write_part(actor, row, kind, PartSaid(whole[kind]), now)
    return [kind for kind, answer in whole.items() if answer]


def _write(actor: Actor, removal: Removal, person: UUID, said: PartSaid, now: datetime) -> None:
    row = RemovalPerson(id=uuid4(), removal=removal, dossier_id=removal.dossier_id, answer=said.answer, at=now)
    row.person_id = person
    row.number = (RemovalPerson.objects.filter(removal=removal).aggregate(most=Max("number"))["most"] or 0) + 1
    row.unit_id, row.user_id = int(actor.unit_id or 0), actor.user_id
    if said.words.strip():
        here = place(removal.dossier_id, Facet.OBLIGATIONS, "care_removalperson")
        row.sealed = seal_text(said.words.strip(), row=str(row.pk), **here)
    row.save(force_insert=True)
