"""Chats, as the clock's work: what was written is heard, what operators said is put over the code, nobody is left."""

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.doors import actions as doors
from arasha.doors.actions import Heard
from arasha.doors.rules import MOST_WORDS, Sitting, Telling, report_of
from arasha.helpline import policy, queries, rules
from arasha.helpline.actions.contacts import begin_contact, miss_contact
from arasha.helpline.actions.found import acting
from arasha.helpline.actions.talking import hear, note_delivery
from arasha.helpline.models import Chat, Contact, Message
from arasha.kernel.access.actions import carry_bars
from arasha.kernel.access.rules import Actor
from arasha.signals.actions import report_signal

log = logging.getLogger(__name__)
CHANNEL = "chat"


@sensitive_variables()
def hear_chat(*, actor: Actor, heard: Heard, now: datetime) -> None:
    """Take in one message of a chat: into the contact that is going on, a new one, or the file that the chat became.

    Raises NoHelpline where nobody answers chats of the country, and what `hear` raises.
    """
    if Message.objects.filter(ticket=heard.ticket).exists():
        return
    row = queries.chat_of(heard.mailbox)
    live = row is not None and row.contact.state in {"waiting", "open"}
    if heard.chat.leave:
        if row is not None and row.contact.state == "waiting":
            leave_chat(actor=actor, contact=row.contact_id, now=now)
        return
    if not live and heard.dossier is not None:
        doors.add_to_file(
            actor=actor,
            dossier=heard.dossier,
            words=heard.chat.words,
            ticket=heard.ticket,
            received_at=heard.received_at,
            now=now,
        )
        return
    if row is None or not live:
        row = _begun(actor, heard, now)
    hear(actor=actor, contact=row.contact_id, words=heard.chat.words, ticket=heard.ticket, now=now)


def _begun(actor: Actor, heard: Heard, now: datetime) -> Chat:
    """Begin a contact; what was said in the one before is shown no more."""
    before = Chat.objects.filter(mailbox=heard.mailbox)
    external = f"{heard.mailbox.hex}.{before.count() + 1}"
    contact = begin_contact(actor=actor, channel=CHANNEL, external=external, language=heard.chat.language, now=now)
    if before.exists():
        before.update(over=True)
        empty = rules.sitting("waiting", [], now)
        doors.put_sitting(actor=actor, mailbox=heard.mailbox, said=lambda: empty, now=now)
    row: Chat = Chat.objects.create(contact=contact, mailbox=heard.mailbox)
    return row


def show_chats(*, actor: Actor, now: datetime) -> int:
    """Put over their codes what operators said, how sittings stand, and which became signals; return how many.

    Each in a transaction of its own: one that can't be put holds no other up. Raises NotAllowed for all but the clock's
    work.
    """
    if not policy.may_put(actor):
        raise policy.NotAllowed
    return sum(_tried(_shown, actor, contact, now) for contact in queries.chats_to_show(now))


def _tried(work: Callable[[Actor, UUID, datetime], bool], actor: Actor, contact: UUID, now: datetime) -> bool:
    """Do something for one chat; what goes wrong is said in the log without a word of it, and tried again."""
    try:
        with transaction.atomic():
            return work(actor, contact, now)
    except Exception as error:
        log.error("a chat was left: %s", type(error).__name__)
        return False


@sensitive_variables()
def _shown(actor: Actor, contact: UUID, now: datetime) -> bool:
    with transaction.atomic():
        row = Chat.objects.select_for_update(of=("self",), skip_locked=True).filter(contact=contact, over=False).first()
        if row is None:
            return False
        about = Contact.objects.select_related("signal").get(pk=contact)
        if about.signal is not None and not row.told:
            doors.chat_told(actor=actor, mailbox=row.mailbox, dossier=about.signal.dossier_id, now=now)
            row.told = True
        over = about.state == "ended" and about.ended_at is not None and about.ended_at < now - rules.OVER_AFTER
        ours = Message.objects.filter(contact=contact, direction="out").order_by("number")
        given: list[Message] = []

        def said() -> Sitting:
            given.extend(ours)
            return queries.sitting_of(about, given[-1:] if over else given, now)

        put = doors.put_sitting(actor=actor, mailbox=row.mailbox, said=said, now=now)
        for message in [one for one in (given if put else list(ours)) if one.delivery == "waiting"]:
            note_delivery(actor=actor, message=message.pk, delivery="sent" if put else "failed", now=now)
        row.shown, row.over = rules.course_of(about.state, about.kind), over or (not put and about.state == "ended")
        row.save(update_fields=["shown", "told", "over"])
    return True


def leave_chats(*, actor: Actor, now: datetime) -> int:
    """Tell, for whoever has waited too long for somebody, what they wrote; return how many. For the clock."""
    if not policy.may_put(actor):
        raise policy.NotAllowed
    waiting = Contact.objects.filter(channel=CHANNEL, state="waiting", began_at__lt=now - rules.LEFT_AFTER)
    never = waiting.filter(first_reply_at=None).order_by("began_at").values_list("pk", flat=True)
    return sum(_tried(_left, actor, contact, now) for contact in list(never))


def _left(actor: Actor, contact: UUID, now: datetime) -> bool:
    return leave_chat(actor=actor, contact=contact, now=now)


@sensitive_variables()
def leave_chat(*, actor: Actor, contact: UUID, now: datetime) -> bool:
    """Make a telling of a chat to which nobody came: it is answered over its code like any. False where somebody came.

    The child is asked nothing again. Raises NotAllowed, what a report raises.
    """
    if not policy.may_put(actor):
        raise policy.NotAllowed
    with transaction.atomic():
        waiting = Contact.objects.select_for_update(of=("self",), skip_locked=True)
        row = waiting.filter(pk=contact, channel=CHANNEL, state="waiting").first()
        words = queries.written_in(row) if row is not None else ""
        if row is None or not words:
            return False
        telling = Telling("child", language=row.language or "kk", words=words[:MOST_WORDS])
        signal = report_signal(actor=actor, report=report_of(telling), now=now)
        carry_bars(origin=row.dossier_id, target=signal.dossier_id)
        for at in range(MOST_WORDS, len(words), MOST_WORDS):
            rest, ticket = words[at : at + MOST_WORDS], uuid5(row.pk, str(at))
            doors.add_to_file(
                actor=actor, dossier=signal.dossier_id, words=rest, ticket=ticket, received_at=now, now=now
            )
        row = miss_contact(actor=actor, contact=row.pk, kind="missed", now=now)
        row.signal = signal
        with acting("leave_chat", row, now):
            row.save(update_fields=["signal"])
    return True


def attend_chats(*, actor: Actor, now: datetime) -> None:
    """Say whether somebody answers chats of the country now, and when somebody does next. For the clock."""
    if not policy.may_put(actor):
        raise policy.NotAllowed
    there, busy, opens_at = queries.attendance(now)
    doors.attend(actor=actor, there=there, busy=busy, opens_at=opens_at, now=now)
