"""The clock's work after a shift: what nobody took over goes to the supervisor, and they are told."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from arasha.helpline import policy, queries
from arasha.helpline.actions.found import acting
from arasha.helpline.actions.shifts import STREAM, _give, _matter
from arasha.helpline.models import CallBack, Contact, Shift
from arasha.helpline.rules.shifts import DANGER_STAYS, GRACE
from arasha.kernel.access.models import Post
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.messages.actions import notify


def climb_matters(*, actor: Actor, now: datetime) -> int:
    """Let what a shift that ended left with somebody who has gone climb; returns how many matters did. For the clock.

    Who still sits at the console finishes first: they have not gone. A call-back waits for whoever is on.
    """
    if not actor.is_system:
        raise policy.NotAllowed
    ended = Shift.objects.filter(climbed_at=None, cancelled_at=None, ends_at__lte=now - GRACE)
    return sum(_climb(actor, pk, now) for pk in list(ended.order_by("ends_at", "id").values_list("pk", flat=True)))


def _climb(actor: Actor, pk: UUID, now: datetime) -> int:
    with transaction.atomic():
        row = Shift.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pk)
        sat = set(row.seats.values_list("post", flat=True)) - queries.on_shift(row.unit_id, now)
        gone = sat - queries.present(row.unit_id, now)
        heads = queries.heads(row.unit, now)
        left = [*_contacts(row, gone, now), *_rings(row, gone)]
        for contact, ring in left:
            _up(contact, ring, heads, now)
        if left:
            _tell(actor, row, heads, now)
        if gone == sat:
            row.climbed_at = now
            with act(verb="end_shift", stream=STREAM, now=now, codes={"unit": row.unit_id}):
                row.save(update_fields=["climbed_at"])
    return len(left)


def _contacts(row: Shift, gone: set[int], now: datetime) -> list[tuple[Contact, CallBack | None]]:
    unsafe = queries.unsafe_untaken().filter(state="ended", ended_at__gt=now - DANGER_STAYS).values("pk")
    held = Contact.objects.select_for_update(of=("self",)).filter(unit=row.unit_id, operator__in=gone)
    return [(one, None) for one in held.filter(Q(state__in=["open", "wrap_up"]) | Q(pk__in=unsafe)).order_by("pk")]


def _rings(row: Shift, gone: set[int]) -> list[tuple[Contact, CallBack | None]]:
    held = CallBack.objects.select_for_update(of=("self",)).select_related("contact")
    return [
        (one.contact, one) for one in held.filter(unit=row.unit_id, operator__in=gone, state="taken").order_by("pk")
    ]


def _up(contact: Contact, ring: CallBack | None, heads: list[Post], now: datetime) -> None:
    """Give one matter to the head; where nobody holds that post, who writes waits in the queue again."""
    matter = _matter(contact, ring.pk if ring else contact.pk)
    matter.climbed_at = now
    with acting("climb_matter", contact, now):
        matter.save()
        if ring is not None:
            ring.state = "waiting"
            ring.save(update_fields=["state"])
            _give(contact, ring, None)
        elif heads:
            _give(contact, None, heads[0].pk)
        elif contact.state == "open":
            contact.state, contact.operator_id = "waiting", None
            contact.waiting_since = contact.waiting_since or now
            contact.save(update_fields=["state", "operator", "waiting_since"])


def _tell(actor: Actor, row: Shift, heads: list[Post], now: datetime) -> None:
    posts = [post.pk for post in heads or queries.seats_above(row.unit, now)]
    with act(verb="tell_of_left_matters", stream=STREAM, now=now, codes={"unit": row.unit_id}):
        units = [] if posts else [row.unit_id]
        link = reverse("helpline:shifts")
        notify(actor=actor, code="helpline_left", link=link, posts=posts, units=units, now=now)
