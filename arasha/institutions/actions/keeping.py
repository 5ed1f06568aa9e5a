"""Saying which police unit answers for an institution, and who sits in its safety team; confirming is saying again."""

from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from django.db import transaction

from arasha.institutions import policy, queries, rules
from arasha.institutions.models import Contact
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import body_stream
from arasha.kernel.messages.actions import notify


class NotThere(LookupError):
    """There is no such institution for this actor."""


def keep_contact(
    *, actor: Actor, institution: int, said: rules.ContactSaid, now: datetime, ticket: UUID | None = None
) -> Contact:
    """Say who answers for an institution from now on. Sent twice with one `ticket` it is one entry.

    A police unit that is named anew is told. Raises NotThere; NotAllowed; Faulty: also a unit that may not answer.
    """
    unit = queries.institution(actor, institution, now)
    if unit is None:
        raise NotThere
    if not policy.may_keep(actor, unit):
        raise policy.NotAllowed
    said.check()
    if said.police is not None and said.police not in {one.pk for one in queries.answering(unit, now)}:
        raise rules.Faulty("police")
    with transaction.atomic():
        known = policy.visible_to(actor).filter(pk=ticket).first() if ticket else None
        if known is not None and known.institution_id != unit.pk:
            raise NotThere
        if known is not None:
            return known
        before = queries.newest(actor, unit.pk)
        row = Contact(id=ticket or uuid4(), institution=unit, police_id=said.police, at=now)
        row.team = [code.code for code in rules.TEAM if code.code in set(said.team)]
        row.unit_id, row.user_id = cast(int, actor.unit_id), cast(int, actor.user_id)
        codes = {"unit": actor.unit_id, "institution": unit.pk, "police": said.police}
        with act(verb="keep_contact", stream=body_stream(unit.body_id), now=now, codes=codes):
            row.save(force_insert=True)
            if said.police is not None and (before is None or before.police_id != said.police):
                link = queries.link(unit.pk)
                notify(actor=actor, units=[said.police], code="institution_answered_for", link=link, now=now)
    return row
