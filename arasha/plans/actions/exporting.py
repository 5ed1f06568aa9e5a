"""Taking an assessment along on paper."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from arasha.kernel.access.actions import record_export
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.plans import policy


def export_assessment(*, actor: Actor, dossier: UUID, now: datetime) -> None:
    """Record that the actor takes a case's assessment along, as an act and in the access log.

    Raises NotAllowed (neither leads nor oversees the file, or sees it by emergency access alone), TooManyToday,
    LookNotRecorded (then nothing is given).
    """
    if not policy.may_export(actor, dossier):
        raise policy.NotAllowed
    record_export(actor=actor, now=now, dossier=dossier)
    codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id}
    with transaction.atomic(), act(verb="export_assessment", stream=dossier_stream(dossier), now=now, codes=codes):
        pass
