"""Shifts: planned, handed over matter by matter; what nobody took climbs, so that nothing stays with who has gone."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.helpline import policy, queries
from arasha.helpline.actions.found import AlreadyTaken, ContactNotThere, NothingSaid, acting, locked
from arasha.helpline.models import CallBack, Contact, Matter, Shift, ShiftSeat
from arasha.helpline.rules.shifts import LONGEST_NOTE, ShiftWrong, check_hours
from arasha.kernel.access.models import Unit
from arasha.kernel.access.queries import post_holders
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import configuration_stream
from arasha.kernel.vault.actions import seal_text

STREAM = configuration_stream("helpline_shifts")


class ShiftNotThere(LookupError):
    """There is no such shift of the actor's unit, or it has begun."""


class NotNext(Exception):
    """Only who is on in another shift than the holder's takes over."""


def plan_shift(*, actor: Actor, starts_at: datetime, ends_at: datetime, posts: Iterable[int], now: datetime) -> Shift:
    """Plan hours of the actor's unit and who is on. Raises NotAllowed, ShiftWrong."""
    unit = Unit.objects.filter(pk=actor.unit_id or 0).first()
    if not policy.may_supervise(actor) or unit is None:
        raise policy.NotAllowed
    check_hours(starts_at, ends_at, now)
    wanted = set(posts)
    if not wanted or wanted - set(post_holders(unit, now).values_list("pk", flat=True)):
        raise ShiftWrong("posts")
    row = Shift(id=uuid4(), unit=unit, starts_at=starts_at, ends_at=ends_at, planned_by_id=actor.post_id or 0)
    with transaction.atomic(), act(verb="plan_shift", stream=STREAM, now=now, codes={"unit": unit.pk}):
        row.save(force_insert=True)
        for post in sorted(wanted):
            ShiftSeat.objects.create(shift=row, unit=unit, post_id=post)
    return row


def cancel_shift(*, actor: Actor, shift: UUID, now: datetime) -> None:
    """Cancel a shift that has not begun; another is planned instead. Raises NotAllowed, ShiftNotThere."""
    if not policy.may_supervise(actor):
        raise policy.NotAllowed
    with transaction.atomic():
        own = Shift.objects.select_for_update(of=("self",)).filter(unit=actor.unit_id, cancelled_at=None)
        row = own.filter(pk=shift, starts_at__gt=now).first()
        if row is None:
            raise ShiftNotThere
        row.cancelled_at = now
        with act(verb="cancel_shift", stream=STREAM, now=now, codes={"unit": row.unit_id}):
            row.save(update_fields=["cancelled_at"])


def _subject(actor: Actor, subject: UUID) -> tuple[Contact, CallBack | None]:
    """Return the contact and, where the subject is one, the call-back, both locked. Raises ContactNotThere."""
    if not policy.may_answer(actor):
        raise policy.NotAllowed
    ring = CallBack.objects.select_for_update(of=("self",)).filter(pk=subject, unit=actor.unit_id).first()
    row = locked(actor, ring.contact_id if ring else subject)
    if row.unit_id != actor.unit_id:
        raise ContactNotThere
    return row, ring


def _matter(row: Contact, subject: UUID) -> Matter:
    known = Matter.objects.select_for_update(of=("self",)).filter(subject=subject).first()
    return known or Matter(id=uuid4(), dossier_id=row.dossier_id, unit_id=row.unit_id, contact=row, subject=subject)


@sensitive_variables()
def note_matter(*, actor: Actor, subject: UUID, words: str, now: datetime) -> Matter:
    """Say what the next shift must know of something open. Raises NotAllowed, ContactNotThere, NothingSaid."""
    said = words.strip()
    if not said or len(said) > LONGEST_NOTE:
        raise NothingSaid
    with transaction.atomic():
        row, _ring = _subject(actor, subject)
        matter = _matter(row, subject)
        matter.noted_by_id, matter.noted_at = actor.post_id, now
        matter.sealed = seal_text(said, row=matter.pk, **queries.place_of(row.dossier_id, "helpline_matter"))
        with acting("note_matter", row, now, facet=Facet.NARRATIVE):
            matter.save()
    return matter


def take_over(*, actor: Actor, subject: UUID, now: datetime) -> Matter:
    """Confirm that something open is the actor's from now on; of two who do so at once one gets it.

    Raises NotAllowed, ContactNotThere; NotNext: not on in the next shift; AlreadyTaken: theirs or in the queue by now.
    """
    with transaction.atomic():
        row, ring = _subject(actor, subject)
        mine = queries.shift_of(actor.post_id or 0, row.unit_id, now)
        if not mine:
            raise NotNext
        held_by = ring.operator_id if ring else row.operator_id
        live = ring.state == "taken" if ring else row.state in {"open", "wrap_up"} or _unsafe(row)
        if held_by is None or held_by == actor.post_id or not live:
            raise AlreadyTaken
        if mine & queries.shift_of(held_by, row.unit_id, now):
            raise AlreadyTaken if _was_taken(subject, held_by) else NotNext
        matter = _matter(row, subject)
        matter.taken_by_id, matter.taken_at = actor.post_id, now
        with acting("take_over", row, now):
            matter.save()
            _give(row, ring, actor.post_id)
    return matter


def _unsafe(row: Contact) -> bool:
    return queries.unsafe_untaken().filter(pk=row.pk, state="ended").exists()


def _was_taken(subject: UUID, post: int) -> bool:
    return Matter.objects.filter(subject=subject, taken_by=post).exists()


def _give(row: Contact, ring: CallBack | None, post: int | None) -> None:
    if ring is None:
        row.operator_id = post
        row.save(update_fields=["operator"])
    else:
        ring.operator_id = post
        ring.save(update_fields=["operator"])
