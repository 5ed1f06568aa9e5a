"""Each step of a place is recorded: what comes later is added, nothing is taken back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.worktime.rules import local
from arasha.plans import policy, queries
from arasha.plans.actions.places import PlaceNotThere, add_step, locked, told_place
from arasha.plans.actions.referral_duties import go_on
from arasha.plans.models import ServicePlace, ServicePlaceStep
from arasha.plans.rules import places as rules
from arasha.plans.rules.places import StepSaid

VERBS = {
    "wait": "wait_for_place",
    "book": "book_place",
    "miss": "miss_place",
    "begin": "begin_place",
    "end": "end_place",
    "refuse": "refuse_place",
    "withdraw": "withdraw_place",
}


class PlaceChanged(Exception):
    """A colleague recorded a step since the page was opened; nothing was kept."""


class _Sent(Exception):
    """The same entry came a second time: nothing is written, not even an act."""


@sensitive_variables()
def record_step(
    *, actor: Actor, place: UUID, said: StepSaid, seen: int, now: datetime, step_id: UUID | None = None
) -> ServicePlace:
    """Record the next step of a place; `seen` is the number of the last one that the page showed.

    Sent twice with one `step_id` it is recorded once. When help begins, what the child had from a service that ends
    is handed over in the same act.

    Raises PlaceNotThere, PlaceChanged, StepNotPossible, StepFaulty; UnknownCode for no such step.
    """
    rules.check_step(said, local(now).date())
    if said.said_by == "link":  # a link alone says so of itself
        raise rules.StepFaulty("said_by")
    if said.step not in VERBS:
        raise rules.StepNotPossible
    before = ServicePlace.objects.filter(pk=place).first()
    if before is None or not policy.may_make(actor, before.dossier_id):
        raise PlaceNotThere
    return take_step(actor, before, said, now, seen=seen, step_id=step_id)


@sensitive_variables()
def take_step(
    actor: Actor, before: ServicePlace, said: StepSaid, now: datetime, *, seen: int | None, step_id: UUID | None = None
) -> ServicePlace:
    """Record a checked step for whoever was found to be allowed to; `seen` None: nobody saw a page of it.

    Raises PlaceNotThere, PlaceChanged, StepNotPossible.
    """
    codes = told_place(actor, before) | ({"refusal": said.reason} if said.step == "refuse" else {})
    try:
        with transaction.atomic():
            with act(verb=VERBS[said.step], stream=dossier_stream(before.dossier_id), now=now, codes=codes):
                row = locked(before.pk)
                if step_id is not None and ServicePlaceStep.objects.filter(pk=step_id).exists():
                    raise _Sent
                if seen not in (None, row.steps):
                    raise PlaceChanged
                _moved(row, said, now)
                add_step(row, said, actor, now, step_id)
                before_it = _end_before(row, actor, now) if said.step == "begin" else []
                _tell_lead(actor, row, said, now)
            # What the step means to a referral of the place is one with it.
            for ended in before_it:
                go_on(actor, ended, StepSaid(step="hand_over"), now)
            go_on(actor, row, said, now)
    except _Sent:
        return before
    return row


def _moved(row: ServicePlace, said: StepSaid, now: datetime) -> None:
    row.state, row.steps = rules.leads_to(said.step, row.state), row.steps + 1
    row.booked_on = said.on if said.step == "book" else None
    if said.step == "wait":
        if (row.urgency, row.why) != (said.urgency, said.why):
            row.told_at = None
        row.urgency, row.why = said.urgency, said.why
        row.due_at = rules.due_at(row.urgency, row.waits_since)
    row.save(update_fields=["state", "steps", "booked_on", "urgency", "why", "due_at", "told_at"])


def _end_before(row: ServicePlace, actor: Actor, now: datetime) -> list[ServicePlace]:
    """End what the child had from services that end, now that the next one has begun: nobody was left between."""
    before = ServicePlace.objects.select_for_update(of=("self",)).filter(
        root=row.root_id, state="begun", hand_over_at__isnull=False
    )
    ended = list(before.exclude(pk=row.pk))
    for old in ended:
        old.state, old.steps = "handed_over", old.steps + 1
        old.save(update_fields=["state", "steps"])
        add_step(old, StepSaid(step="hand_over"), actor, now)
    return ended


def _tell_lead(actor: Actor, row: ServicePlace, said: StepSaid, now: datetime) -> None:
    """Tell who leads the file what asks them to act: a refusal, and a child who was not brought."""
    code = {"refuse": "place_refused", "miss": "child_missed"}.get(said.step)
    lead = queries.lead_of(row.dossier_id)
    if code and lead is not None and lead != actor.unit_id:
        link = queries.place_link(row.pk)
        notify(actor=actor, units=[lead], code=code, link=link, dossier=row.dossier_id, now=now)
