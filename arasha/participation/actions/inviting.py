"""Giving a child an invitation: a number that opens the pages, of which the file knows only that it was given."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.queries import letter_key
from arasha.kernel.vault.rules import seal_letter
from arasha.kernel.worktime.rules import local
from arasha.participation import policy, rules
from arasha.participation.models import Invitation
from arasha.participation.queries.slips import keys
from arasha.services.queries import shown

LINK_SIZE = 64


class NotAnOffering(LookupError):
    """There is no such offering in the directory."""


class OwnService(PermissionError):
    """Who gives a service does not choose which children are asked about it."""


class AskedLately(Exception):
    """The child was asked about this service less than `months` ago."""


@sensitive_variables()
def invite(
    *, actor: Actor, dossier: UUID, offering: UUID, age: str, number: str, invitation: UUID, now: datetime
) -> None:
    """Give the child of a file an invitation to say how an offering was; `number` is shown once and kept nowhere.

    `number` (`rules.new_number`) and `invitation` are made by the page: sent twice, they are one invitation. An ended
    place calls this with numbers of its own. Raises NotAllowed, NotAnOffering, OwnService, AskedLately, KeyError.
    """
    found = shown(offering, now=now)
    if actor.unit_id is None or not policy.may_invite(actor, dossier):
        raise policy.NotAllowed
    if found is None or rules.typed(number) != number:
        raise NotAnOffering
    if policy.own(actor).filter(pk=offering).exists():
        raise OwnService
    rules.asked(age)
    named, today = (None if found.protected else offering), local(now).date()
    with transaction.atomic():
        _one_at_a_time(dossier)
        if Invitation.objects.filter(pk=invitation, dossier=dossier).exists():
            return
        since = today - timedelta(days=30 * rules.settings()["months"])
        if Invitation.objects.filter(dossier=dossier, offering=named, given_on__gt=since).exists():
            raise AskedLately
        period = rules.current(today)
        codes = {"facet": Facet.PLAN, "unit": actor.unit_id}
        with act(verb="invite_feedback", stream=dossier_stream(dossier), now=now, codes=codes):
            row = Invitation(id=invitation, dossier_id=dossier, offering_id=named, given_on=today, period=period)
            row.unit_id = actor.unit_id
            row.save(force_insert=True)
            _put_slip(dossier, number, _opening(dossier, offering, age), period)


def _opening(dossier: UUID, offering: UUID, age: str) -> rules.Opening:
    """Return what the number opens, with the way to the file sealed to the worker: nobody else can go it."""
    version, public = letter_key()
    link = seal_letter(public, dossier.bytes + offering.bytes, about=rules.FILE, size=LINK_SIZE)
    return rules.Opening(str(offering), age, link.hex(), version)


def _put_slip(dossier: UUID, number: str, opening: rules.Opening, period: str) -> None:
    key = keys()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT participation.put_slip(%s, %s, %s, %s)",
            [dossier, rules.fingerprint(number, key), period, rules.seal_slip(number, opening, key)],
        )


def _one_at_a_time(dossier: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"participation:{dossier}"])
