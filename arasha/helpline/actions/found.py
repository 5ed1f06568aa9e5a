"""Finding a contact to write to, locked, and what may be wrong with that."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from uuid import UUID

from arasha.helpline import policy
from arasha.helpline.models import Contact
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import OpenAct, act
from arasha.kernel.journal.rules import dossier_stream


class ContactNotThere(LookupError):
    """There is no such contact for this actor."""


class AlreadyTaken(Exception):
    """Another operator was faster, or the caller is gone: nobody waits there any more."""


class NotYours(Exception):
    """Another operator holds the contact."""


class ContactEnded(Exception):
    """The talk is over: nothing more is said in it. Who writes again begins a new contact."""


class NothingSaid(ValueError):
    """There are no words, or more than are kept."""


class NoHelpline(LookupError):
    """No helpline serves the place."""


LIVE = frozenset({"waiting", "open", "wrap_up"})


def locked(actor: Actor, contact: UUID) -> Contact:
    """Return the contact under lock. Raises NotAllowed, ContactNotThere."""
    if not policy.may_bring(actor):
        raise policy.NotAllowed
    found = policy.visible_to(actor).select_for_update(of=("self",)).filter(pk=contact).first()
    if found is None:
        raise ContactNotThere
    return found


def held(actor: Actor, contact: UUID, states: Collection[str] = ("open", "wrap_up")) -> Contact:
    """Return a contact that the actor holds or has joined, under lock, in one of these states.

    Raises NotAllowed, ContactNotThere, NotYours, ContactEnded.
    """
    if not policy.may_answer(actor):
        raise policy.NotAllowed
    found = locked(actor, contact)
    if actor.post_id not in {found.operator_id, found.joined_id}:
        raise NotYours
    if found.state not in states:
        raise ContactEnded
    return found


def acting(
    verb: str, contact: Contact, now: datetime, facet: Facet = Facet.OBLIGATIONS, **codes: Any
) -> AbstractContextManager[OpenAct]:
    """Open an act in the contact's file."""
    told = {"facet": facet, "unit": contact.unit_id, "channel": contact.channel, **codes}
    return act(verb=verb, stream=dossier_stream(contact.dossier_id), now=now, codes=told)
