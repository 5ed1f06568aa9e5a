"""Taking pages of a file along on paper: an act of the file, and an export in the access log."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from arasha.cases import policy
from arasha.kernel.access.actions import record_export
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream

FACETS = {"happened": Facet.CONCERN, "injuries": Facet.HEALTH}


def take_pages(*, actor: Actor, dossier: UUID, form: str, now: datetime) -> None:
    """Record that the actor takes pages of a file along; `form`: "happened" or "injuries".

    Raises NotAllowed, TooManyToday, LookNotRecorded (then nothing is given).
    """
    facet = FACETS[form]
    if not policy.may_take_pages(actor, dossier, facet):
        raise policy.NotAllowed
    record_export(actor=actor, now=now, dossier=dossier)
    codes = {"facet": facet, "unit": actor.unit_id, "form": form}
    with transaction.atomic(), act(verb="export_file", stream=dossier_stream(dossier), now=now, codes=codes):
        pass
