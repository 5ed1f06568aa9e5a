"""Chats, for the clock's work: which are to be shown anew, what is shown, and whether somebody is there."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.views.decorators.debug import sensitive_variables

from arasha.doors.rules import Sitting
from arasha.helpline import policy, rules
from arasha.helpline.models import Chat, Contact, Message, Presence
from arasha.helpline.queries.words import opened
from arasha.kernel.access.queries import body_for
from arasha.kernel.territory.rules import NATION

MOST = 500


def chat_of(mailbox: UUID) -> Chat | None:
    """Return the newest chat of a mailbox."""
    return Chat.objects.filter(mailbox=mailbox).select_related("contact").order_by("-contact__began_at").first()


def chats_to_show(now: datetime) -> list[UUID]:
    """Return the contacts of chats of which something is to be put over the code, the eldest first."""
    unsent = Message.objects.filter(contact=OuterRef("contact"), delivery="waiting")
    course = Case(
        When(contact__state__in=["waiting", "open"], then=F("contact__state")),
        When(contact__kind__in=sorted(rules.UNANSWERED), then=Value("left")),
        default=Value("ended"),
    )
    due = ~Q(shown=course) | Q(Exists(unsent)) | Q(told=False, contact__signal__isnull=False)
    old = Q(contact__state="ended", contact__ended_at__lt=now - rules.OVER_AFTER)
    rows = Chat.objects.filter(over=False).filter(due | old).order_by("contact__began_at")
    return list(rows.values_list("contact", flat=True)[:MOST])


@sensitive_variables()
def sitting_of(contact: Contact, said: Sequence[Message], now: datetime) -> Sitting:
    """Return what is shown of a contact: what operators said in it, never what was written to them."""
    words = opened(said)
    lines = [(row.at, text) for row in said if (text := words[row.pk])]
    return rules.sitting(rules.course_of(contact.state, contact.kind), lines, now)


@sensitive_variables()
def written_in(contact: Contact) -> str:
    """Return everything that was written to us in a contact."""
    rows = list(Message.objects.filter(contact=contact, direction="in").order_by("number"))
    words = opened(rows)
    return "\n\n".join(text for row in rows if (text := words[row.pk]))


def attendance(now: datetime) -> tuple[bool, bool, datetime | None]:
    """Return whether an operator of the country's helpline is there, whether all are busy, and when it opens next."""
    unit = body_for(policy.FUNCTION, NATION, now)
    if unit is None:
        return False, False, None
    there = Presence.objects.filter(unit=unit, seen_at__gt=now - rules.LOST).count()
    waiting = Contact.objects.filter(unit=unit, channel="chat", state="waiting").count()
    opens = rules.opens_at(unit.opens, unit.closes, unit.around_the_clock, now)
    return there > 0, waiting >= there, opens
