"""The lawyer's sign-off of the tables that say who sees what: one person signs, another confirms."""

import uuid
from datetime import datetime

from django.db import transaction

from arasha.administration.actions.calling import call
from arasha.kernel.access.policy import require
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.rules import configuration_stream

STREAM = configuration_stream("facets")


def sign_tables(*, actor: Actor, now: datetime, digest: str) -> uuid.UUID:
    """Sign the tables as they were read. Raises Refused, Conflict when they changed meanwhile or are signed."""
    require(actor, "sign_access_tables")
    number = uuid.uuid4()
    with transaction.atomic(), journal.act(verb="sign_tables", stream=STREAM, now=now, codes={"signoff": number}):
        call("sign_tables", number, digest, casts="%s::uuid, %s")
    return number


def confirm_signoff(*, actor: Actor, now: datetime, signoff: uuid.UUID) -> None:
    """Confirm what another person signed. Raises Refused, NotThere, Conflict when the tables changed meanwhile."""
    require(actor, "confirm_access_tables")
    with transaction.atomic(), journal.act(verb="confirm_signoff", stream=STREAM, now=now, codes={"signoff": signoff}):
        call("confirm_signoff", signoff, casts="%s::uuid")
