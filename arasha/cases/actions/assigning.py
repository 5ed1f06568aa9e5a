"""Which worker of the unit answers for its case: taking one, being given one. A limit warns and never stops any."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from arasha.cases import policy
from arasha.cases.actions.leading import FileNotThere
from arasha.cases.models import Case
from arasha.cases.queries.loads import may_be_given
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream


class WorkerNamedMeanwhile(Exception):
    """Somebody else named a worker since the page was opened; nothing was changed."""


class CannotBeGiven(ValueError):
    """This worker cannot be given this case: not of the unit, or not for this file. Why is not said."""


def name_worker(*, actor: Actor, dossier: UUID, now: datetime) -> Case:
    """Let the actor be the worker who answers for the case that their unit leads. Raises FileNotThere, NotAllowed."""
    with transaction.atomic():
        case = policy.visible_to(actor).filter(dossier=dossier, lead_unit=actor.unit_id).first()
        if case is None:
            raise FileNotThere
        if not policy.may_lead(actor):
            raise policy.NotAllowed
        codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id, "case": case.number}
        with act(verb="name_worker", stream=dossier_stream(dossier), now=now, codes=codes):
            case.lead_user_id = actor.user_id
            case.save(update_fields=["lead_user"])
    return case


def assign_worker(
    *, actor: Actor, dossier: UUID, worker: int, instead_of: int | None, now: datetime, reason: str = "asked"
) -> Case:
    """Give an open case to a worker of the unit that leads it; from this moment they answer, and the former does not.

    `instead_of`: who had it when the page was opened. `reason`: "asked" by a head; "leave" and "return" by the clock.
    How much the worker has to do never matters here: an urgent child waits for nobody's load.

    Raises:
        FileNotThere: no open case of the actor's unit.
        NotAllowed: the actor does not head the unit.
        WorkerNamedMeanwhile: another one has it by now.
        CannotBeGiven: the worker does not sit in the unit, or may not know of this file.
    """
    with transaction.atomic():
        # The act holds the file's stream, and the row is locked: of two heads the second sees what the first did.
        rows = policy.visible_to(actor).filter(dossier=dossier, state="open")
        case = (rows if actor.is_system else rows.filter(lead_unit=actor.unit_id)).select_for_update().first()
        if case is None:
            raise FileNotThere
        if not policy.may_assign(actor, case.lead_unit_id, now):
            raise policy.NotAllowed
        if case.lead_user_id != instead_of:
            raise WorkerNamedMeanwhile
        if not may_be_given(dossier, worker):
            raise CannotBeGiven
        if worker == case.lead_user_id:
            return case
        codes = {"facet": Facet.OBLIGATIONS, "unit": case.lead_unit_id, "case": case.number, "reason": reason}
        with act(verb="assign_worker", stream=dossier_stream(dossier), now=now, codes=codes):
            case.lead_user_id = worker
            case.save(update_fields=["lead_user"])
    return case
