"""Two who enter of one pilot at the same moment, and two clocks, on connections of their own."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

from django.db import transaction

from arasha.governance import actions
from arasha.governance.models import Reminder, Step
from arasha.governance.rules import PilotFaulty, StepSaid
from arasha.governance.tests.entered import EVALUATED, SCALED, STOPPED, TODAY, Keepers, moved_to, piloted, stands
from arasha.kernel.access.tests.cast import Person
from arasha.plans.tests.test_at_once import at_once

CONTESTS = 5


def sent(who: Person, pilot: UUID, said: StepSaid, after: int, ticket: UUID) -> Callable[[], str]:
    """Return an entry in a transaction of its own, with what came of it as a word."""

    def tried() -> str:
        try:
            with transaction.atomic():
                now = datetime.now(UTC)
                actions.add_step(actor=who.enter(), ticket=ticket, pilot=pilot, after=after, said=said, now=now)
        except (actions.Overtaken, PilotFaulty) as error:
            return type(error).__name__
        return "done"

    return tried


def test_of_two_decisions_at_once_one_stands_and_the_other_is_told(committed: Keepers) -> None:
    for _contest in range(CONTESTS):
        pilot = piloted(committed)
        first = sent(committed.district, pilot, SCALED, 1, uuid4())
        second = sent(committed.region, pilot, STOPPED, 1, uuid4())
        assert sorted(at_once(first, second)) == ["Overtaken", "done"]
        assert stands(committed.nurse, pilot).number == 2


def test_a_page_sent_twice_at_once_is_one(committed: Keepers) -> None:
    tickets = [uuid4() for _ in range(CONTESTS)]
    for ticket in tickets:
        at_once(*[lambda ticket=ticket: piloted(committed, ticket=ticket)] * 2)
        twice = sent(committed.district, ticket, EVALUATED, 1, uuid4())
        assert at_once(twice, twice) == ["done", "done"]
    with transaction.atomic():
        committed.nurse.enter()
        assert Step.objects.count() == 2 * CONTESTS


def test_clocks_at_once_tell_of_each_pilot_once(committed: Keepers) -> None:
    for days in range(CONTESTS):
        piloted(committed, days=20 + days)
    assert sum(at_once(*[lambda: moved_to(TODAY)] * 3)) == CONTESTS
    with transaction.atomic():
        committed.nurse.enter()
        assert Reminder.objects.count() == CONTESTS


def test_a_decision_and_a_clock_at_once_never_tell_of_what_was_decided(committed: Keepers) -> None:
    for _contest in range(CONTESTS):
        pilot = piloted(committed)
        told, done = at_once(lambda: moved_to(TODAY), sent(committed.district, pilot, SCALED, 1, uuid4()))
        assert done == "done"
        with transaction.atomic():
            committed.nurse.enter()
            reminded = Reminder.objects.filter(pilot=pilot).values_list("told_at", flat=True)
            assert len(reminded) == told
        assert moved_to(TODAY) == 0
