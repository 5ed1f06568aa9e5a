"""A unit calls a sitting, ends it or calls it off, and names who keeps its minutes."""

from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from arasha.conferences import policy
from arasha.conferences.actions.errors import NotThere, Sent, SittingOver
from arasha.conferences.models import Secretary, Sitting
from arasha.conferences.rules import SittingSaid
from arasha.kernel.access.models import Post
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import body_stream


def hold_sitting(*, actor: Actor, said: SittingSaid, now: datetime, ticket: UUID | None = None) -> Sitting:
    """Call a sitting of the actor's unit. Sent twice with one `ticket`, it is called once.

    Raises NotAllowed where the unit holds none of this kind, or another post keeps its minutes; Faulty.
    """
    said.check(now)
    unit = cast(int, actor.unit_id)
    if not policy.may_hold(actor, said.kind) or not policy.keeps_minutes(actor, unit):
        raise policy.NotAllowed
    row = Sitting(id=ticket or uuid4(), unit_id=unit, kind=said.kind, at=said.at, urgent=said.urgent, made_at=now)
    row.place, row.link, row.user_id = said.place.strip(), said.link.strip(), cast(int, actor.user_id)
    codes = {"unit": unit, "sitting": str(row.pk), "kind": said.kind}
    try:
        # The act holds the body's stream: two who call a sitting at once get two numbers.
        with (
            transaction.atomic(),
            act(verb="hold_sitting", stream=body_stream(cast(int, actor.body_id)), now=now, codes=codes),
        ):
            if Sitting.objects.filter(pk=row.pk, unit=unit).exists():
                raise Sent
            row.number = (Sitting.objects.filter(unit=unit).aggregate(most=Max("number"))["most"] or 0) + 1
            row.save(force_insert=True)
    except Sent:
        return Sitting.objects.get(pk=row.pk)
    return row


def end_sitting(*, actor: Actor, sitting: UUID, held: bool, now: datetime) -> Sitting:
    """Say that a sitting was held, or is called off. What stands open on its agenda comes back at the next one.

    Raises NotThere; NotAllowed; SittingOver: it ended already.
    """
    row = own_sitting(actor, sitting)
    codes = {"unit": row.unit_id, "sitting": str(row.pk), "kind": row.kind}
    verb = "end_sitting" if held else "call_off_sitting"
    with transaction.atomic(), act(verb=verb, stream=body_stream(cast(int, actor.body_id)), now=now, codes=codes):
        row = Sitting.objects.select_for_update().get(pk=row.pk)
        if row.state != "planned":
            raise SittingOver
        row.state, row.ended_at = ("held" if held else "called_off"), now
        row.save(update_fields=["state", "ended_at"])
    return row


def name_secretary(*, actor: Actor, post: int, now: datetime) -> Secretary:
    """Name the post that keeps the unit's minutes and alone opens the commission's copy.

    Raises NotAllowed; NotThere: it is no held post of the unit.
    """
    unit = cast(int, actor.unit_id)
    if not policy.may_name_secretary(actor, unit):
        raise policy.NotAllowed
    if not Post.objects.filter(pk=post, unit=unit, holder__isnull=False).exists():
        raise NotThere
    codes = {"unit": unit, "post": post}
    with (
        transaction.atomic(),
        act(verb="name_secretary", stream=body_stream(cast(int, actor.body_id)), now=now, codes=codes),
    ):
        number = (Secretary.objects.filter(unit=unit).aggregate(most=Max("number"))["most"] or 0) + 1
        row = Secretary(id=uuid4(), unit_id=unit, post_id=post, number=number, since=now)
        row.user_id = cast(int, actor.user_id)
        row.save(force_insert=True)
    return row


def own_sitting(actor: Actor, sitting: UUID) -> Sitting:
    """Return a sitting whose minutes the actor keeps. Raises NotThere; NotAllowed."""
    row = policy.visible_to(actor).filter(pk=sitting).first()
    if row is None:
        raise NotThere
    if not policy.keeps_minutes(actor, row.unit_id):
        raise policy.NotAllowed
    return row
