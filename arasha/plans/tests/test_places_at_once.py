"""Two who act on one place at the same moment, on connections of their own: one is first, the other sees it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db import transaction

from arasha.kernel.access.actions import enter_system
from arasha.obligations.tests.cast import NOW, Person
from arasha.plans import actions
from arasha.plans.models import ServicePlace, ServicePlaceStep
from arasha.plans.tests.district import Team
from arasha.plans.tests.offered import SAID, ask, offering
from arasha.plans.tests.test_at_once import at_once
from tests.database import ClonedDatabase

CONTESTS = 8


def outcome(deed: Callable[[], Any]) -> Callable[[], str]:
    """Return the deed in a transaction of its own, with what came of it as a word."""

    def tried() -> str:
        try:
            with transaction.atomic():
                deed()
        except (actions.PlaceChanged, actions.AskedAlready) as error:
            return type(error).__name__
        return "done"

    return tried


def recorded(row: ServicePlace, who: Person, code: str, seen: int) -> Callable[[], str]:
    return outcome(lambda: actions.record_step(actor=who.enter(), place=row.pk, said=SAID[code], seen=seen, now=NOW))


def test_of_two_at_once_one_is_first_and_nothing_is_lost(committed: Team, base: ClonedDatabase) -> None:
    with transaction.atomic():
        row = ask(committed, offering(committed.lead, "Орталық"))
    for seen in range(1, CONTESTS + 1):
        results = at_once(
            recorded(row, committed.lead, "wait", seen),
            recorded(row, committed.doctor, "book", seen),
        )
        assert sorted(results) == ["PlaceChanged", "done"]
    with transaction.atomic():
        committed.lead.enter()
        assert ServicePlaceStep.objects.filter(place=row.pk).count() == CONTESTS + 1


def test_a_place_asked_twice_at_once_is_one(committed: Team, base: ClonedDatabase) -> None:
    for number in range(CONTESTS // 2):
        with transaction.atomic():
            offered = offering(committed.lead, f"Орталық {number}")
        same = uuid4()
        sent = outcome(lambda offered=offered, same=same: ask(committed, offered, place_id=same))  # type: ignore[misc]
        assert at_once(sent, sent) == ["done", "done"]
        other = outcome(lambda offered=offered: ask(committed, offered, by=committed.doctor))  # type: ignore[misc]
        assert at_once(other, other) == ["AskedAlready", "AskedAlready"]
    with transaction.atomic():
        committed.lead.enter()
        assert ServicePlace.objects.count() == CONTESTS // 2


def test_clocks_at_once_tell_of_each_place_once(committed: Team, base: ClonedDatabase) -> None:
    with transaction.atomic():
        for number in range(CONTESTS):
            ask(committed, offering(committed.lead, f"Қор {number}", funded_until=NOW.date()))

    def swept() -> int:
        with transaction.atomic():
            return actions.owe_hand_overs(actor=enter_system("watch_places"), now=NOW)

    assert sum(at_once(swept, swept, swept)) == CONTESTS
