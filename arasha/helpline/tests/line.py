"""A helpline, who sits there, and contacts that come in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection

from arasha.helpline import actions
from arasha.helpline.models import Contact
from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.models import Dossier, Post, User
from arasha.kernel.access.rules import Actor
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NATION, NOW, District, Person
from tests.database import as_owner

PURPOSE = "helpline"
LATER = NOW + timedelta(minutes=1)
COLLEAGUE, COORDINATOR = "Мақсат Ержанов", "Гүлнар Әбдікерімова"


@dataclass(frozen=True)
class Line:
    """Who sits where: two operators and the head of one helpline, somebody of the helpline above, and of another."""

    operator: Person
    colleague: Person
    supervisor: Person
    above: Person
    elsewhere: Person
    district: District


def make_line() -> Line:
    """Make the cast, as the owner."""
    district = cast.make_district()
    with cast.building():
        above = cast.make_unit("helpline of the country", NATION, "helpline")
        unit = cast.make_unit("helpline", DISTRICT, "helpline", parent=above)
        supervisor = cast.seat(unit)
        Post.objects.filter(pk=supervisor.post).update(rank="head")
        colleague = cast.seat(unit)
        for who, name in ((colleague, COLLEAGUE), (district.coordinator, COORDINATOR)):
            User.objects.filter(pk=who.user).update(name=name)
        return Line(
            operator=cast.seat(unit),
            colleague=colleague,
            supervisor=supervisor,
            above=cast.seat(above),
            elsewhere=cast.seat(cast.make_unit("helpline elsewhere", "611600000", "helpline")),
            district=district,
        )


def clock() -> Actor:
    """Act as the work of a channel until somebody else enters."""
    return enter_system(PURPOSE)


def chat(line: Line, now: datetime = NOW, **more: Any) -> Contact:
    """Let a chat begin at the helpline."""
    given: dict[str, Any] = {"channel": "chat", "external": uuid4().hex, "unit": line.operator.unit.pk} | more
    return actions.begin_contact(actor=clock(), now=now, **given)


def call(who: Person, now: datetime = NOW) -> Contact:
    """Let an operator answer a call."""
    return actions.begin_contact(actor=who.enter(), channel="telephone", external="", now=now)


def talking(line: Line, who: Person | None = None) -> Contact:
    """Let a chat be taken, with a first message of the caller."""
    found = chat(line)
    heard(found)
    return actions.take_contact(actor=(who or line.operator).enter(), contact=found.pk, now=NOW)


def heard(contact: Contact, words: str = "Сәлем", now: datetime = NOW) -> None:
    """Let the caller write."""
    actions.hear(actor=clock(), contact=contact.pk, words=words, ticket=uuid4(), now=now)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Leave the context, and ask as the owner, whom no row security holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('arasha.context', '', true)")
    with as_owner():
        yield


def end_openings() -> None:
    """Let the transaction that opened the files be another one than the test's, as it is in life."""
    with cast.building():
        Dossier.objects.update(opened_mark="another transaction")
