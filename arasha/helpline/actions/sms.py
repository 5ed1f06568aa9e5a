"""Short messages, as the gateway's work: heard once, sent until the gateway has them, never to who wrote "stop"."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.helpline import policy, queries
from arasha.helpline.actions.contacts import begin_contact
from arasha.helpline.actions.found import acting, held
from arasha.helpline.actions.talking import hear, note_delivery
from arasha.helpline.models import Contact, Message, SmsLine, SmsSending
from arasha.helpline.rules.sms import GIVEN_UP_AFTER, Incoming, wish_of
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.vault.actions import seal_text

CHANNEL: Final = "sms"
LIVE: Final = ("waiting", "open")
FIRST, MOST = timedelta(seconds=10), timedelta(minutes=30)


@sensitive_variables()
def bring_sms(*, actor: Actor, incoming: Incoming, now: datetime) -> None:
    """Take in what the gateway brings, once: somebody's message, or what became of one of ours.

    Raises NotAllowed for all but the gateway's work, NoHelpline where nobody answers.
    """
    if not policy.may_send(actor):
        raise policy.NotAllowed
    if incoming.kind == "receipt":
        _receipt(incoming, now)
        return
    ticket = uuid5(NAMESPACE_URL, f"sms:{incoming.id}")
    number, source = queries.number_and_source(incoming.number)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"helpline:sms:{source}"])
        if not incoming.words.strip() or Message.objects.filter(ticket=ticket).exists():
            return
        line = _line_of(source) or _begun(actor, number, source, now)
        hear(actor=actor, contact=line.contact_id, words=incoming.words, ticket=ticket, now=now)
        if wish := wish_of(incoming.words):
            _let_be(line, now, forget=wish == "forget")


def _line_of(source: str) -> SmsLine | None:
    """Return the line of a contact that is going on; who wrote "stop" and writes again begins another."""
    going = SmsLine.objects.filter(contact__channel=CHANNEL, contact__source=source, contact__state__in=LIVE)
    return going.filter(stopped_at=None).select_related("contact").order_by("-contact__began_at").first()


@sensitive_variables()
def _begun(actor: Actor, number: str, source: str, now: datetime) -> SmsLine:
    count = Contact.objects.filter(channel=CHANNEL, source=source).count()
    external = f"{source[:40]}.{count + 1}"
    contact = begin_contact(actor=actor, channel=CHANNEL, external=external, source=source, now=now)
    line = SmsLine(id=uuid4(), dossier_id=contact.dossier_id, contact=contact)
    line.sealed = seal_text(number, row=line.pk, **queries.place_of(contact.dossier_id, "helpline_smsline"))
    with acting("keep_number", contact, now, facet=Facet.CONTACTS):
        line.save(force_insert=True)
    return line


def _let_be(line: SmsLine, now: datetime, *, forget: bool) -> None:
    """Send nothing more over a line; where they wish so, keep its number no more."""
    line.stopped_at = now
    if forget:
        line.sealed = b""
    with acting("stop_sms", line.contact, now, facet=Facet.CONTACTS):
        line.save(update_fields=["stopped_at", "sealed"])


def _receipt(incoming: Incoming, now: datetime) -> None:
    """Note what became of a message; a message of another's gateway changes nothing."""
    try:
        message = UUID(incoming.id)
    except ValueError:
        return
    SmsSending.objects.filter(message=message, state="handed").update(state=incoming.state, ended_at=now)


@dataclass(frozen=True, slots=True)
class Due:
    """One message to be sent: nothing is added to its words."""

    message: UUID
    number: str
    words: str


@sensitive_variables()
def claim_sms(*, actor: Actor, now: datetime) -> list[Due]:
    """Return what is to be sent now, the eldest first, and put its next try off. For the gateway's work.

    Of one contact nothing is sent before what was said earlier; over a stopped line nothing is.
    """
    if not policy.may_send(actor):
        raise policy.NotAllowed
    due: list[Due] = []
    waits: set[UUID] = set()
    for message in queries.to_send(actor, CHANNEL):
        if message.contact_id in waits:
            continue
        waits.add(message.contact_id)
        SmsSending.objects.get_or_create(message=message, defaults={"due_at": now})
        free = SmsSending.objects.select_for_update(skip_locked=True)
        sending = free.filter(message=message, state="waiting", due_at__lte=now).first()
        if sending is None:
            continue
        number, words = queries.number_to_send(message.contact_id), queries.words_of(message)
        if not number or not words:
            _ended(actor, sending, "failed", now)
            continue
        sending.tries += 1
        sending.due_at = now + min(FIRST * 2 ** min(sending.tries, 10), MOST)
        sending.save(update_fields=["tries", "due_at"])
        due.append(Due(message.pk, number, words))
    return due


def end_sms(*, actor: Actor, message: UUID, outcome: str, now: datetime) -> None:
    """Say what came of a try: `handed` to the gateway, `failed` for good, or `again`, which fails after a day.

    Raises NotAllowed for all but the gateway's work.
    """
    if not policy.may_send(actor):
        raise policy.NotAllowed
    with transaction.atomic():
        sending = SmsSending.objects.select_for_update(of=("self",)).select_related("message").get(pk=message)
        if sending.state != "waiting" or (outcome == "again" and sending.message.at > now - GIVEN_UP_AFTER):
            return
        _ended(actor, sending, "handed" if outcome == "handed" else "failed", now)


def _ended(actor: Actor, sending: SmsSending, state: str, now: datetime) -> None:
    sending.state, sending.ended_at = state, now
    sending.save(update_fields=["state", "ended_at"])
    said = "sent" if state == "handed" else "failed"
    note_delivery(actor=actor, message=sending.message_id, delivery=said, now=now)


@sensitive_variables()
def show_number(*, actor: Actor, contact: UUID, now: datetime) -> str:
    """Return the whole number of a contact that the actor holds; that it was looked at stands in the contact's acts.

    "" where it was forgotten. Raises what `note` raises.
    """
    with transaction.atomic():
        row = held(actor, contact, {"open", "wrap_up", "ended"})
        with acting("show_number", row, now, facet=Facet.CONTACTS):
            return queries.number_of_line(row)
