"""Debriefs: owed after heavy contacts, asked for or declined, noted as held; their words are two persons' and end."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from arasha.helpline import policy, queries
from arasha.helpline.actions.found import NothingSaid, NotYours, held
from arasha.helpline.models import Contact, Debrief, DebriefWords, Reason
from arasha.helpline.rules.debriefs import LONGEST_WORDS, due_at, heavy_for, period
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act, erasing
from arasha.kernel.journal.rules import system_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import erase, seal_text
from arasha.kernel.worktime.rules import local

STREAM = system_stream("helpline_debriefs")
# Contacts are looked through so long after they were written down: a stopped worker catches up.
LOOK_BACK = timedelta(days=2)
BASIS = "period_over"


class DebriefNotThere(LookupError):
    """There is no such debrief for the actor, or it was answered already."""


class WrongDay(ValueError):
    """The day lies in the future, or before the contact."""


def mark_heavy(*, actor: Actor, contact: UUID, now: datetime) -> Debrief:
    """Say that a contact was heavy: a debrief is owed to the actor. Said twice it is one. Raises NotYours and so on."""
    with transaction.atomic():
        row = held(actor, contact, {"open", "wrap_up", "ended"})
        known = Debrief.objects.filter(contact=row, operator=actor.user_id).first()
        if known is not None:
            return known
        with act(verb="mark_heavy", stream=STREAM, now=now, codes={"unit": row.unit_id}):
            return _owe(row, actor.user_id or 0, "asked", now)


def _owe(row: Contact, user: int, reason: str, now: datetime) -> Debrief:
    given = {"unit_id": row.unit_id, "reason": reason, "owed_at": now, "due_at": due_at(reason, now)}
    return Debrief.objects.create(id=uuid4(), contact=row, operator_id=user, **given)


def owe_debriefs(*, actor: Actor, now: datetime) -> int:
    """Owe a debrief to whoever wrote down a heavy contact; returns how many. For the clock."""
    if not actor.is_system:
        raise policy.NotAllowed
    violence = set(Reason.objects.filter(group="violence").values_list("code", flat=True))
    known = set(Debrief.objects.filter(owed_at__gt=now - 2 * LOOK_BACK).values_list("contact", "operator"))
    logged = Contact.objects.filter(logged_at__gt=now - LOOK_BACK, operator__holder__isnull=False)
    made = 0
    for row in logged.select_related("operator").order_by("logged_at", "id"):
        why = heavy_for(danger=row.danger, reasons=[row.reason, *row.reasons], violence=violence)
        user = row.operator.holder_id if row.operator else None
        if why and user and (row.pk, user) not in known:
            with transaction.atomic(), act(verb="owe_debrief", stream=STREAM, now=now, codes={"unit": row.unit_id}):
                _owe(row, user, why, now)
                link = reverse("helpline:debriefs")
                notify(actor=actor, code="helpline_debrief", link=link, users=[user], now=now)
            made += 1
    return made


@sensitive_variables()
def ask_debrief(*, actor: Actor, debrief: UUID, supervisor: int, words: str, now: datetime) -> None:
    """Ask one supervisor (a user) for the talk; what is written with it is theirs and the actor's alone.

    Raises NotAllowed, DebriefNotThere, NotYours: nobody who supervises the unit, NothingSaid: too long.
    """
    with transaction.atomic():
        row = _own(actor, debrief)
        if supervisor not in dict(queries.debriefers(actor, now)):
            raise NotYours
        row.state, row.supervisor_id = "asked", supervisor
        with act(verb="ask_debrief", stream=STREAM, now=now, codes={"unit": row.unit_id}):
            row.save(update_fields=["state", "supervisor"])
            _write(actor, row, words, now)
            notify(
                actor=actor,
                code="helpline_debrief_asked",
                link=reverse("helpline:debriefs"),
                users=[supervisor],
                now=now,
            )


def decline_debrief(*, actor: Actor, debrief: UUID, now: datetime) -> None:
    """Say that no talk is wished; it can be asked for later. Raises NotAllowed, DebriefNotThere."""
    with transaction.atomic():
        row = _own(actor, debrief)
        row.state = "declined"
        with act(verb="decline_debrief", stream=STREAM, now=now, codes={"unit": row.unit_id}):
            row.save(update_fields=["state"])


def _own(actor: Actor, debrief: UUID) -> Debrief:
    if not policy.may_answer(actor):
        raise policy.NotAllowed
    found = Debrief.objects.select_for_update(of=("self",)).filter(operator=actor.user_id, unit=actor.unit_id)
    row = found.filter(pk=debrief).exclude(state="held").first()
    if row is None:
        raise DebriefNotThere
    return row


@sensitive_variables()
def write_debrief(*, actor: Actor, debrief: UUID, words: str, now: datetime) -> None:
    """Write to the other of the two. Raises NotAllowed, DebriefNotThere, NothingSaid."""
    if not words.strip():
        raise NothingSaid
    with transaction.atomic():
        row = queries.debrief_of_two(actor, debrief)
        if row is None:
            raise DebriefNotThere
        with act(verb="write_debrief", stream=STREAM, now=now, codes={"unit": row.unit_id}):
            _write(actor, row, words, now)


@sensitive_variables()
def _write(actor: Actor, row: Debrief, words: str, now: datetime) -> None:
    said = words.strip()
    if len(said) > LONGEST_WORDS:
        raise NothingSaid
    if not said:
        return
    made = DebriefWords(
        id=uuid4(), debrief=row, author_id=actor.user_id or 0, at=now, until=now + period("debrief_words")
    )
    made.sealed = seal_text(said, row=made.pk, **queries.debrief_place(made.pk))
    made.save(force_insert=True)


def note_held(*, actor: Actor, debrief: UUID, held_on: date, now: datetime) -> None:
    """Note the day on which the talk took place, by the supervisor who was asked; nothing else is noted.

    Raises NotAllowed, DebriefNotThere, WrongDay.
    """
    if not policy.may_supervise(actor):
        raise policy.NotAllowed
    with transaction.atomic():
        found = Debrief.objects.select_for_update(of=("self",)).filter(supervisor=actor.user_id, state="asked")
        row = found.filter(pk=debrief).first()
        if row is None:
            raise DebriefNotThere
        if not local(row.owed_at).date() <= held_on <= local(now).date():
            raise WrongDay
        row.state, row.held_on = "held", held_on
        with act(verb="note_debrief_held", stream=STREAM, now=now, codes={"unit": row.unit_id}):
            row.save(update_fields=["state", "held_on"])


def ring_for_debriefs(*, actor: Actor, now: datetime) -> int:
    """Tell a supervisor once that a talk that was asked for is overdue; returns of how many. For the clock."""
    if not actor.is_system:
        raise policy.NotAllowed
    waiting = Debrief.objects.filter(state="asked", due_at__lte=now, told_at=None, supervisor__isnull=False)
    late = list(waiting.order_by("due_at", "id"))
    for row in late:
        with (
            transaction.atomic(),
            act(verb="tell_of_late_debrief", stream=STREAM, now=now, codes={"unit": row.unit_id}),
        ):
            row.told_at = now
            row.save(update_fields=["told_at"])
            users = [row.supervisor_id] if row.supervisor_id else []
            link = reverse("helpline:debriefs")
            notify(actor=actor, code="helpline_debrief_late", link=link, users=users, now=now)
    return len(late)


def delete_debriefs(*, actor: Actor, now: datetime) -> int:
    """Delete words whose day has come, with their keys, and debriefs after a year; returns how many. For the clock."""
    if not actor.is_system:
        raise policy.NotAllowed
    ended = list(DebriefWords.objects.filter(until__lte=now).values_list("pk", flat=True))
    for pk in ended:
        scope = queries.debrief_place(pk)["scope"]
        with transaction.atomic(), erasing(scopes=[scope], stream=STREAM, now=now):
            DebriefWords.objects.filter(pk=pk).delete()
            erase(scope, actor=actor, now=now, legal_basis=BASIS)
    Debrief.objects.filter(owed_at__lte=now - period("debriefs")).delete()
    return len(ended)
