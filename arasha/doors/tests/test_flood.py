"""Tries run out, come back with time, and are counted for each by itself, in memory that does not grow."""

import pytest

from arasha.doors.rules.flood import Allowance, Buckets

ALLOWANCE = Allowance(burst=3, every=10)


def test_tries_run_out_and_come_back_one_by_one() -> None:
    buckets = Buckets(ALLOWANCE)
    assert [buckets.take(b"a", 100) for _ in range(4)] == [0, 0, 0, 10]
    assert buckets.take(b"a", 104) == 6
    assert buckets.take(b"a", 110) == 0
    assert buckets.take(b"a", 110) == 10


def test_one_does_not_use_up_anothers() -> None:
    buckets = Buckets(ALLOWANCE)
    for _ in range(5):
        buckets.take(b"a", 100)
    assert buckets.take(b"b", 100) == 0


def test_whoever_waits_long_has_no_more_than_at_first() -> None:
    buckets = Buckets(ALLOWANCE)
    buckets.take(b"a", 0)
    assert [buckets.take(b"a", 100_000) for _ in range(4)] == [0, 0, 0, 10]


def test_a_try_that_was_refused_does_not_lengthen_the_wait() -> None:
    buckets = Buckets(ALLOWANCE)
    for _ in range(3):
        buckets.take(b"a", 100)
    waits = [buckets.take(b"a", moment) for moment in (101, 105, 109, 110)]
    assert waits == pytest.approx([9, 5, 1, 0])
    assert waits[-1] == 0


def test_memory_is_bounded_and_whoever_came_longest_ago_is_forgotten() -> None:
    buckets = Buckets(ALLOWANCE, most=2)
    for mark in (b"a", b"b"):
        while not buckets.take(mark, 100):
            pass
    buckets.take(b"a", 100)
    buckets.take(b"c", 100)
    assert len(buckets) == 2
    assert buckets.take(b"a", 100) > 0, "a came after b and is known"
    assert buckets.take(b"b", 100) == 0, "b was forgotten"


def test_asking_how_long_to_wait_takes_no_try() -> None:
    buckets = Buckets(ALLOWANCE)
    assert [buckets.wait(b"a", 100) for _ in range(9)] == [0] * 9
    for _ in range(3):
        buckets.take(b"a", 100)
    assert [buckets.wait(b"a", moment) for moment in (100, 104, 110, 200)] == [10, 6, 0, 0]
