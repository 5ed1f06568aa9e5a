"""Telling as somebody on a phone, and opening as the worker."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from arasha.doors import actions
from arasha.doors.rules import Telling
from arasha.doors.tasks import open_all
from arasha.obligations.tests.cast import DISTRICT, NOW
from arasha.signals.models import Signal
from tests.database import as_owner, as_role

CODE = ("апа", "бала", "дала", "жаңа", "қала", "сана")
WORDS = "Өгей әкем ішіп алса, мені ұрады."


def as_public(work: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """Do what the public's process does, as the role that it has."""
    with as_role("arasha_public"):
        return work(*given, **named)


def tell(code: tuple[str, ...] = CODE, ticket: UUID | None = None, **said: Any) -> UUID:
    """Tell as somebody on a phone; return the ticket."""
    ticket = ticket or uuid4()
    telling = Telling(**{"teller": "child", "words": WORDS, "territory": DISTRICT} | said)
    as_public(actions.post_telling, telling=telling, code=code, ticket=ticket)
    return ticket


def opened() -> Signal:
    """Let the worker open everything, and return the newest signal as the owner has it."""
    open_all(NOW)
    with as_owner():
        return Signal.objects.latest("received_at")
