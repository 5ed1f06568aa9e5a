"""How a pilot stands, by its steps and the day; no database."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from arasha.governance.rules import Ran, reached, standing, urgency

END = date(2026, 6, 30)


def ran(number: int, kind: str, *, until: date | None = None, decision: str = "", corrects: UUID | None = None) -> Ran:
    return Ran(uuid4(), number, kind, END - timedelta(days=400 - number), until, decision, corrects)


ENTERED = ran(1, "entered", until=END)


@pytest.mark.parametrize(
    ("days", "state", "rungs"),
    [
        (-181, "running", []),
        (-180, "due", ["half_year"]),
        (-91, "due", ["half_year"]),
        (-90, "due", ["half_year", "quarter"]),
        (-30, "due", ["half_year", "quarter", "month"]),
        (0, "due", ["half_year", "quarter", "month"]),
        (1, "overdue", ["half_year", "quarter", "month", "ended"]),
        (400, "overdue", ["half_year", "quarter", "month", "ended"]),
    ],
)
def test_a_decision_is_due_half_a_year_before_the_money_ends_and_overdue_the_day_after(
    days: int, state: str, rungs: list[str]
) -> None:
    day = END + timedelta(days=days)
    stands = standing([ENTERED], today=day)
    assert stands.state == state
    assert reached(stands, today=day) == rungs


def test_what_prolongs_the_money_is_counted_and_what_was_taken_back_is_not() -> None:
    first = ran(2, "extended", until=END + timedelta(days=100))
    second = ran(3, "extended", until=END + timedelta(days=200))
    assert standing([ENTERED, first, second], today=END).prolonged == 2
    back = ran(4, "corrected", corrects=second.id)
    stands = standing([back, second, first, ENTERED], today=END)
    assert (stands.prolonged, stands.until) == (1, END + timedelta(days=100))
    assert (stands.taken_back, stands.since, stands.number) == (frozenset({second.id}), 4, 4)
    truly = ran(4, "corrected", corrects=second.id, until=END + timedelta(days=150))
    stands = standing([ENTERED, first, second, truly], today=END)
    assert (stands.prolonged, stands.until) == (2, END + timedelta(days=150))


def test_a_decision_closes_until_it_is_taken_back_and_says_how_late_it_came() -> None:
    decided = Ran(uuid4(), 2, "decided", END + timedelta(days=40), decision="stop")
    stands = standing([ENTERED, decided], today=END + timedelta(days=60))
    assert (stands.state, stands.decision, stands.late_by) == ("decided", "stop", 40)
    assert reached(stands, today=END + timedelta(days=60)) == []
    back = ran(3, "corrected", corrects=decided.id)
    stands = standing([ENTERED, decided, back], today=END + timedelta(days=60))
    assert (stands.state, stands.decision, stands.since) == ("overdue", "", 3)


def test_an_evaluation_or_its_correction_does_not_begin_the_reminders_anew() -> None:
    evaluated = ran(2, "evaluated")
    stands = standing([ENTERED, evaluated, ran(3, "corrected", corrects=evaluated.id)], today=END)
    assert (stands.since, stands.evaluated, stands.number) == (1, 0, 3)


def test_money_that_ended_comes_first_then_what_is_due_soonest_and_what_is_decided_last() -> None:
    def made(days: int, decided: int | None = None) -> tuple[int, int]:
        steps = [ran(1, "entered", until=END + timedelta(days=days))]
        if decided is not None:
            steps.append(Ran(uuid4(), 2, "decided", END + timedelta(days=decided), decision="scale"))
        return urgency(standing(steps, today=END))

    order = [made(-50), made(-1), made(0), made(100), made(500), made(-5, decided=-1), made(-5, decided=-9)]
    assert order == sorted(order)
