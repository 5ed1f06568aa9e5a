"""A reader decides on words: they tell of no harm, or somebody must come."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.participation import policy


class TextNotThere(LookupError):
    """There are no such words for this actor, or they were decided on."""


def decide_words(*, actor: Actor, text: UUID, danger: bool, now: datetime) -> None:
    """Say that words tell of harm, for the worker to make a signal of, or that they do not: then the way back goes.

    The reader learns neither who wrote nor which file it is. The same said twice is said once. Raises TextNotThere.
    """
    with transaction.atomic():
        row = policy.visible_to(actor).select_for_update(of=("self",)).filter(pk=text).first()
        if row is None:
            raise TextNotThere
        wanted = {"danger", "raised"} if danger else {"fine"}
        if row.state in wanted:
            return
        if row.state != "waiting":
            raise TextNotThere
        codes = {"facet": Facet.NARRATIVE, "unit": actor.unit_id}
        with act(verb="decide_feedback", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            row.state = "danger" if danger else "fine"
            row.link = row.link if danger else None
            row.save(update_fields=["state", "link"])
