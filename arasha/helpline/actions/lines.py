"""Whose line of the exchange is whose: arranged by who watches over the helpline, and written in its body's stream."""

import re
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from arasha.helpline import policy
from arasha.helpline.models import Extension
from arasha.kernel.access.models import Post
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import body_stream

LINE = re.compile(r"[0-9A-Za-z_.+*#]{1,20}")


class LineWrong(ValueError):
    """No line of an exchange is called so."""


class NoSuchPost(LookupError):
    """The post is none of the helplines that the actor watches over."""


class LineNotThere(LookupError):
    """There is no such line for this actor, or it ended before."""


def give_line(*, actor: Actor, number: str, post: int, now: datetime) -> Extension:
    """Give a line to a post from now on; whoever had it has it no more. Given again it stays as it is.

    Raises NotAllowed, LineWrong, NoSuchPost.
    """
    units = policy.supervised_units(actor)
    if not units:
        raise policy.NotAllowed
    said = number.strip()
    if not LINE.fullmatch(said):
        raise LineWrong
    seat = Post.objects.select_related("unit").filter(pk=post, unit__in=units).first()
    if seat is None:
        raise NoSuchPost
    with transaction.atomic():
        held = Extension.objects.select_for_update().filter(unit=seat.unit_id, number=said, until=None).first()
        if held is not None and held.post_id == post:
            return held
        line = Extension(id=uuid4(), unit_id=seat.unit_id, number=said, post_id=post, since=now)
        codes = {"unit": seat.unit_id, "line": said, "post": post}
        with act(verb="give_line", stream=body_stream(seat.unit.body_id), now=now, codes=codes):
            if held is not None:
                held.until = now
                held.save(update_fields=["until"])
            line.save(force_insert=True)
    return line


def end_line(*, actor: Actor, line: UUID, now: datetime) -> Extension:
    """End that a line is somebody's: calls at it are nobody's contact from now on. Raises NotAllowed, LineNotThere."""
    units = policy.supervised_units(actor)
    if not units:
        raise policy.NotAllowed
    with transaction.atomic():
        own = Extension.objects.select_related("unit").select_for_update(of=("self",))
        held = own.filter(pk=line, unit__in=units, until=None).first()
        if held is None:
            raise LineNotThere
        held.until = now
        codes = {"unit": held.unit_id, "line": held.number, "post": held.post_id}
        with act(verb="end_line", stream=body_stream(held.unit.body_id), now=now, codes=codes):
            held.save(update_fields=["until"])
    return held
