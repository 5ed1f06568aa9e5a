"""When somebody is there, a week in words, the outlines and points."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from arasha.services.rules import outlines, points, presence, week

MONDAY = datetime(2026, 3, 16, 10, 0, tzinfo=ZoneInfo("Asia/Almaty"))
DAYS = [[0, "09:00", "13:00"], [0, "14:00", "18:00"], [2, "09:00", "18:00"]]


@pytest.mark.parametrize(
    ("hour", "day", "expected"),
    [
        (10, 16, (True, "09:00", "13:00", 0)),
        (13, 16, (False, "14:00", "18:00", 0)),
        (18, 16, (False, "09:00", "18:00", 2)),
        (8, 16, (False, "09:00", "13:00", 0)),
        (20, 18, (False, "09:00", "13:00", 5)),
    ],
)
def test_who_is_closed_says_when_they_open_next(hour: int, day: int, expected: tuple[object, ...]) -> None:
    found = presence(DAYS, MONDAY.replace(hour=hour, day=day))
    assert (found.there, found.opens, found.closes, found.days) == expected


def test_once_a_week_is_a_week_away_after_closing() -> None:
    found = presence([[0, "09:00", "10:00"]], MONDAY)
    assert (found.there, found.days, found.weekday) == (False, 7, 0)


def test_nobody_said_is_not_closed_and_always_has_no_hours() -> None:
    assert presence([], MONDAY).there is None
    assert presence([], MONDAY, around_the_clock=True).always


def test_days_with_the_same_hours_stand_together() -> None:
    hours = [*([day, "09:00", "18:00"] for day in range(5)), [6, "10:00", "12:00"]]
    assert week(hours, "en") == ["Mon–Fri 09:00–18:00", "Sun 10:00–12:00"]
    assert week(DAYS, "kk") == ["дс 09:00–13:00, 14:00–18:00", "ср 09:00–18:00"]


def test_twenty_regions_are_drawn_inside_the_box_and_districts_have_one_point() -> None:
    assert len({outline.kato for outline in outlines()}) == 20
    assert all(0 < outline.x < 1000 and 0 < outline.y < 571 for outline in outlines())
    assert len(points()) == len({kato for kato, _latitude, _longitude in points()}) == 196
