"""What comes of calls: an answered one is an open contact of whoever sits at the line; one in vain may be rung back."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.views.decorators.debug import sensitive_variables

from arasha.helpline import policy
from arasha.helpline.actions.calling_back import ask_call_back
from arasha.helpline.actions.contacts import begin_contact, end_contact, miss_contact, take_contact
from arasha.helpline.actions.found import NothingSaid, acting
from arasha.helpline.actions.telling_calls import NUMBER
from arasha.helpline.models import Call, CallNumber, Contact, Extension
from arasha.helpline.rules import calls
from arasha.kernel.access.rules import Actor
from arasha.kernel.exchange.rules.keys import derived, unseal

TELEPHONE = "telephone"


def follow_call(*, actor: Actor, call: UUID, now: datetime) -> Contact | None:
    """Do what a call asks for; done twice it is done once. Returns the contact that it has. For the clock."""
    if not actor.is_system:
        raise policy.NotAllowed
    with transaction.atomic():
        row = Call.objects.select_for_update(of=("self",)).filter(pk=call, due=True).first()
        if row is None:
            return None
        contact = _answered(actor, row, now) if row.outcome == calls.Outcome.ANSWERED else _in_vain(actor, row, now)
        row.contact, row.due = contact, False
        row.save(update_fields=["contact", "due"])
    return contact


def forget_calls(*, actor: Actor, now: datetime) -> int:
    """Take away what was kept for a while only: salts and marks of days that are over, numbers, old events."""
    if not actor.is_system:
        raise policy.NotAllowed
    with connection.cursor() as cursor:
        cursor.execute("SELECT helpline.forget_calls(%s, make_interval(days => %s))", [now, calls.KEPT_FOR.days])
        return int(cursor.fetchone()[0])


def _answered(actor: Actor, row: Call, now: datetime) -> Contact | None:
    """Give the call's contact to whoever sits at its line, and end it when the call is over."""
    _forget_number(row)  # rung and answered after all: nothing is left to ring for
    contact = _contact_of(row)
    post = _post_of(row)
    if contact is None:
        if post is None:
            return None  # a line of nobody: the figures count it, the supervisor's page names the line
        contact = _begin(actor, row, now)
    if contact.state == "waiting":
        contact = take_contact(actor=actor, contact=contact.pk, now=now, post=post) if post else contact
    elif contact.state == "open" and post is not None and contact.operator_id != post:
        contact.operator_id = post
        with acting("transfer_contact", contact, now):
            contact.save(update_fields=["operator"])
    if row.state == calls.State.OVER and contact.state == "open":
        contact = end_contact(actor=actor, contact=contact.pk, now=now)
    return _timed(row, contact, now)


def _timed(row: Call, contact: Contact, now: datetime) -> Contact:
    """Let the exchange's times stand in the contact, instead of when they were heard here."""
    wanted = {"began_at": row.began_at}
    if row.answered_at is not None and contact.taken_at is not None:
        wanted |= {"taken_at": row.answered_at, "first_reply_at": row.answered_at}
    if row.ended_at is not None and contact.ended_at is not None:
        wanted["ended_at"] = row.ended_at
    changed = {name: at for name, at in wanted.items() if getattr(contact, name) != at}
    if changed:
        for name, at in changed.items():
            setattr(contact, name, at)
        with acting("time_contact", contact, now):
            contact.save(update_fields=list(changed))
    return contact


@sensitive_variables()
def _in_vain(actor: Actor, row: Call, now: datetime) -> Contact | None:
    """Put a call that nobody answered into the queue of call-backs, if its number is here."""
    kept = CallNumber.objects.filter(call=row).first()
    contact = _contact_of(row)
    if kept is None or contact is not None:
        return contact
    number = unseal(derived(settings.SECRET_KEY, NUMBER), bytes(kept.sealed), f"call {row.pk}").decode()
    contact = _begin(actor, row, now)
    kind = "abandoned" if row.outcome == calls.Outcome.ABANDONED else "missed"
    contact = miss_contact(actor=actor, contact=contact.pk, kind=kind, now=now)
    with suppress(NothingSaid):  # a number that can't be rung: the call is counted all the same
        ask_call_back(actor=actor, contact=contact.pk, number=number, now=now)
    _forget_number(row)
    return _timed(row, contact, now)


def _begin(actor: Actor, row: Call, now: datetime) -> Contact:
    mark = bytes(row.mark).hex() if row.mark else ""
    return begin_contact(actor=actor, channel=TELEPHONE, external=row.pk.hex, now=now, source=mark, unit=row.unit_id)


def _contact_of(row: Call) -> Contact | None:
    return Contact.objects.select_for_update(of=("self",)).filter(pk=row.contact_id).first() if row.contact_id else None


def _post_of(row: Call) -> int | None:
    """Return who sits at the call's line, as the lines were when it was answered."""
    at = row.answered_at or row.began_at
    lines = Extension.objects.filter(unit=row.unit_id, number=row.extension, since__lte=at)
    return lines.filter(Q(until=None) | Q(until__gt=at)).order_by("-since").values_list("post", flat=True).first()


def _forget_number(row: Call) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT helpline.forget_number(%s)", [row.pk])
