"""What every deadline keeps to, whatever the moment, the limit and the hours."""

import json
from datetime import UTC, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from arasha.kernel.worktime.rules import (
    AROUND_THE_CLOCK,
    Derivation,
    Hours,
    Limit,
    Pause,
    Unit,
    add_pause,
    due_at,
    local,
)
from arasha.kernel.worktime.tests.reviewed import CALENDAR

moments = st.datetimes(datetime(2023, 12, 1), datetime(2029, 2, 1), timezones=st.just(UTC))  # noqa: DTZ001
amounts = st.integers(1, 60)
units = st.sampled_from(list(Unit))
limits = st.builds(Limit, amounts, units, st.booleans())
hours = st.one_of(
    st.just(AROUND_THE_CLOCK),
    st.builds(Hours, st.times(time(6), time(10)), st.times(time(12), time(22))).map(
        lambda given: Hours(given.opens.replace(second=0, microsecond=0), given.closes.replace(second=0, microsecond=0))
    ),
)
pauses = st.builds(
    lambda since, length: Pause(since, since + length),
    moments,
    st.timedeltas(timedelta(minutes=1), timedelta(days=40)),
)


@given(limits, moments, hours)
def test_it_ends_after_it_began(limit: Limit, since: datetime, open_: Hours) -> None:
    assert due_at(limit, since, open_, CALENDAR).due > since


@given(limits, moments, st.timedeltas(timedelta(0), timedelta(days=10)), hours)
def test_a_later_notice_is_never_due_earlier(limit: Limit, since: datetime, later: timedelta, open_: Hours) -> None:
    assert due_at(limit, since, open_, CALENDAR).due <= due_at(limit, since + later, open_, CALENDAR).due


@given(st.integers(1, 59), units, moments, hours)
def test_a_longer_limit_is_never_due_earlier(amount: int, unit: Unit, since: datetime, open_: Hours) -> None:
    shorter, longer = (due_at(Limit(n, unit), since, open_, CALENDAR).due for n in (amount, amount + 1))
    assert shorter <= longer


@given(amounts, st.sampled_from([Unit.WORKING_DAYS, Unit.WORKING_HOURS]), moments, hours)
def test_working_units_are_never_due_while_the_body_is_closed(
    amount: int, unit: Unit, since: datetime, open_: Hours
) -> None:
    end = local(due_at(Limit(amount, unit), since, open_, CALENDAR).due)
    if not (open_.around_the_clock and unit is Unit.WORKING_HOURS):
        assert CALENDAR.works(end.date())
    if not open_.around_the_clock:
        assert open_.opens < end.time() <= open_.closes


@given(amounts, moments, hours)
def test_a_calendar_limit_ends_when_somebody_is_there(amount: int, since: datetime, open_: Hours) -> None:
    end = local(due_at(Limit(amount, Unit.CALENDAR_DAYS), since, open_, CALENDAR).due)
    assert open_.works(end.date(), CALENDAR)
    assert end.date() >= local(since).date() + timedelta(amount)


@given(amounts, moments, hours)
def test_hours_of_the_clock_know_no_calendar(amount: int, since: datetime, open_: Hours) -> None:
    assert due_at(Limit(amount, Unit.CLOCK_HOURS), since, open_, CALENDAR).due - since == timedelta(hours=amount)


@given(amounts, moments, hours)
def test_counted_working_days_are_as_many_as_the_limit_and_all_worked(
    amount: int, since: datetime, open_: Hours
) -> None:
    days = due_at(Limit(amount, Unit.WORKING_DAYS), since, open_, CALENDAR).days
    counted = [day for day in days if day.counts]
    assert [day.number for day in counted] == list(range(1, amount + 1))
    assert all(CALENDAR.works(day.date) for day in counted)
    assert not any(CALENDAR.works(day.date) for day in days[1:] if not day.counts)


@given(limits, moments, hours, st.lists(pauses, max_size=3))
@settings(max_examples=200)
def test_what_is_stored_says_the_same_when_it_is_read_again(
    limit: Limit, since: datetime, open_: Hours, stops: list[Pause]
) -> None:
    derivation = due_at(limit, since, open_, CALENDAR, stops)
    assert Derivation.from_json(json.loads(json.dumps(derivation.to_json()))) == derivation
    dates = [day.date for day in derivation.days]
    assert dates == [dates[0] + timedelta(n) for n in range(len(dates))]
    assert (dates[0], dates[-1]) == (local(since).date(), local(derivation.due).date())


@given(limits, moments, hours, pauses)
def test_a_suspension_never_shortens_and_shifts_the_clock_by_what_it_covers(
    limit: Limit, since: datetime, open_: Hours, stop: Pause
) -> None:
    without = due_at(limit, since, open_, CALENDAR)
    suspended = add_pause(without, stop, CALENDAR)
    assert suspended.due >= without.due
    if limit.unit in (Unit.CLOCK_HOURS, Unit.CLOCK_MINUTES):
        begins = max(stop.since, since)
        covered = stop.until - begins if begins < without.due and stop.until > begins else timedelta(0)
        assert suspended.due - without.due == covered
    if stop.until <= since or stop.since > without.due:
        assert suspended.due == without.due
