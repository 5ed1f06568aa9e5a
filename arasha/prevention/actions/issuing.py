"""Issuing a certificate: its number is given back once, and kept nowhere."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from django.db import DatabaseError, IntegrityError, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.rules import Actor, from_database
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import body_stream
from arasha.kernel.worktime.rules import local
from arasha.prevention import policy, queries, rules
from arasha.prevention.models import Certificate
from arasha.prevention.rules import Said


class EntryTaken(ValueError):
    """This line of the register has a certificate already."""


class TicketUsed(ValueError):
    """The page was sent before, with something else on it."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate and its number; the number is nowhere else."""

    row: Certificate
    number: str


@sensitive_variables()
def issue(*, actor: Actor, ticket: UUID, said: Said, now: datetime) -> Issued:
    """Issue a certificate in the name of the actor's body.

    `ticket` is made by the page: sent twice it is one certificate with one number, so that a page which was sent again
    still shows it. Raises NotAllowed, CertificateFaulty, EntryTaken, TicketUsed.
    """
    policy.require_issuing(actor)
    rules.check(said, today=local(now).date())
    key = queries.number_key()
    number = rules.new_number(ticket, key)
    row = Certificate(
        id=uuid4(),
        fingerprint=rules.fingerprint(number, key),
        programme=said.programme,
        entry=said.entry,
        body_id=cast(int, actor.body_id),
        unit_id=cast(int, actor.unit_id),
        completed_on=said.completed_on,
        valid_until=said.valid_until,
        issued_at=now,
    )
    if (before := _before(actor, row)) is not None:
        return Issued(before, number)
    try:
        with transaction.atomic():
            codes = {"certificate": str(row.pk), "programme": row.programme}
            with act(verb="issue_certificate", stream=body_stream(row.body_id), now=now, codes=codes):
                Certificate.objects.bulk_create([row])
    except IntegrityError:
        # Whoever sent the same page at the same time was first; else the line has a certificate.
        if (before := _before(actor, row)) is not None:
            return Issued(before, number)
        raise EntryTaken from None
    except DatabaseError as error:
        raise from_database(error) from error
    return Issued(row, number)


def _before(actor: Actor, row: Certificate) -> Certificate | None:
    """Return what the same page issued before. Raises TicketUsed where it said something else."""
    found = policy.visible_to(actor).filter(fingerprint=row.fingerprint).first()
    if found is None:
        return None
    names = ("programme", "entry", "completed_on", "valid_until")
    if any(getattr(found, name) != getattr(row, name) for name in names):
        raise TicketUsed
    return found
