"""What happens to a pilot: an evaluation, more money, the decision, and a correction of any of them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from arasha.governance import policy, queries
from arasha.governance.actions.writing import Overtaken, hold, sent_before, stepped, write
from arasha.governance.models import Step
from arasha.governance.queries import Line
from arasha.governance.rules import PilotFaulty, StepSaid, check_until
from arasha.kernel.access.rules import Actor, NotThere
from arasha.kernel.worktime.rules import local


def add_step(*, actor: Actor, ticket: UUID, pilot: UUID, after: int, said: StepSaid, now: datetime) -> UUID:
    """Add a step after the one that the page showed last. What stands there stays.

    `ticket`, made by the page, is its id: sent twice it is one step. A pilot that was decided about is neither
    prolonged nor decided again before the decision is taken back by a correction; it may still be evaluated.

    Raises NotThere, NotAllowed, PilotFaulty, Overtaken, TicketUsed.
    """
    today = local(now).date()
    found = queries.line(actor, pilot, today=today)
    policy.require_keeping(actor, found.said.territories)
    said.check(today=today)
    if said.kind == "changed":
        raise PilotFaulty([("kind", "unknown")])
    with transaction.atomic():
        if not hold(pilot):
            raise NotThere
        step = stepped(actor, _step(ticket, found, after, said), now)
        if sent_before([step]):
            return step.pk
        found = queries.line(actor, pilot, today=today)
        if found.stands.number != after:
            raise Overtaken
        _check(found, said)
        write(actor, "enter_pilot_step", [step], pilot, now)
    return step.pk


def _step(ticket: UUID, found: Line, after: int, said: StepSaid) -> Step:
    step = Step(id=ticket, pilot=found.pilot, number=after + 1, kind=said.kind, on=said.on, said=said.said)
    step.evaluator, step.document = said.evaluator, said.document
    step.until, step.decision = said.until, said.decision
    step.afterwards, step.corrects_id = said.afterwards, said.corrects
    return step


def _check(found: Line, said: StepSaid) -> None:
    """Raise PilotFaulty with what does not follow on how the pilot stands."""
    if said.kind in {"extended", "decided"} and found.stands.state == "decided":
        raise PilotFaulty([("__all__", "decided")])
    if said.kind == "extended" and said.until is not None:
        check_until(found.said.first_day, said.until)
        if said.until <= found.stands.until:
            raise PilotFaulty([("until", "not_later")])
    if said.kind == "corrected":
        _check_correction(found, said)


def _check_correction(found: Line, said: StepSaid) -> None:
    """Raise PilotFaulty where the step can't be corrected so.

    Only what the money's last day hangs on gets another day; the entry itself can't be taken back.
    """
    others = Step.objects.filter(pilot=found.pilot).exclude(kind__in=["changed", "corrected"])
    step = next((one for one in others if one.pk == said.corrects), None)
    if step is None or step.pk in found.stands.taken_back:
        raise PilotFaulty([("corrects", "correction")])
    if said.until is not None and step.kind not in {"entered", "extended"}:
        raise PilotFaulty([("until", "correction_day")])
    if said.until is None and step.kind == "entered":
        raise PilotFaulty([("until", "empty")])
    if said.until is not None:
        check_until(found.said.first_day, said.until)
