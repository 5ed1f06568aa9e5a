"""What is said in a contact: theirs, ours, and for us alone. Each word is kept once, whoever sends it twice."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.helpline import policy, queries, rules
from arasha.helpline.actions.found import ContactEnded, ContactNotThere, NothingSaid, acting, held, locked
from arasha.helpline.models import Contact, Message
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.vault.actions import seal_text
from arasha.ui.rules import UnknownCode

SENT = frozenset({"sent", "failed"})


@sensitive_variables()
def hear(*, actor: Actor, contact: UUID, words: str, ticket: UUID, now: datetime) -> Message:
    """Keep what came in: from the channel's own work, or typed in by the operator (a letter, a note of a child).

    It counts as unanswered until somebody says something. The same `ticket` again is the same message.
    Raises NotAllowed, ContactNotThere, NotYours, ContactEnded, NothingSaid.
    """
    with transaction.atomic():
        row = locked(actor, contact) if actor.post_id is None else held(actor, contact, {"open", "wrap_up", "ended"})
        if (known := _known(row, ticket)) is not None:
            return known
        if row.state == "ended":
            raise ContactEnded
        with acting("hear", row, now, facet=Facet.NARRATIVE):
            message = _put(row, "in", words, ticket, now)
            row.unanswered += 1
            row.waiting_since = row.waiting_since or now
            row.save(update_fields=["unanswered", "waiting_since"])
    return message


@sensitive_variables()
def say(*, actor: Actor, contact: UUID, words: str, ticket: UUID, now: datetime) -> Message:
    """Say something in a written contact that the actor holds or has joined; its channel sends it.

    The same `ticket` again is the same message. Raises NotAllowed, ContactNotThere, NotYours, ContactEnded,
    NothingSaid; UnknownCode where the channel carries no words.
    """
    with transaction.atomic():
        row = held(actor, contact, {"open", "wrap_up", "ended"})
        if (known := _known(row, ticket)) is not None:
            return known
        if row.state != "open":
            raise ContactEnded
        if row.channel not in rules.WRITTEN:
            raise UnknownCode(row.channel)
        with acting("say", row, now, facet=Facet.NARRATIVE):
            message = _put(row, "out", words, ticket, now, post=actor.post_id)
            row.unanswered, row.waiting_since = 0, None
            row.first_reply_at = row.first_reply_at or now
            row.save(update_fields=["unanswered", "waiting_since", "first_reply_at"])
    return message


@sensitive_variables()
def note(*, actor: Actor, contact: UUID, words: str, ticket: UUID, now: datetime) -> Message:
    """Write a note for those who answer: the caller never sees it. Raises what `say` raises."""
    with transaction.atomic():
        row = held(actor, contact, {"open", "wrap_up", "ended"})
        if (known := _known(row, ticket)) is not None:
            return known
        with acting("note", row, now, facet=Facet.NARRATIVE):
            return _put(row, "note", words, ticket, now, post=actor.post_id)


def note_delivery(*, actor: Actor, message: UUID, delivery: str, now: datetime) -> bool:
    """Note that a channel has sent a message, or could not; False when that was noted before. For the channel's work.

    Raises NotAllowed, ContactNotThere, UnknownCode.
    """
    if not actor.is_system:
        raise policy.NotAllowed
    if delivery not in SENT:
        raise UnknownCode(delivery)
    with transaction.atomic():
        waiting = Message.objects.select_for_update(of=("self",)).select_related("contact")
        row = waiting.filter(pk=message, direction="out").first()
        if row is None:
            raise ContactNotThere
        if row.delivery in {"sent", delivery}:
            return False
        row.delivery, row.delivered_at = delivery, now
        with acting("note_delivery", row.contact, now, facet=Facet.NARRATIVE, delivery=delivery):
            row.save(update_fields=["delivery", "delivered_at"])
    return True


def _known(contact: Contact, ticket: UUID) -> Message | None:
    return Message.objects.filter(contact=contact, ticket=ticket).first()


@sensitive_variables()
def _put(
    contact: Contact, direction: str, words: str, ticket: UUID, now: datetime, *, post: int | None = None
) -> Message:
    said = words.strip()
    if not said or len(said) > rules.MOST_WORDS:
        raise NothingSaid
    row = Message(id=uuid4(), dossier_id=contact.dossier_id, contact=contact, direction=direction, at=now)
    row.ticket, row.post_id = ticket, post
    row.number = Message.objects.filter(contact=contact).count() + 1  # the contact is locked
    row.delivery = "waiting" if direction == "out" else ""
    row.sealed = seal_text(said, row=row.pk, **queries.place_of(contact.dossier_id, "helpline_message"))
    row.save(force_insert=True)
    return row
