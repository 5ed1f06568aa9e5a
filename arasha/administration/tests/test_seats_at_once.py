"""Two administrators at the same second: one seat, one decision, nothing lost."""

import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from arasha.administration import actions
from arasha.administration.tests.district import District
from arasha.kernel.access.actions import enter
from arasha.kernel.access.models import Post, UnitFunction
from arasha.kernel.access.rules import Conflict
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from tests.database import ClonedDatabase


@pytest.fixture
def district(cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker) -> Iterator[District]:
    """A district that is committed, and true logins on it."""
    with django_db_blocker.unblock():
        owner = replace(cloned_database, app=cloned_database.owner)
        with owner.as_default(), transaction.atomic():
            made = District.made()
        with cloned_database.as_default():
            yield made


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do things at the same moment, each on a connection of its own; returns results and what was raised."""
    found: list[Any] = [None] * len(deeds)
    gate = threading.Barrier(len(deeds))

    def run(index: int, deed: Callable[[], Any]) -> None:
        try:
            gate.wait(20)
            found[index] = deed()
        except Exception as error:  # told by the test
            found[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index, deed)) for index, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def deed(person: Person, action: Any, **told: Any) -> Callable[[], Any]:
    """An action in a transaction of its own."""

    def run() -> Any:
        with transaction.atomic():
            actor = enter(person.token, person.post_id)
            return action(actor=actor, now=actor.moment, **told)

    return run


def test_two_people_for_one_post_are_one_seat_and_one_conflict(district: District) -> None:
    told = {"post_id": district.clinic_post.pk, "since": cast.NOW}
    found = at_once(
        deed(district.first, actions.seat, user_id=district.users[0], **told),
        deed(district.second, actions.seat, user_id=district.users[1], **told),
    )
    assert sorted(isinstance(one, Conflict) for one in found) == [False, True], found
    with transaction.atomic():
        district.first.enter()
        assert Post.objects.get(pk=district.clinic_post.pk).holder_id in district.users[:2]


def test_a_proposal_is_decided_once_however_many_decide(district: District) -> None:
    told = {"unit_id": district.clinic.pk, "function": "helpline", "territory": cast.PLACE}
    proposal: uuid.UUID = deed(district.first, actions.give_function, since=cast.NOW.replace(year=2098), **told)()
    found = at_once(
        deed(district.second, actions.confirm, proposal=proposal),
        deed(district.above, actions.confirm, proposal=proposal),
        deed(district.above, actions.refuse, proposal=proposal),
    )
    assert sum(isinstance(one, Conflict) for one in found) == 2, found
    with transaction.atomic():
        district.first.enter()
        assert UnitFunction.objects.filter(unit=district.clinic, function="helpline").count() <= 1


def test_the_same_function_proposed_by_two_is_one_proposal(district: District) -> None:
    told = {"unit_id": district.clinic.pk, "function": "helpline", "territory": cast.PLACE, "since": cast.NOW}
    told["since"] = cast.NOW.replace(year=2098)
    found = at_once(
        deed(district.first, actions.give_function, **told), deed(district.second, actions.give_function, **told)
    )
    assert sorted(isinstance(one, Conflict) for one in found) == [False, True], found
