"""As the clock: cases go to who stands in on the first day of a leave, and come back on the day after the last."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse

from arasha.cases import actions as cases
from arasha.cases.models import Case
from arasha.cases.queries import heads_of, workers_of
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import body_stream, dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.worktime.rules import local
from arasha.workforce import policy, queries
from arasha.workforce.models import Handover, Leave


def begin_leaves(*, actor: Actor, now: datetime) -> int:
    """Hand over the cases of whoever is away from today on; returns how many went. Raises NotAllowed.

    First to the substitute, unless away or kept from the file; else to the head, else to a colleague. A case that
    nobody may take stays with its worker, and is asked about again as long as the leave runs.
    """
    if not policy.may_care(actor):
        raise policy.NotAllowed
    today = local(now).date()
    gone = 0
    due = Leave.objects.filter(state__in=["planned", "running"], first_on__lte=today, last_on__gte=today)
    for leave in due.select_related("unit").order_by("first_on", "id"):
        gone += _hand_over(actor, leave, now)
        if leave.state == "planned":
            _turn(actor, leave, "running", now)
    return gone


def _hand_over(actor: Actor, leave: Leave, now: datetime) -> int:
    takers = _takers(leave, now)
    rows = Case.objects.filter(lead_unit=leave.unit_id, lead_user=leave.worker_id, state="open").order_by("id")
    return sum(_hand(actor, leave, case, takers, now) for case in rows)


def _takers(leave: Leave, now: datetime) -> list[int]:
    """Return who may take the cases: the substitute, the head, the others of the unit; nobody who is away."""
    today = local(now).date()
    heads = [post.holder_id for post in heads_of(leave.unit_id, now) if post.holder_id]
    asked = dict.fromkeys([leave.substitute_id, *heads, *workers_of(leave.unit, now)])
    return [user for user in asked if user != leave.worker_id and not queries.away(user, today, today)]


def _hand(actor: Actor, leave: Leave, case: Case, takers: list[int], now: datetime) -> bool:
    for taker in takers:
        with transaction.atomic():
            try:
                cases.assign_worker(
                    actor=actor,
                    dossier=case.dossier_id,
                    worker=taker,
                    instead_of=leave.worker_id,
                    now=now,
                    reason="leave",
                )
            except cases.CannotBeGiven:
                continue
            except (cases.FileNotThere, cases.WorkerNamedMeanwhile):
                return False
            _note(leave, case.dossier_id, taker, now)
        return True
    return False


def _note(leave: Leave, dossier: UUID, taker: int, now: datetime) -> None:
    """Keep who has the case of a leave meanwhile, beside what was written of it."""
    codes = {"facet": Facet.NARRATIVE, "unit": leave.unit_id}
    with act(verb="hand_case", stream=dossier_stream(dossier), now=now, codes=codes):
        note = Handover.objects.filter(leave=leave, dossier=dossier).first()
        note = note or Handover(id=uuid4(), leave=leave, dossier_id=dossier)
        note.given_to_id, note.given_at, note.back_at = taker, now, None
        note.save()


def end_leaves(*, actor: Actor, now: datetime) -> int:
    """Give the cases back to whoever is back, but for those that stay; returns how many. Raises NotAllowed.

    What was given on to somebody else meanwhile stays there, and so does what the worker may not have any more.
    """
    if not policy.may_care(actor):
        raise policy.NotAllowed
    back = 0
    over = Leave.objects.filter(state__in=["planned", "running"], last_on__lt=local(now).date())
    for leave in over.order_by("last_on", "id"):
        for note in Handover.objects.filter(leave=leave, stays=False, back_at=None).exclude(given_to=None):
            back += _bring_back(actor, leave, note, now)
        _turn(actor, leave, "ended", now)
    return back


def _bring_back(actor: Actor, leave: Leave, note: Handover, now: datetime) -> bool:
    with transaction.atomic():
        try:
            cases.assign_worker(
                actor=actor,
                dossier=note.dossier_id,
                worker=leave.worker_id,
                instead_of=note.given_to_id,
                now=now,
                reason="return",
            )
        except (cases.FileNotThere, cases.CannotBeGiven, cases.WorkerNamedMeanwhile):
            return False
        codes = {"facet": Facet.NARRATIVE, "unit": leave.unit_id}
        with act(verb="bring_case_back", stream=dossier_stream(note.dossier_id), now=now, codes=codes):
            note.back_at = now
            note.save(update_fields=["back_at"])
    return True


def _turn(actor: Actor, leave: Leave, state: str, now: datetime) -> None:
    codes = {"unit": leave.unit_id, "leave": str(leave.pk)}
    verb = "begin_leave" if state == "running" else "end_leave"
    with transaction.atomic(), act(verb=verb, stream=body_stream(leave.unit.body_id), now=now, codes=codes):
        leave.state = state
        leave.save(update_fields=["state"])
        if state == "running":
            heads = [post.pk for post in heads_of(leave.unit_id, now)]
            units = [] if heads else [leave.unit_id]
            link = reverse("workforce:leave", args=[leave.pk])
            notify(actor=actor, code="leave_begun", link=link, posts=heads, units=units, now=now)
