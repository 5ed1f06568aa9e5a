"""Two officers at the same second: one number is published once, and the other is told."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from arasha.kernel.access.actions import enter
from arasha.kernel.access.tests.cast import Person
from arasha.questionnaires.actions import DecidedMeanwhile, decide, draft
from arasha.questionnaires.models import Version
from arasha.questionnaires.rules.standing import DecisionForbidden, Kind
from arasha.questionnaires.tests.ministry import NOW, Ministry, make_ministry
from arasha.questionnaires.tests.sources import FORM, reading
from tests.database import ClonedDatabase


@pytest.fixture
def ministry(cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker) -> Iterator[Ministry]:
    """People who are committed, and true logins."""
    with django_db_blocker.unblock():
        owner = replace(cloned_database, app=cloned_database.owner)
        with owner.as_default(), transaction.atomic():
            made = make_ministry()
        with cloned_database.as_default():
            yield made


def does(person: Person, action: Callable[..., Any], **told: Any) -> Any:
    """Do an action in a transaction of its own; what it raises is its result."""
    try:
        with transaction.atomic():
            return action(actor=enter(person.token, person.post_id), now=NOW, **told)
    except (DecidedMeanwhile, DecisionForbidden) as refused:
        return type(refused)
    finally:
        connections.close_all()


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do things at the same moment, each in a thread of its own; returns what came of each."""
    found: list[Any] = [None] * len(deeds)
    gate = threading.Barrier(len(deeds))

    def run(place: int) -> None:
        gate.wait(20)
        found[place] = deeds[place]()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def test_two_drafts_of_one_number_published_at_once_are_one_version_and_one_refusal(ministry: Ministry) -> None:
    text = FORM.replace("| Who |", "| Which one |")
    one = does(ministry.officer, draft, reading=reading())
    other = does(ministry.administrator, draft, reading=reading(text))
    found = at_once(
        lambda: does(ministry.second, decide, version=one.pk, kind=Kind.PUBLISH),
        lambda: does(ministry.officer, decide, version=other.pk, kind=Kind.PUBLISH),
    )
    assert sorted(map(str, found)) in (
        sorted(map(str, [None, DecidedMeanwhile])),
        sorted(map(str, [None, DecisionForbidden])),
    )
    states = sorted(Version.objects.filter(questionnaire="made_up").values_list("state", flat=True))
    assert states == ["draft", "published"]


def test_one_draft_published_by_two_at_once_is_published_once(ministry: Ministry) -> None:
    row = does(ministry.officer, draft, reading=reading())
    found = at_once(
        lambda: does(ministry.second, decide, version=row.pk, kind=Kind.PUBLISH),
        lambda: does(ministry.administrator, decide, version=row.pk, kind=Kind.PUBLISH),
    )
    assert found.count(None) == 1
    with transaction.atomic():
        enter(ministry.officer.token, ministry.officer.post_id)
        assert Version.objects.get(pk=row.pk).decisions.count() == 1
