"""Who answers contacts, who watches over those who do, and which contacts are there for whom."""

from django.db.models import QuerySet

from arasha.helpline.models import Contact
from arasha.kernel.access.models import Post, Unit
from arasha.kernel.access.policy import allows
from arasha.kernel.access.queries import on_team
from arasha.kernel.access.rules import Actor

ANSWER = "answer_contacts"
FUNCTION = "helpline"
FIGURES = "see_helpline_figures"


class NotAllowed(PermissionError):
    """The actor's post may not do this."""


def may_answer(actor: Actor) -> bool:
    """Say whether who acts is an operator: a person in a post of a helpline."""
    return actor.post_id is not None and allows(actor, ANSWER)


def may_bring(actor: Actor) -> bool:
    """Say whether who acts brings contacts in: operators, a helpline's own systems, the clock's work of channels."""
    return actor.is_system or (actor.acts_for_unit and FUNCTION in actor.functions)


def may_put(actor: Actor) -> bool:
    """Only the clock's work that opens what the public wrote hears chats and puts something over their codes."""
    return actor.is_system and actor.purpose == "letters"


def may_send(actor: Actor) -> bool:
    """Only the work of the SMS gateway hears and sends short messages."""
    return actor.is_system and actor.purpose == "sms"


def may_supervise(actor: Actor) -> bool:
    """Say whether who acts watches over operators: the head of a helpline's unit, or who sits in the one above it."""
    if not may_answer(actor):
        return False
    heads = Post.objects.filter(pk=actor.post_id or 0, rank="head").exists()
    return heads or Unit.objects.filter(parent=actor.unit_id).exists()


def supervised_units(actor: Actor) -> list[int]:
    """Return the units that the actor watches over: its own as a head, and those below it."""
    if not may_supervise(actor):
        return []
    below = Unit.objects.filter(parent=actor.unit_id, functions__function=FUNCTION).values_list("pk", flat=True)
    return sorted({actor.unit_id or 0, *below} - {0})


def visible_to(actor: Actor) -> QuerySet[Contact]:
    """Return the contacts that are there for the actor; the database's policies hold the same line."""
    if actor.is_system:
        return Contact.objects.all()
    if FUNCTION not in actor.functions:
        return Contact.objects.none()
    return Contact.objects.filter(on_team(actor))


def may_see_figures(actor: Actor) -> bool:
    """Say whether who acts sees figures: who watches over a helpline, and national roles, who see them protected."""
    return allows(actor, FIGURES) and (FUNCTION not in actor.functions or may_supervise(actor))
