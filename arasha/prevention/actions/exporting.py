"""Taking the list of certificates along as a table."""

from datetime import datetime
from typing import cast

from django.db import transaction

from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import body_stream
from arasha.prevention import policy


def record_export(*, actor: Actor, rows: int, now: datetime) -> None:
    """Record that somebody takes the list of their body's certificates along. Raises NotAllowed."""
    policy.require_issuing(actor)
    stream = body_stream(cast(int, actor.body_id))
    with transaction.atomic(), act(verb="export_certificates", stream=stream, now=now, codes={"rows": rows}):
        pass
