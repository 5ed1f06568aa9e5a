"""Who goes alone says so before and after. Silence reaches the unit, then coordination, then the police are the step.

No file, child or address is in it: whoever may not know of a file learns nothing, and no rule holds a check-in back.
"""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from arasha.care import policy, queries, rules
from arasha.care.actions.errors import AlreadyOut, LongerOnce, NotThere
from arasha.care.models import Outing
from arasha.care.rules import OutingSaid
from arasha.kernel.access.models import Unit
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import body_stream
from arasha.kernel.messages.actions import notify

LINK = "/visits/out/"


def check_in(*, actor: Actor, said: OutingSaid, now: datetime, ticket: UUID | None = None) -> Outing:
    """Say that the actor goes alone, and for how long. Sent twice with one `ticket` it is one.

    Raises NotAllowed; Faulty; AlreadyOut.
    """
    if not policy.may_go_alone(actor):
        raise policy.NotAllowed
    said.check()
    row = Outing(id=ticket or uuid4(), place=said.place, started_at=now)
    row.user_id, row.unit_id = cast(int, actor.user_id), cast(int, actor.unit_id)
    row.expected_at = now + timedelta(minutes=said.minutes)
    if known := Outing.objects.filter(pk=row.pk, user=row.user_id).first():
        return known
    try:
        with transaction.atomic(), _act("go_alone", row, now):
            row.save(force_insert=True)
    except IntegrityError:
        # One at a time, whichever post or window it was said in: the database decides.
        raise AlreadyOut from None
    return row


def be_longer(*, actor: Actor, now: datetime) -> Outing:
    """Say once that the visit takes longer. Raises NotThere: the actor is not out; LongerOnce."""
    with transaction.atomic():
        row = _own(actor)
        if row.longer:
            raise LongerOnce
        with _act("stay_longer", row, now):
            row.longer, row.expected_at = True, row.expected_at + rules.minutes("longer")
            row.save(update_fields=["longer", "expected_at"])
    return row


def come_out(*, actor: Actor, now: datetime) -> Outing:
    """Say that the actor is out safely; whoever was told of the silence is told. Raises NotThere: not out."""
    with transaction.atomic():
        row = _own(actor)
        _end(actor, row, "out", now)
    return row


def find_safe(*, actor: Actor, outing: UUID, now: datetime) -> Outing:
    """Say that a worker who was late was reached and is safe. Raises NotThere; NotAllowed: the worker themselves."""
    with transaction.atomic():
        row = policy.outings_visible_to(actor).select_for_update(of=("self",)).filter(pk=outing, ended_at=None).first()
        if row is None:
            raise NotThere
        if not policy.may_find(actor, row):
            raise policy.NotAllowed
        _end(actor, row, "found", now)
    return row


def watch_outings(*, actor: Actor, now: datetime) -> int:
    """As the clock: let silence reach whom it must have reached by now; returns how many steps were taken.

    Any number may run at once: each claims what no other holds. Raises NotAllowed.
    """
    if not policy.may_watch_outings(actor):
        raise policy.NotAllowed
    with transaction.atomic():
        due = Outing.objects.filter(ended_at=None, expected_at__lte=now - rules.minutes("unit"))
        rows = (
            due.select_for_update(of=("self",), skip_locked=True).select_related("unit").order_by("expected_at", "pk")
        )
        return sum(_climb(actor, row, now) for row in rows[:200])


def _climb(actor: Actor, row: Outing, now: datetime) -> int:
    if rules.lapsed(row.expected_at, now):
        _end(actor, row, "lapsed", now)
        return 1
    steps = 0
    reached = rules.reached(row.expected_at, now)
    if "unit" in reached and row.told_unit_at is None:
        with _act("outing_late", row, now, rung="unit"):
            row.told_unit_at = now
            row.save(update_fields=["told_unit_at"])
            _tell_unit(actor, row, "outing_late", now)
        steps += 1
    # Nobody but the worker sits in the unit: coordination is told at once.
    alone = not queries.others_of(row, now)
    if ("district" in reached or alone) and row.told_district_at is None:
        district = queries.coordination_of(row.unit, now)
        with _act("outing_late", row, now, rung="district"):
            row.told_district_at, row.district = now, district
            row.save(update_fields=["told_district_at", "district"])
            if district is not None:
                notify(actor=actor, units=[district.pk], code="outing_late", link=LINK, now=now)
        steps += 1
    if "police" in reached and row.told_police_at is None:
        with _act("outing_late", row, now, rung="police"):
            row.told_police_at = now
            row.save(update_fields=["told_police_at"])
            _tell_all(actor, row, "outing_call_police", now)
        steps += 1
    return steps


def _end(actor: Actor, row: Outing, how: str, now: datetime) -> None:
    verb = {"out": "come_out", "found": "find_safe", "lapsed": "let_outing_lapse"}[how]
    with _act(verb, row, now):
        row.ended_at, row.ended_how, row.ended_by_id = now, how, actor.user_id
        row.save(update_fields=["ended_at", "ended_how", "ended_by"])
        if row.told_unit_at and how != "lapsed":
            _tell_all(actor, row, "outing_ended", now)


def _tell_unit(actor: Actor, row: Outing, code: str, now: datetime) -> None:
    """Tell who answers for the worker; remind the worker, who most often has forgotten."""
    heads = queries.heads_over(row, now)
    if heads:
        notify(actor=actor, posts=heads, code=code, link=LINK, now=now)
    elif queries.others_of(row, now):
        notify(actor=actor, units=[row.unit_id], code=code, link=LINK, now=now)
    if code == "outing_late":
        notify(actor=actor, users=[row.user_id], code="outing_forgotten", link="/visits/", now=now)


def _tell_all(actor: Actor, row: Outing, code: str, now: datetime) -> None:
    _tell_unit(actor, row, code, now)
    if row.district_id:
        notify(actor=actor, units=[row.district_id], code=code, link=LINK, now=now)


def _own(actor: Actor) -> Outing:
    """Return the entry of the actor that runs. Whoever lost their post meanwhile comes out all the same."""
    row = Outing.objects.select_for_update(of=("self",)).filter(user=actor.user_id or 0, ended_at=None).first()
    if row is None:
        raise NotThere
    return row


def _act(verb: str, row: Outing, now: datetime, **codes: str) -> AbstractContextManager[object]:
    body = Unit.objects.values_list("body_id", flat=True).get(pk=row.unit_id)
    return act(
        verb=verb, stream=body_stream(body), now=now, codes={"unit": row.unit_id, "outing": str(row.pk), **codes}
    )
