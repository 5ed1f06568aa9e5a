"""Who may report, who may work on a signal, and which signals are there for them."""

from django.db.models import QuerySet

from arasha.cases.rules import RECEIVERS
from arasha.kernel.access.policy import allows
from arasha.kernel.access.queries import on_team
from arasha.kernel.access.rules import Actor
from arasha.signals import rules
from arasha.signals.models import Signal


class NotAllowed(PermissionError):
    """The actor's post may not do this."""


def may_report(actor: Actor, door: str = "") -> bool:
    """Say whether the post, or the unit's own system, reports through a door (`doors.csv`), or through any."""
    if actor.is_system and actor.purpose == "letters":  # what the public told, on its way into a file
        return door in rules.PUBLIC_DOORS
    if not actor.acts_for_unit:
        return False
    return rules.door_for(actor.functions) != "" if not door else bool(actor.functions & rules.functions_of(door))


def may_receive(actor: Actor) -> bool:
    """Coordination, guardianship and the helpline decide on signals that their unit leads."""
    return actor.post_id is not None and bool(actor.functions & RECEIVERS)


def may_notice(actor: Actor) -> bool:
    """Only the clock evaluates rules: nobody looks for children with them."""
    return actor.kind == "system" and actor.purpose == "notice"


def may_ring(actor: Actor) -> bool:
    """Only the clock rings."""
    return actor.kind == "system" and actor.purpose == "ring"


def may_review_responses(actor: Actor) -> bool:
    """Only the clock looks for repeats in every file, and draws who is read a second time."""
    return actor.kind == "system" and actor.purpose == "second_reading"


def may_read_noticed(actor: Actor) -> bool:
    """Say whether the post may be the reader of something; which rows are its own, the database says."""
    return actor.post_id is not None and allows(actor, "read_noticed")


def visible_to(actor: Actor) -> QuerySet[Signal]:
    """Return the signals that are there for the actor; the database's policies hold the same line."""
    return Signal.objects.filter(on_team(actor))
