"""Contacts as operators find them: who waits, whom they hold, and one of them."""

from datetime import datetime
from uuid import UUID

from arasha.helpline import policy, rules
from arasha.helpline.models import Contact, Message, Reason
from arasha.kernel.access.models import Unit
from arasha.kernel.access.queries import body_for, names_of, post_holders, supervisor_of
from arasha.kernel.access.rules import Actor
from arasha.kernel.territory.rules import NATION

MOST = 200


def contact(actor: Actor, contact: UUID) -> Contact | None:
    """Return one contact, or None."""
    return policy.visible_to(actor).select_related("unit", "operator", "joined").filter(pk=contact).first()


def queue(actor: Actor) -> list[Contact]:
    """Return who waits at the actor's unit: in danger first, then the longest (`rules.queue_key`)."""
    waiting = policy.visible_to(actor).filter(unit=actor.unit_id, state="waiting")
    rows = waiting.select_related("unit").order_by("began_at", "id")[:MOST]
    return sorted(
        rows,
        key=lambda row: rules.queue_key(
            danger=row.danger, repeats=row.repeats, waiting_since=row.waiting_since or row.began_at
        ),
    )


def mine(actor: Actor) -> list[Contact]:
    """Return the contacts that the actor holds or has joined and that are not written down yet, the eldest first."""
    live = policy.visible_to(actor).filter(state__in=["open", "wrap_up"])
    held = live.filter(operator=actor.post_id) | live.filter(joined=actor.post_id)
    return list(held.select_related("unit", "operator").order_by("taken_at", "id")[:MOST])


def joked_lately(unit: int, source: str, now: datetime) -> int:
    """Return how many joking contacts came from the same source in the last day."""
    if not source:
        return 0
    before = Contact.objects.filter(unit=unit, source=source, began_at__gt=now - rules.JOKED_LATELY)
    return before.filter(kind__in=rules.JOKING).count()


def unit_for(actor: Actor, unit: int | None, territory: str, now: datetime) -> Unit | None:
    """Return the helpline that a contact comes to: the actor's own, the one named, or who serves the place."""
    if not actor.is_system:
        return Unit.objects.filter(pk=actor.unit_id or 0).first()
    if unit is not None:
        named = Unit.objects.filter(pk=unit, functions__function=policy.FUNCTION)
        return named.distinct().first()
    return body_for(policy.FUNCTION, territory or NATION, now)


def colleagues(actor: Actor, contact: Contact, now: datetime) -> list[tuple[int, str]]:
    """Return who else could read a contact, by name: the posts of its unit and of the helpline above."""
    above = supervisor_of(contact.unit, now)
    seats = [seat for unit in (contact.unit, above) if unit is not None for seat in post_holders(unit, now)]
    names = names_of({seat.holder_id for seat in seats if seat.holder_id} - {actor.user_id})
    return sorted(names.items(), key=lambda pair: pair[1])


def reasons() -> list[Reason]:
    """Return the reasons in use, in their order; a group's rows stand together."""
    return list(Reason.objects.filter(used=True).order_by("place", "code"))


def reason_codes() -> frozenset[str]:
    """Return the codes of the reasons in use."""
    return frozenset(Reason.objects.filter(used=True).values_list("code", flat=True))


def to_send(actor: Actor, channel: str, limit: int = 100) -> list[Message]:
    """Return what operators said over a channel and it has not sent yet, the eldest first. For the channel's work."""
    if not actor.is_system:
        raise policy.NotAllowed
    waiting = Message.objects.filter(delivery="waiting", contact__channel=channel)
    return list(waiting.select_related("contact").order_by("at", "number", "id")[:limit])
