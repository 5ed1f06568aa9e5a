"""Two operators at the same moment, on connections of their own, with real commits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

from django.db import connections, transaction

from arasha.helpline import actions
from arasha.helpline.models import CallBack, Contact
from arasha.helpline.tests.line import LATER, PURPOSE, Line, chat
from arasha.kernel.access.actions import system
from arasha.kernel.access.rules import Actor
from arasha.obligations.tests.cast import NOW, Person
from tests.database import ClonedDatabase

AGAIN = 5


def both(line: Line, deed: Callable[[Any], Any]) -> list[Any]:
    """Let both operators do it at once; returns what each got, or the name of what each was told."""
    ready = Barrier(2)

    def one(who: Person) -> Any:
        try:
            with transaction.atomic():
                actor = who.enter()
                ready.wait(10)
                return deed(actor)
        except (actions.AlreadyTaken, actions.CallBackTaken) as told:
            return type(told).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, (line.operator, line.colleague)))


def begun(line: Line) -> Contact:
    with transaction.atomic():
        return chat(line)


def take(contact: UUID, actor: Actor) -> UUID:
    return actions.take_contact(actor=actor, contact=contact, now=LATER).pk


def test_one_contact_goes_to_one_operator(committed: Line, base: ClonedDatabase) -> None:
    for _time in range(AGAIN):
        found = begun(committed)
        got = both(committed, partial(take, found.pk))
        assert sorted(map(str, got)) == sorted(["AlreadyTaken", str(found.pk)])


def test_two_who_take_the_next_get_two(committed: Line, base: ClonedDatabase) -> None:
    waiting = {begun(committed).pk for _one in range(2)}
    got = both(committed, lambda actor: actions.take_next(actor=actor, now=LATER))
    assert {row.pk for row in got if row} == waiting


def test_one_call_back_goes_to_one_operator(committed: Line, base: ClonedDatabase) -> None:
    for _time in range(AGAIN):
        found = begun(committed)
        with system(PURPOSE) as clock:
            asked = actions.ask_call_back(actor=clock, contact=found.pk, number="+7 701 123 45 67", now=NOW)
        got = both(committed, lambda actor: actions.take_call_back(actor=actor, now=LATER))
        assert [row.pk for row in got if row] == [asked.pk]
        with system(PURPOSE):
            assert CallBack.objects.filter(state="taken").count() == _time + 1


def test_what_a_channel_begins_twice_at_once_is_one_contact(committed: Line, base: ClonedDatabase) -> None:
    external, unit, ready = uuid4().hex, committed.operator.unit.pk, Barrier(2)

    def begin(_number: int) -> Any:
        try:
            with system(PURPOSE) as clock:
                ready.wait(10)
                given: dict[str, Any] = {"channel": "chat", "external": external, "unit": unit}
                return actions.begin_contact(actor=clock, now=NOW, **given).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(begin, range(2)))) == 1
